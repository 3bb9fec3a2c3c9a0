"""Whose word an entry is, how it stands now, and which of a party's words is in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from services.plans.domain import events
from shared.coproduction import Entry
from shared.kernel import Act, Fact

FIRM = frozenset({"own", "confirmed"})
UNDISPUTED = frozenset({None, "kept"})
# with which part someone else's entry is a party's word too
PARTS: Mapping[type[Fact], tuple[str, ...]] = {
    events.ThemeDeclined: ("declined",),
    events.GoalAgreed: ("agreed",),
    events.GoalDisagreed: ("disagreed",),
    events.GoalDeclined: ("declined",),
    events.GoalAchieved: ("agreed", "proposed"),
    events.GoalPaused: ("agreed", "proposed"),
    events.GoalResumed: ("agreed", "proposed"),
    events.GoalSetAside: ("agreed", "proposed"),
    events.AttainmentLevelsSet: ("agreed", "proposed", "wrote"),
    events.ActionAdded: ("agreed", "proposed", "wrote"),
    events.ActionAssigned: ("agreed", "proposed", "wrote"),
}
# a no given with one's own sign-in ends by a yes of one's own, not by disputing it
NO: tuple[type[Fact], ...] = (events.ThemeDeclined, events.GoalDeclined, events.GoalDisagreed)


@dataclass(frozen=True, slots=True)
class Said:
    """A fact, and the entry that knows what people have said of it since."""

    fact: Fact
    entry: Entry

    @property
    def author(self) -> UUID:
        return self.entry.act.author

    def stance(self, party: UUID) -> str | None:
        """How a party stands behind this: own, confirmed, noted; None if it is not their word.

        It is their word when they are its author, or took part in it with the part that says so.
        What someone disputed is not their word any more, however the dispute was settled.
        """
        act = self.entry.act
        if act.author != party and act.part_of(party).isdisjoint(PARTS.get(type(self.fact), ())):
            return None
        said = self.entry.says(party)
        if said in FIRM:
            return said
        if act.actor == act.author == party and isinstance(self.fact, NO):
            return "own"
        if said == "disputed" or self.entry.dispute not in UNDISPUTED:
            return None
        return "noted"

    def stands(self) -> bool:
        """Whether this counts: a dispute suspends it, except what the person firmly says herself."""
        stance = self.stance(self.author)
        if stance is not None and self.author != self.entry.act.subject:
            return self.entry.dispute in UNDISPUTED
        return stance is not None


def in_force(party: UUID, said: Iterable[Said]) -> Said | None:
    """A party's latest firm word; without one, the latest that was noted for them."""
    theirs = [s for s in said if s.stance(party)]
    firm = [s for s in theirs if s.stance(party) in FIRM]
    latest = firm or theirs
    return latest[-1] if latest else None


def is_own(act: Act) -> bool:
    """Whether the person is signed in and speaks for herself."""
    return act.actor == act.author == act.subject
