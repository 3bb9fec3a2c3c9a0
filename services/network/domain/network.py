"""A person's map: who and what is around her. All of it is hers to say, and hers to show."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from services.network.domain import between, mapping, showing, talking
from services.network.domain.commands import DiscussTie, OnTheMap
from services.network.domain.events import VOICES, NetworkShared, TieAdded
from services.network.domain.said import Said, day_of, in_order_of_life, local_day
from services.network.domain.seeing import may_name
from services.network.domain.tie import Tie
from shared.access.eyes import eyes_of
from shared.coproduction import WITHDRAWING, Coproduced, left_of
from shared.kernel import Denied, Fact, NotFound, Unreadable


@dataclass(frozen=True)
class Network(Coproduced):
    """What was told, in order; the map is read from it and from what she said of it since."""

    voices = VOICES
    version_is_hers: ClassVar[bool] = True

    told: tuple[Fact, ...] = ()

    def evolve(self, fact: Fact) -> Network:
        told = (*self.told, fact)
        if isinstance(fact, WITHDRAWING):
            left = (left_of(f, fact) if f.id == fact.entry else f for f in told)
            told = tuple(f for f in left if not isinstance(f, Unreadable))
        return replace(self, version=fact.originator_version, told=told)

    def decide(self, command: Any) -> Sequence[Fact]:
        showing.require_showing_stands(self, command)
        return super().decide(command)

    def choose(self, command: Any) -> Sequence[Fact]:
        """Noted for her, it says so; nobody puts someone on her map or rates a tie of their own."""
        if command.act.author != command.act.subject and not isinstance(command, DiscussTie):
            raise Denied("network.hers_to_say", field="act.author")
        rule: Callable[[Network, Any], Sequence[Fact]] = RULES[type(command)]
        return rule(self, command)

    def as_of(self, day: date, zone: tzinfo) -> Network:
        """The map as it was at the end of a day of her life, as it is known now.

        What was said of an entry since holds for the past too: a name taken back is in no picture.
        """
        if self.span is None or local_day(self.span[1], zone) <= day:
            return self  # all of it is this very map, which may have been read before
        return replace(self, told=tuple(f for f in self.told if day_of(f.act, zone) <= day))

    @cached_property
    def span(self) -> tuple[datetime, datetime] | None:
        """The first and the last moment of her life that is told of; None while nothing is."""
        moments = [fact.act.occurred for fact in self.told]
        return (min(moments), max(moments)) if moments else None

    @cached_property
    def said(self) -> tuple[Said, ...]:
        return tuple(Said(fact, self.entries[fact.id]) for fact in self.told)

    @cached_property
    def ties(self) -> Mapping[UUID, Tie]:
        """Every tie by its id, in the order they came; ended ones stay, to be seen as they were."""
        about: dict[UUID, list[Said]] = {}
        for said in self.said:
            tie = getattr(said.fact, "tie", None)
            if isinstance(said.fact, TieAdded):
                about[said.fact.tie] = [said]
            elif tie in about:
                about[tie].append(said)
        found = {
            tie: Tie(tie, adding, (adding, *in_order_of_life(more)))
            for tie, (adding, *more) in about.items()
        }
        return {tie: t for tie, t in found.items() if t.stands}

    @cached_property
    def lines(self) -> frozenset[between.Pair]:
        """The pairs that know each other, both of them on the map."""
        return between.lines(self)

    @cached_property
    def asked(self) -> frozenset[between.Pair]:
        """The pairs about whom it was asked whether they know each other."""
        return between.asked(self)

    @cached_property
    def sharings(self) -> Sequence[NetworkShared]:
        """What she shows now."""
        return showing.sharings(self)

    @cached_property
    def on_it(self) -> Mapping[UUID, Tie]:
        """The ties that go on."""
        return {tie: t for tie, t in self.ties.items() if not t.ended}

    def known_to(self, command: OnTheMap) -> Mapping[UUID, Tie]:
        """The ties that whoever acts may name: hers, those she shows, those he noted for her."""
        return may_name(self, eyes_of(command.act, command.act.actor), command.today)

    def tie(self, command: Any, field: str = "tie") -> Tie:
        """The tie that a command names. Raises the same NotFound for one that was never shown."""
        found = self.known_to(command).get(getattr(command, field))
        if found is None:
            raise NotFound("tie.unknown", field=field)
        return found


RULES: Mapping[type, Callable[[Any, Any], Sequence[Fact]]] = {
    **mapping.RULES,
    **between.RULES,
    **talking.RULES,
    **showing.RULES,
}
