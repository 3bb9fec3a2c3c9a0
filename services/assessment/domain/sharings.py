"""What is shared with whom: the latest word on a party and a tab decides, a sharing or its end.

Never the sum: to share less with someone takes away what was shared before, and to end that does
not bring it back. What her team is shown reaches each member of it unless a later word names them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from services.assessment.domain.events import AssessmentShared, SharingEnded
from shared.access.eyes import Eyes


@dataclass(frozen=True, slots=True)
class Sharing:
    """One `assessment_shared`."""

    id: UUID
    audience: tuple[UUID, ...]
    my_team: bool
    parts: tuple[str, ...]
    only_themes: tuple[str, ...] = ()
    except_themes: tuple[str, ...] = ()

    @property
    def scope(self) -> tuple[frozenset[str], frozenset[str]]:
        return frozenset(self.only_themes), frozenset(self.except_themes)

    def covers(self, theme: str) -> bool:
        if self.only_themes:
            return theme in self.only_themes
        return theme not in self.except_themes

    def reaches(self) -> Iterator[tuple[UUID | None, str]]:
        """Whom it reaches with what: each party, or None for her team, and each tab."""
        for part in self.parts:
            for party in self.audience:
                yield party, part
            if self.my_team:
                yield None, part


@dataclass(frozen=True, slots=True)
class Ending:
    """One `sharing_ended`: for its audience, or for all whom the sharing reached."""

    sharing: UUID
    audience: tuple[UUID, ...] = ()


class Latest(NamedTuple):
    """The latest word on a party (None: her team) and a tab, and its place in the order."""

    order: int
    by: UUID
    sharing: Sharing | None


SILENCE = Latest(-1, UUID(int=0), None)


@dataclass(frozen=True)
class Sharings:
    """Every word on sharing heard so far."""

    given: Mapping[UUID, Sharing] = field(default_factory=dict)
    latest: Mapping[tuple[UUID | None, str], Latest] = field(default_factory=dict)

    @classmethod
    def told(cls, words: Iterable[Sharing | Ending]) -> "Sharings":
        given: dict[UUID, Sharing] = {}
        latest: dict[tuple[UUID | None, str], Latest] = {}
        for order, word in enumerate(words):
            if isinstance(word, Sharing):
                given[word.id] = word
                latest |= {reach: Latest(order, word.id, word) for reach in word.reaches()}
            elif word.sharing in given:
                latest |= end(latest, given[word.sharing], word, order)
        return cls(given, latest)

    def deciding(self, eyes: Eyes, tab: str) -> Sharing | None:
        """The sharing by which these eyes see a tab, if they do."""
        named = self.latest.get((eyes.party, tab), SILENCE)
        team = self.latest.get((None, tab), SILENCE) if eyes.team else SILENCE
        return max(named, team, key=lambda word: word.order).sharing

    def tabs(self, eyes: Eyes) -> frozenset[str]:
        """The tabs that these eyes see."""
        tabs = {tab for _, tab in self.latest}
        return frozenset(tab for tab in tabs if self.deciding(eyes, tab))

    def shows(self, tab: str) -> bool:
        """Whether anyone is shown this tab."""
        return any(word.sharing for (_, t), word in self.latest.items() if t == tab)

    def reached(self, sharing: UUID) -> tuple[frozenset[UUID], bool]:
        """Whom a sharing still reaches: parties, and whether her team."""
        found = [
            who
            for (who, _), word in self.latest.items()
            if word.by == sharing and word.sharing is not None
        ]
        return frozenset(who for who in found if who is not None), None in found


def end(
    latest: Mapping[tuple[UUID | None, str], Latest], sharing: Sharing, ending: Ending, order: int
) -> Mapping[tuple[UUID | None, str], Latest]:
    """What a sharing's end says: nothing on those to whom something was said since by name."""
    said: dict[tuple[UUID | None, str], Latest] = {}
    for who, tab in sharing.reaches():
        word = latest[who, tab]
        if word.by != sharing.id or (ending.audience and who not in ending.audience):
            continue
        # an end for the team keeps its place: it does not end what one member was shown later
        said[who, tab] = Latest(word.order if who is None else order, sharing.id, None)
    return said


def word_of(fact: AssessmentShared | SharingEnded) -> Sharing | Ending:
    if isinstance(fact, SharingEnded):
        return Ending(fact.sharing, fact.audience)
    return Sharing(
        fact.id,
        fact.audience,
        fact.my_team,
        fact.parts,
        fact.only_themes,
        fact.except_themes,
    )
