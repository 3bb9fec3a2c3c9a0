"""What stands as her answer to each theme, and what was noted in her name and waits beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID

from services.assessment.domain.events import (
    ContributionConfirmed,
    RatingWithdrawn,
    ThemeRated,
    ThemeSkipped,
    WordsWithdrawn,
)
from services.assessment.domain.showing import FOLLOWS_THE_TAB, ByHand
from services.assessment.domain.voice import herself
from shared.kernel import Act, Fact

HERS = ("own", "confirmed")
CHOICES = ("not_concerned", "rather_not_say")


@dataclass(frozen=True, slots=True)
class Answer:
    """A rating (`value`) or a skipped theme (`choice`), as someone stands behind it."""

    entry: UUID
    value: int | None
    choice: str | None
    comment: str | None
    attestation: str
    act: Act
    by_hand: ByHand = FOLLOWS_THE_TAB

    @property
    def hers(self) -> bool:
        return self.attestation in HERS


@dataclass(frozen=True, slots=True)
class Kept:
    """The answers to one theme: what stands, what is pending, what she has set by hand."""

    stands: Answer | None = None
    pending: tuple[Answer, ...] = ()
    by_hand: ByHand = FOLLOWS_THE_TAB
    # all since the last withdrawal: she may still confirm one that was noted and replaced
    noted: dict[UUID, Answer] = field(default_factory=dict)

    def hear(self, answer: Answer, by_hand: ByHand) -> "Kept":
        noted = {**self.noted, answer.entry: answer}
        if self.stands is None or (not self.stands.hers and not answer.hers):
            return replace(self, stands=answer, by_hand=by_hand, noted=noted)
        if not answer.hers:
            # noted to be kept close, it closes itself, never the answer of hers that it waits beside
            return replace(self, pending=(*self.pending, answer), noted=noted)
        pending = self.pending if self.stands.hers else (*self.pending, self.stands)
        return Kept(answer, pending, by_hand, noted)

    def confirm(self, entry: UUID) -> "Kept":
        """It is hers now, and stands."""
        answer = replace(self.noted[entry], attestation="confirmed")
        pending = tuple(a for a in self.pending if a.entry != entry)
        close = self.by_hand if self.by_hand.visibility else answer.by_hand
        return replace(self, stands=answer, pending=pending, by_hand=close)

    def leave_empty(self, by_hand: ByHand) -> "Kept":
        """Her answer's words are gone: what she had replaced by it does not come back.

        What was noted in her name goes on waiting for her yes.
        """
        claimed = () if self.stands is None or self.stands.hers else (self.stands,)
        return Kept(None, (*self.pending, *claimed), by_hand, self.noted)

    def withdraw(self, *, by_her: bool) -> "Kept":
        """Taking back a claimed answer leaves hers alone; what she set by hand goes on."""
        if not by_her and self.stands is not None and self.stands.hers:
            return self
        return Kept(by_hand=self.by_hand)


NOTHING = Kept()


def answers(facts: Iterable[Fact], says: Callable[[UUID], str | None]) -> dict[str, Kept]:
    """Fold the facts of an assessment; `says` tells how she stands behind an entry today."""
    kept: dict[str, Kept] = {}
    theme_of: dict[UUID, str] = {}
    for fact in facts:
        if says(fact.id) == "disputed":
            continue
        match fact:
            case ThemeRated() | ThemeSkipped():
                theme_of[fact.id] = fact.theme
                by_hand = ByHand(fact.visibility, fact.audience)
                before = kept.get(fact.theme, NOTHING)
                kept[fact.theme] = before.hear(answer_of(fact), by_hand)
            case WordsWithdrawn(theme=theme) if theme is not None:
                before = kept.get(theme, NOTHING)
                kept[theme] = before.leave_empty(ByHand(fact.visibility, fact.audience))
            case RatingWithdrawn():
                before = kept.get(fact.theme, NOTHING)
                kept[fact.theme] = before.withdraw(by_her=says(fact.id) in HERS)
            case ContributionConfirmed() if fact.act.author == fact.act.subject:
                theme = theme_of.get(fact.entry)
                if theme and fact.entry in kept[theme].noted:
                    kept[theme] = kept[theme].confirm(fact.entry)
            case _:
                pass
    return kept


def answer_of(fact: ThemeRated | ThemeSkipped, said: str | None = None) -> Answer:
    attestation = said or ("own" if herself(fact.act) else "claimed")
    by_hand = ByHand(fact.visibility, fact.audience)
    if isinstance(fact, ThemeSkipped):
        return Answer(fact.id, None, fact.choice, None, attestation, fact.act, by_hand)
    return Answer(fact.id, fact.value, None, fact.comment, attestation, fact.act, by_hand)
