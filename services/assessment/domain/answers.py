"""What stands as her answer to each theme, and what was noted in her name and waits beside it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
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
Answered = ThemeRated | ThemeSkipped | RatingWithdrawn


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

    def hear(self, answer: Answer, by_hand: ByHand) -> "Kept":
        if self.stands is None or (not self.stands.hers and not answer.hers):
            return replace(self, stands=answer, by_hand=by_hand)
        if not answer.hers:
            # noted to be kept close, it closes itself, never the answer of hers that it waits beside
            return replace(self, pending=(*self.pending, answer))
        pending = self.pending if self.stands.hers else (*self.pending, self.stands)
        return Kept(answer, pending, by_hand)

    def confirm(self, noted: Answer) -> "Kept":
        """It is hers now, and stands."""
        answer = replace(noted, attestation="confirmed")
        pending = tuple(a for a in self.pending if a.entry != noted.entry)
        close = self.by_hand if self.by_hand.visibility else answer.by_hand
        return replace(self, stands=answer, pending=pending, by_hand=close)

    def leave_empty(self, by_hand: ByHand) -> "Kept":
        """Her answer's words are gone: what she had replaced by it does not come back.

        What was noted in her name goes on waiting for her yes.
        """
        claimed = () if self.stands is None or self.stands.hers else (self.stands,)
        return Kept(None, (*self.pending, *claimed), by_hand)

    def withdraw(self, *, by_her: bool) -> "Kept":
        """Taking back a claimed answer leaves hers alone; what she set by hand goes on."""
        if not by_her and self.stands is not None and self.stands.hers:
            return self
        return Kept(by_hand=self.by_hand)


NOTHING = Kept()


Says = Callable[[UUID], str | None]


def answers(facts: Iterable[Fact], says: Says) -> Mapping[str, Kept]:
    """Fold the facts of an assessment; `says` tells how she stands behind an entry today."""
    kept: dict[str, Kept] = {}
    # by theme, since the last withdrawal: she may still confirm one that was noted and replaced
    noted: dict[str, dict[UUID, Answer]] = {}
    theme_of: dict[UUID, str] = {}
    for fact in (f for f in facts if says(f.id) != "disputed"):
        match fact:
            case ThemeRated() | ThemeSkipped():
                theme_of[fact.id] = fact.theme
                noted.setdefault(fact.theme, {})[fact.id] = answer_of(fact)
                kept[fact.theme] = heard(kept.get(fact.theme, NOTHING), fact, says)
            case WordsWithdrawn(theme=theme) if theme is not None:
                before = kept.get(theme, NOTHING)
                kept[theme] = before.leave_empty(ByHand(fact.visibility, fact.audience))
            case RatingWithdrawn():
                before = kept.get(fact.theme, NOTHING)
                kept[fact.theme] = heard(before, fact, says)
                if kept[fact.theme] is not before:
                    noted.pop(fact.theme, None)
            case ContributionConfirmed() if fact.act.author == fact.act.subject:
                theme = theme_of.get(fact.entry, "")
                if answer := noted.get(theme, {}).get(fact.entry):
                    kept[theme] = kept[theme].confirm(answer)
            case _:
                pass
    return kept


def heard(before: Kept, fact: Answered, says: Says) -> Kept:
    """What is kept of a theme once one more answer to it is given or taken back."""
    if isinstance(fact, RatingWithdrawn):
        return before.withdraw(by_her=says(fact.id) in HERS)
    return before.hear(answer_of(fact), ByHand(fact.visibility, fact.audience))


def answer_of(fact: ThemeRated | ThemeSkipped, said: str | None = None) -> Answer:
    attestation = said or ("own" if herself(fact.act) else "claimed")
    by_hand = ByHand(fact.visibility, fact.audience)
    if isinstance(fact, ThemeSkipped):
        return Answer(fact.id, None, fact.choice, None, attestation, fact.act, by_hand)
    return Answer(fact.id, fact.value, None, fact.comment, attestation, fact.act, by_hand)
