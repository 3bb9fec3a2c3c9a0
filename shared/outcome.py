"""What came of a command, or of many: the new state, what was recorded, what was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from shared.kernel import Command, Decider, Fact, Invalid, Refused

D = TypeVar("D", bound=Decider)


@dataclass(frozen=True)
class Done(Generic[D]):
    """What a command came to: the new state, what was recorded, and whether it had been before."""

    state: D
    facts: tuple[Fact, ...] = ()
    repeated: bool = False

    @property
    def version(self) -> int:
        return self.state.version


@dataclass(frozen=True)
class Item(Generic[D]):
    """One command of a batch: what it recorded, or why not."""

    facts: tuple[Fact, ...] = ()
    refused: Refused | None = None


@dataclass(frozen=True)
class BatchDone(Generic[D]):
    state: D
    items: tuple[Item[D], ...]
    repeated: bool = False


def same_request(fact: Fact, command: Command) -> None:
    """Raises Invalid when an Idempotency-Key comes back with another body."""
    if fact.act.request and command.act.request and fact.act.request != command.act.request:
        raise Invalid("idempotency.other_body", field="Idempotency-Key")
