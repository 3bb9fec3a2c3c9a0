"""Deciders whose entries can be answered, and how a stream is folded when words are gone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, Self, TypeVar
from uuid import UUID

from shared.coproduction.answering import answer
from shared.coproduction.commands import Answering
from shared.coproduction.entries import Entry, heard
from shared.coproduction.facts import WITHDRAWING, Voices, left_of
from shared.coproduction.growing import Growing
from shared.kernel import Decider, Fact

D = TypeVar("D", bound=Decider)


@dataclass(frozen=True)
class Coproduced(Decider):
    """A Decider whose entries can be answered. Subclasses write `choose` and `evolve`.

    `choose(command)` is the aggregate's own rules; `evolve(fact)` its own state, called for every
    readable fact, those of this module included (so that an accepted dispute can undo a decision).
    """

    voices: ClassVar[Voices]

    entries: Mapping[UUID, Entry] = field(default_factory=dict)

    def choose(self, command: Any) -> Sequence[Fact]:
        raise NotImplementedError

    def decide(self, command: Any) -> Sequence[Fact]:
        if isinstance(command, Answering):
            return answer(self, command)
        return self.choose(command)

    def follow(self, fact: Fact) -> Self:
        known = replace(self, entries=heard(self.entries, fact))
        return super(Coproduced, known).follow(fact)


def replay(state: D, facts: Iterable[Fact]) -> D:
    """Fold facts; words withdrawn later are passed over, destroyed or not yet; decisions are not."""
    told = list(facts)
    taken_back = {f.entry: f for f in told if isinstance(f, WITHDRAWING)}
    state = with_mappings(state, Growing)
    for fact in told:
        state = state.follow(left_of(fact, taken_back.get(fact.id)))
    return with_mappings(state, dict)


def with_mappings(state: D, kind: type[dict[Any, Any]]) -> D:
    """The same state, with mappings of its own: such as grow in place while it is folded."""
    named = {f.name: getattr(state, f.name) for f in fields(state)}
    own: dict[str, Any] = {n: kind(v) for n, v in named.items() if isinstance(v, dict)}
    return replace(state, **own)
