"""What she has shown of an assessment: to whom, which themes, and what stays hers alone.

The latest word on a party and a tab decides, a sharing or its end. Answers that she kept and
changed before showing them are hers alone, and so is an answer that she took back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes

ANSWERING = frozenset({"theme_rated", "theme_skipped", "rating_withdrawn"})
STARRING = frozenset({"star_placed", "star_removed"})
SHARING = frozenset({"assessment_shared", "sharing_ended"})
STRENGTHS = "strengths"
NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Word:
    """A sharing that decides for a party and a tab; None as `shows` once it has ended."""

    order: int
    by: UUID
    shows: Mapping[str, Any] | None
    version: int

    def covers(self, theme: str) -> bool:
        if self.shows is None:
            return False
        only = self.shows.get("only_themes")
        return theme in only if only else theme not in (self.shows.get("except_themes") or ())


@dataclass(frozen=True)
class Sharings:
    """Whom which tab is shown to, by the latest word on it; None as a party stands for her team."""

    latest: Mapping[tuple[str | None, str], Word] = field(default_factory=dict)
    reach: Mapping[UUID, tuple[tuple[str | None, str], ...]] = field(default_factory=dict)
    heard: int = 0

    def hear(self, entry: Entry) -> Sharings:
        body = entry.body
        if not entry.readable or not stands(entry):
            return self
        if entry.kind == "sharing_ended":
            return self.end(UUID(body["sharing"]), body.get("audience") or ())
        parts = body.get("parts") or (NETWORK,)
        parties: list[str | None] = [*body.get("audience", ())]
        reached = tuple(
            (who, tab) for tab in parts for who in [*parties, *([None] * bool(body.get("my_team")))]
        )
        word = Word(self.heard, entry.id, body, entry.version)
        return replace(
            self,
            latest={**self.latest, **dict.fromkeys(reached, word)},
            reach={**self.reach, entry.id: reached},
            heard=self.heard + 1,
        )

    def end(self, sharing: UUID, audience: Iterable[str]) -> Sharings:
        named = frozenset(audience)
        latest = dict(self.latest)
        for reached in self.reach.get(sharing, ()):
            word = latest[reached]
            if word.by != sharing or (named and reached[0] not in named):
                continue
            # an end for the team keeps its place: it does not end what one member was shown later
            order = word.order if reached[0] is None else self.heard
            latest[reached] = replace(word, order=order, shows=None)
        return replace(self, latest=latest, heard=self.heard + 1)

    def deciding(self, eyes: Eyes, tab: str) -> Word | None:
        """The sharing by which these eyes see a tab, if they do."""
        found = [self.latest.get((str(eyes.party), tab))]
        if eyes.team:
            found.append(self.latest.get((None, tab)))
        words = [word for word in found if word is not None]
        last = max(words, key=lambda word: word.order, default=None)
        return last if last is not None and last.shows is not None else None


@dataclass(frozen=True)
class Sitting:
    """One assessment: its tab, its sharings, and for each theme her answers and what she set."""

    tab: str = "quality_of_life"
    sharings: Sharings = field(default_factory=Sharings)
    by_hand: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    turns: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    taken_back: Mapping[str, int] = field(default_factory=dict)

    def hear(self, entry: Entry) -> Sitting:
        if entry.kind == "assessment_opened":
            return replace(self, tab=entry.body.get("kind", self.tab))
        if entry.kind in SHARING:
            return replace(self, sharings=self.sharings.hear(entry))
        theme, family = entry.body.get("theme"), family_of(entry)
        if theme is None or family is None:
            return self
        turns = {
            **self.turns,
            (theme, family): (*self.turns.get((theme, family), ()), entry.version),
        }
        heard = replace(self, turns=turns)
        if entry.kind == "rating_withdrawn":
            return replace(heard, taken_back={**self.taken_back, theme: entry.version})
        if entry.body.get("visibility"):
            return replace(heard, by_hand={**self.by_hand, theme: entry.body})
        return heard

    def shows(self, entry: Entry, eyes: Eyes) -> bool:
        """Whether an entry about themes is shown to these eyes."""
        word = self.sharings.deciding(eyes, self.tab)
        themes = [t for t in (entry.body.get("theme"), *(entry.body.get("themes") or ())) if t]
        if entry.kind == "assessment_opened" or not themes:
            return word is not None
        return all(self.shows_theme(t, entry, eyes, word) for t in themes)

    def shows_theme(self, theme: str, entry: Entry, eyes: Eyes, word: Word | None) -> bool:
        covered = word is not None and word.covers(theme)
        item = entry.body if entry.kind not in ANSWERING else {}
        tab = set_by_hand(self.by_hand.get(theme, {}), eyes, tab_shows=covered)
        if not set_by_hand(item, eyes, tab_shows=tab):
            return False
        if entry.kind in ("theme_rated", "theme_skipped") and entry.version < self.taken_back.get(
            theme, 0
        ):
            return False
        return not self.changed_before(theme, entry, word.version if word else 0)

    def shows_any(self, theme: str, eyes: Eyes) -> bool:
        """Whether anything on a theme is shown to these eyes."""
        word = self.sharings.deciding(eyes, self.tab)
        covered = word is not None and word.covers(theme)
        return set_by_hand(self.by_hand.get(theme, {}), eyes, tab_shows=covered)

    def changed_before(self, theme: str, entry: Entry, shown_at: int) -> bool:
        """Whether she changed her mind on this before she showed anything: then it is hers alone."""
        family = family_of(entry)
        turns = self.turns.get((theme, family), ()) if family else ()
        return any(entry.version < later < shown_at for later in turns)


def family_of(entry: Entry) -> str | None:
    if entry.kind in ANSWERING:
        return "answers"
    return "stars" if entry.kind in STARRING else None


def set_by_hand(item: Mapping[str, Any], eyes: Eyes, *, tab_shows: bool) -> bool:
    """What she set on one item decides before the sharing of its tab."""
    match item.get("visibility"):
        case "just_me":
            return False
        case "my_team":
            return eyes.team or tab_shows
        case "chosen" if item.get("audience"):
            return str(eyes.party) in item["audience"]
        case _:
            return tab_shows


def stands(entry: Entry) -> bool:
    """A sharing noted in her name opens nothing before she confirms it; an end of one closes.

    An end that she disputes closes her map all the same, as it does in the network: she shows anew.
    """
    said = entry.attested(entry.author)
    if entry.kind == "sharing_ended":
        return said != "disputed" or entry.source == NETWORK
    return said in ("own", "confirmed")
