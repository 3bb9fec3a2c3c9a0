"""What came of a command, or of many: the new state, what was recorded, what was refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Generic, ParamSpec, TypeVar, cast

from shared.kernel import Command, Decider, Fact, Invalid, Refused
from shared.telemetry import tracing
from shared.telemetry.attributes import COMMAND, OUTCOME, SERVICE
from shared.telemetry.instruments import COMMANDS
from shared.telemetry.kinds import DECIDE

D = TypeVar("D", bound=Decider)
P = ParamSpec("P")
R = TypeVar("R")


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


def told_of_deciding(settle: Callable[P, R]) -> Callable[P, R]:
    """Around `(ledger, kind, command, …) -> (state, facts, repeated)`: which command, how it ended."""

    @wraps(settle)
    def settled(*given: P.args, **named: P.kwargs) -> R:
        if COMMANDS.real is None:
            return settle(*given, **named)
        service, command = str(getattr(given[0], "name", "")), type(given[2]).__name__
        with tracing.doing(DECIDE, f"command {command}") as span:
            span.say(SERVICE, service)
            span.say(COMMAND, command)
            try:
                found = settle(*given, **named)
            except Refused:
                span.say(OUTCOME, "refused")
                COMMANDS.add(1, service, "refused")
                raise
            _, facts, repeated = cast("tuple[object, Sequence[Fact], bool]", found)
            outcome = "repeated" if repeated else "recorded" if facts else "nothing_new"
            span.say(OUTCOME, outcome)
            COMMANDS.add(1, service, outcome)
            return found

    return settled
