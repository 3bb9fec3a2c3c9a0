"""One goal as it stands: its words, whose yes and no are in force, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from services.plans.domain.events import (
    AttainmentLevelsSet,
    ContributionDisputed,
    GoalAchieved,
    GoalAgreed,
    GoalDeclined,
    GoalDisagreed,
    GoalPaused,
    GoalProposed,
    GoalResumed,
    GoalReworded,
    GoalSetAside,
    ProgressRated,
)
from services.plans.domain.naming import themes_in
from services.plans.domain.voice import FIRM, Said, in_force
from shared.kernel import Fact

ANSWERS = (GoalAgreed, GoalDisagreed, GoalDeclined)
TURNS = (GoalAchieved, GoalPaused, GoalResumed, GoalSetAside)
STATUS_OF: Mapping[type, str] = {GoalAchieved: "achieved", GoalSetAside: "set_aside"}
OPEN = frozenset({"proposed", "disagreed", "reworded", "active", "paused"})
IN_PLAN = frozenset({"active", "paused", "achieved"})


@dataclass(frozen=True)
class Goal:
    """What was said about one goal, in order; her own disputes of an agreement are among it."""

    id: UUID
    person: UUID
    said: tuple[Said, ...]
    rests: bool = False

    @property
    def proposal(self) -> Said:
        return self.said[0]

    @property
    def proposed(self) -> GoalProposed:
        fact = self.proposal.fact
        assert isinstance(fact, GoalProposed)  # noqa: S101 - the plan groups from a proposal on
        return fact

    @property
    def themes(self) -> tuple[str, ...]:
        return themes_in(self.proposed.grown_from)

    @cached_property
    def wordings(self) -> tuple[Said, ...]:
        """The words it had, the proposal's first, without those that are disputed."""
        return self.of(GoalProposed, GoalReworded)

    @property
    def words(self) -> str:
        fact = (self.wordings or (self.proposal,))[-1].fact
        assert isinstance(fact, GoalProposed | GoalReworded)  # noqa: S101 - chosen just above
        return fact.words

    @cached_property
    def answer(self) -> Said | None:
        """Her yes or no in force: her latest firm word, else the latest noted for her."""
        return self.answer_of(self.person)

    def answer_of(self, party: UUID) -> Said | None:
        return in_force(party, self._answers(party))

    def _answers(self, party: UUID) -> list[Said]:
        """A dispute of an agreement is a no in its own right, until the party confirms it."""
        withheld = {
            s.entry.id
            for s in self.said
            if isinstance(s.fact, GoalAgreed) and s.entry.says(party) == "disputed"
        }
        return [
            s
            for s in self.said
            if isinstance(s.fact, ANSWERS)
            or (isinstance(s.fact, ContributionDisputed) and s.fact.entry in withheld)
        ]

    @property
    def agreement(self) -> str | None:
        """How she agreed to the words as they are: own, confirmed, noted; None when she has not."""
        answer = self.answer
        if answer is None or not isinstance(answer.fact, GoalAgreed) or not self.wordings:
            return None
        words = self.wordings[-1]
        if answer.fact.wording != words.entry.id and words.stance(self.person) not in FIRM:
            return None
        return answer.stance(self.person)

    @cached_property
    def turn(self) -> Said | None:
        """What became of it by her word; a proposal may be taken back by whoever made it."""
        hers = in_force(self.person, [s for s in self.said if isinstance(s.fact, TURNS)])
        if hers is None and self.agreement is None:
            by = self.proposal.author
            return in_force(by, [s for s in self.said if isinstance(s.fact, GoalSetAside)])
        return hers

    @cached_property
    def status(self) -> str:
        """One word: proposed, active, paused, reworded, disagreed, declined, left_out, …"""
        if self.answer is not None and isinstance(self.answer.fact, GoalDeclined):
            return "declined"
        turn = type(self.turn.fact) if self.turn is not None else type(None)
        if turn in STATUS_OF:
            return STATUS_OF[turn]
        if not self.wordings:
            return "disputed"
        if self.rests:
            return "left_out"
        if self.agreement is None:
            return self._unagreed()
        return "paused" if turn is GoalPaused else "active"

    def _unagreed(self) -> str:
        if self.answer is None:
            return "proposed"
        return "reworded" if isinstance(self.answer.fact, GoalAgreed) else "disagreed"

    @property
    def pending(self) -> tuple[Said, ...]:
        """Noted for her after a firm word of hers: waits for her to confirm or dispute it."""
        return tuple(
            s
            for kinds, kept in ((ANSWERS, self.answer), (TURNS, self.turn))
            if kept is not None
            for s in self.said[self.said.index(kept) + 1 :]
            if isinstance(s.fact, kinds) and s.stance(self.person) == "noted"
        )

    @property
    def answers(self) -> Mapping[UUID, Said]:
        """Every party's yes or no in force, hers among them."""
        parties = dict.fromkeys(
            party
            for s in self.said
            if isinstance(s.fact, (*ANSWERS, ContributionDisputed))
            for party in (s.author, *(c.party for c in s.entry.act.contributors))
        )
        found = ((party, self.answer_of(party)) for party in parties)
        return {party: said for party, said in found if said is not None}

    def of(self, *kinds: type[Fact]) -> tuple[Said, ...]:
        """What of these kinds was said of it and stands."""
        return tuple(s for s in self.said if isinstance(s.fact, kinds) and s.stands())

    @property
    def levels(self) -> Said | None:
        """The five levels that she set or agreed to."""
        found = [s for s in self.said if isinstance(s.fact, AttainmentLevelsSet)]
        return in_force(self.person, found)

    def progress_of(self, party: UUID) -> Said | None:
        return in_force(party, (s for s in self.progress if s.author == party))

    @property
    def progress(self) -> tuple[Said, ...]:
        """Every rating of how far it has come, each party's beside the others'."""
        return self.of(ProgressRated)
