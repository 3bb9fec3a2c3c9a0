"""What a process remembers of streams it has just folded, so that the next command reads the rest.

A state is a pure function of its stream, and a stream only grows: a remembered state is brought up
to date by the facts after it. Words taken back are the exception, and are named in the stream itself:
then it is folded anew. It is remembered for as long as a key is, a minute from when it was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar, cast
from uuid import UUID

from shared.coproduction import WITHDRAWING, replay
from shared.kernel import Decider, Fact
from shared.store.key_leases import Leases

D = TypeVar("D", bound=Decider)
MOST = 300  # streams; the states of long lives are some hundred kilobytes


@dataclass(frozen=True, slots=True)
class Known(Generic[D]):
    """A stream as far as it was read: the state, whose it is, and the commands that led there."""

    state: D
    subject: UUID | None
    commands: frozenset[UUID]
    asked: tuple[float, int]

    def then(self, facts: Sequence[Fact]) -> Known[D]:
        """With the facts that follow. Raises ValueError where one of them takes words back."""
        if not facts:
            return self
        if not self.state.version:
            return self.anew(facts, self.asked)
        if any(isinstance(fact, WITHDRAWING) for fact in facts):
            raise ValueError("words were taken back: fold it anew")
        state = self.state
        for fact in facts:
            state = state.follow(fact)
        commands = self.commands | {fact.act.command for fact in facts}
        return replace(self, state=state, commands=commands)

    def anew(self, facts: Sequence[Fact], asked: tuple[float, int]) -> Known[D]:
        """The same stream, read from its beginning; without a subject when there is none."""
        return Known(
            replay(type(self.state)(self.state.id), facts),
            facts[0].act.subject if facts else None,
            frozenset(fact.act.command for fact in facts),
            asked,
        )


class Memory:
    """One a ledger; safe to share between threads."""

    def __init__(self) -> None:
        self._held: Leases[Known[Decider]] = Leases(most=MOST)

    def now(self) -> tuple[float, int]:
        """Taken before a stream is read."""
        return self._held.now()

    def recall(self, kind: type[D], tenant: UUID, stream: UUID) -> Known[D]:
        """What is remembered of a stream: nothing yet, at its version 0."""
        held = self._held.get((kind, tenant, stream))
        if held is None:
            return Known(kind(stream), None, frozenset(), self.now())
        return cast("Known[D]", held)

    def keep(self, tenant: UUID, known: Known[D]) -> Known[D]:
        if known.subject is not None:
            name = (type(known.state), tenant, known.state.id)
            self._held.put(name, cast("Known[Decider]", known), known.asked)
        return known
