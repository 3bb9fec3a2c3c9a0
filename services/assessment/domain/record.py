"""An assessment as it stands: the facts that can still be read, and what follows from them.

Nothing is kept twice. What stands is worked out from the facts and from what people have said of
them since, so that a confirmation, a dispute or a withdrawal needs no case of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import ClassVar, Self, TypeVar
from uuid import UUID

from services.assessment.domain.answers import (
    HERS,
    NOTHING,
    Answer,
    Answered,
    Kept,
    answers,
)
from services.assessment.domain.events import (
    VOICES,
    AssessmentClosed,
    AssessmentOpened,
    AssessmentReopened,
    AssessmentShared,
    DiscussionPutOff,
    EntryMisfiled,
    SharingEnded,
    StarPlaced,
    StarRemoved,
    ThemeDiscussed,
    ViewNoted,
    ViewRevised,
    WordsWithdrawn,
)
from services.assessment.domain.following import still_true
from services.assessment.domain.sharings import Ending, Sharing, Sharings, word_of
from services.assessment.domain.showing import ByHand, shown
from shared.access.eyes import Eyes, eyes_of
from shared.coproduction import Coproduced, Voices, grown
from shared.kernel import Act, Fact, Invalid, NotFound

F = TypeVar("F", bound=Fact)
View = ViewNoted | ViewRevised
Word = AssessmentShared | SharingEnded


@dataclass(frozen=True)
class Record(Coproduced):
    """What an assessment remembers."""

    voices: ClassVar[Voices] = VOICES
    version_is_hers: ClassVar[bool] = True

    told: Mapping[UUID, Fact] = field(default_factory=dict)

    def evolve(self, fact: Fact) -> "Record":
        told = grown(self.told, fact.id, fact)
        if isinstance(fact, WordsWithdrawn | EntryMisfiled):
            told.pop(fact.entry, None)
        return replace(self, version=fact.originator_version, told=told)

    def follow(self, fact: Fact) -> Self:
        after = super().follow(fact)
        known = still_true(self.__dict__, fact, lambda entry: after.says(entry, after.person))
        after.__dict__.update(known)
        return after

    @cached_property
    def besides(self) -> Sequence[Fact]:
        """The facts that are no answer of hers: few, however often she changes an answer."""
        return tuple(f for f in self.told.values() if not isinstance(f, Answered))

    def held(self, kind: type[F]) -> Iterator[F]:
        """The facts of a kind that their author does not dispute, in order."""
        for fact in self.besides:
            if isinstance(fact, kind) and self.says(fact.id, fact.act.author) != "disputed":
                yield fact

    def says(self, entry: UUID, party: UUID) -> str | None:
        return self.entries[entry].says(party)

    @cached_property
    def opened(self) -> AssessmentOpened:
        """Raises NotFound when nothing was opened here, or its words are gone."""
        # also one that is disputed: what she has said in it since is still hers
        openings = (f for f in self.besides if isinstance(f, AssessmentOpened))
        found = next(openings, None)
        if found is None:
            raise NotFound("assessment.unknown")
        return found

    @cached_property
    def person(self) -> UUID:
        """Whose assessment it is, also when its words are gone."""
        return next(iter(self.entries.values())).act.subject

    @property
    def closed(self) -> bool:
        told = self.besides
        last = [f for f in told if isinstance(f, AssessmentClosed | AssessmentReopened)][-1:]
        return any(isinstance(f, AssessmentClosed) for f in last)

    @cached_property
    def kept(self) -> Mapping[str, Kept]:
        """Her answer to each theme."""
        return answers(self.told.values(), lambda entry: self.says(entry, self.person))

    def answer(self, theme: str) -> Kept:
        return self.kept.get(theme, NOTHING)

    @cached_property
    def threads(self) -> Mapping[str, Sequence[ThemeDiscussed | DiscussionPutOff]]:
        """What was said of each theme, in order."""
        found: dict[str, list[ThemeDiscussed | DiscussionPutOff]] = {}
        for fact in self.besides:
            if isinstance(fact, ThemeDiscussed | DiscussionPutOff):
                found.setdefault(fact.theme, []).append(fact)
        return found

    @cached_property
    def stars(self) -> Mapping[str, StarPlaced]:
        placed: dict[str, StarPlaced] = {}
        for fact in self.besides:
            if self.says(fact.id, self.person) == "disputed":
                continue
            if isinstance(fact, StarPlaced):
                placed[fact.theme] = fact
            elif isinstance(fact, StarRemoved):
                placed.pop(fact.theme, None)
        return placed

    @cached_property
    def views(self) -> Mapping[tuple[str, UUID], View]:
        """The latest view of each party on each theme."""
        kinds = (f for f in self.besides if isinstance(f, ViewNoted | ViewRevised))
        return {(f.theme, f.act.author): f for f in kinds}

    @cached_property
    def sharings(self) -> Sharings:
        """What is shared with whom now."""
        return Sharings.told(word for _, word in self.words_on_sharing())

    def words_on_sharing(self) -> list[tuple[datetime, Sharing | Ending]]:
        """Each sharing and each end of one, and when it was recorded."""
        words = (f for f in self.besides if isinstance(f, Word))
        return [(f.act.at, word_of(f)) for f in words]

    def covers(self, theme: str, eyes: Eyes) -> bool:
        """Whether the tab of this assessment, as shared, shows this theme."""
        sharing = self.sharings.deciding(eyes, self.opened.kind)
        return sharing is not None and sharing.covers(theme)

    def shows(self, theme: str, eyes: Eyes) -> bool:
        """Whether what she says about a theme is shown to these eyes."""
        return eyes.hers or shown(
            self.answer(theme).by_hand, eyes, tab_shows=self.covers(theme, eyes)
        )

    def shows_item(self, theme: str, item: ByHand, eyes: Eyes) -> bool:
        """An item within a theme: what she set on the item goes before the theme's."""
        if item.visibility is None:
            return self.shows(theme, eyes)
        return shown(item, eyes, tab_shows=self.shows(theme, eyes))

    def tells(self, answer: Answer, theme: str, act: Act) -> bool:
        """Whether what becomes of an act may depend on this answer: its actor knows of it."""
        return answer.act.actor == act.actor or self.shows(theme, eyes_of(act, act.actor))

    def talked_of(self, theme: str, eyes: Eyes) -> bool:
        """Whether she has shown these eyes an answer, or words of her own, on this theme."""
        if self.answer(theme).stands is not None and self.shows(theme, eyes):
            return True
        return any(
            entry.theme == theme
            and entry.act.author == self.person
            and self.shows_item(theme, ByHand(entry.visibility, entry.audience), eyes)
            for entry in self.held(ThemeDiscussed)
        )

    def need_theme(self, theme: str, field_: str = "theme") -> None:
        if theme not in self.opened.themes:
            raise Invalid("theme.not_offered", field=field_, theme=theme)

    def hers(self, entry: UUID) -> bool:
        return self.says(entry, self.person) in HERS

    def carries_hers(self, entry: UUID) -> bool:
        """Whether anything of her own rests on this entry: all she says rests on the opening."""
        if not isinstance(self.told.get(entry), AssessmentOpened):
            return False
        said = (e for e in self.entries.values() if e.readable and e.id != entry)
        return any(e.act.author == self.person and self.hers(e.id) for e in said)
