"""What of her map is shown: the ties she shows, whole to her team, by name to those near her.

Nobody reads what was said of him or of her: what she says of a service is not shown to those who
work in one, and what she says of anyone is not shown to relatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.sittings import NETWORK, Sharings, Word, stands

SHARING = frozenset({"network_shared", "sharing_ended"})
NAMING = frozenset({"tie_added", "tie_renamed"})
# a later word of the same kind takes the place of the one before
KINDS: Mapping[str, str] = {
    "tie_added": "name",
    "tie_renamed": "name",
    "tie_rated": "rating",
    "support_described": "support",
    "contact_described": "contact",
    "tie_ended": "turn",
    "tie_resumed": "turn",
    "alters_connected": "line",
    "alters_disconnected": "line",
}
Family = tuple[frozenset[str], str]


@dataclass(frozen=True)
class Closing:
    """A sharing that does not stand: it opens nothing, and what it excepts stays closed."""

    entry: Entry

    def reaches(self, eyes: Eyes) -> bool:
        body = self.entry.body
        named = str(eyes.party) in (body.get("audience") or ())
        return named or (eyes.team and bool(body.get("my_team")))


@dataclass(frozen=True)
class Ties:
    """Her sharings of the map, what she keeps to herself by hand, and what she said since."""

    sharings: Sharings = field(default_factory=Sharings)
    closings: tuple[Closing, ...] = ()
    services: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    opened: Mapping[str, int] = field(default_factory=dict)
    turns: Mapping[Family, tuple[int, ...]] = field(default_factory=dict)

    def hear(self, entry: Entry) -> Ties:
        if entry.kind in SHARING:
            return self.hear_sharing(entry)
        heard = self
        for family in families(entry):
            turns = (*heard.turns.get(family, ()), entry.version)
            heard = replace(heard, turns={**heard.turns, family: turns})
        tie = str(entry.body.get("tie"))
        if entry.kind == "tie_added" and entry.body.get("kind") == "service":
            heard = replace(heard, services=heard.services | {tie})
        return heard.by_hand(entry, tie) if "visibility" in entry.body else heard

    def hear_sharing(self, entry: Entry) -> Ties:
        excepts = entry.readable and not stands(entry) and entry.body.get("except_ties")
        closings = (*self.closings, Closing(entry)) if excepts else self.closings
        return replace(self, sharings=self.sharings.hear(entry), closings=closings)

    def by_hand(self, entry: Entry, tie: str) -> Ties:
        """Closed at once; opened again by her own word only, or one she confirmed."""
        if entry.body["visibility"] == "just_me":
            return replace(self, kept=self.kept | {tie})
        if entry.kind == "tie_visibility_set" and stands(entry):
            opened = {**self.opened, tie: entry.version}
            return replace(self, kept=self.kept - {tie}, opened=opened)
        return self

    def deciding(self, eyes: Eyes) -> Word | None:
        return self.sharings.deciding(eyes, NETWORK)

    def shows(self, entry: Entry, eyes: Eyes, word: Word) -> bool:
        """Whether a sharing that stands shows these eyes this entry."""
        if entry.kind == "tie_visibility_set":
            return False  # that she kept it is kept too
        ties = ties_of(entry)
        if ties & self.kept_from(eyes, word):
            return False
        if ties and entry.kind not in NAMING and not (eyes.team and not ties & self.services):
            return False
        at = max((word.version, *(self.opened.get(tie, 0) for tie in ties)))
        return not any(
            entry.version < later < at
            for family in families(entry)
            for later in self.turns.get(family, ())
        )

    def kept_from(self, eyes: Eyes, word: Word) -> frozenset[str]:
        later = (c.entry for c in self.closings if c.reaches(eyes))
        closed = (e.body["except_ties"] for e in later if e.version > word.version)
        excepted = (word.shows or {}).get("except_ties") or ()
        return self.kept.union(excepted, *closed)


def families(entry: Entry) -> Iterable[Family]:
    """Of which of her words an entry is one: about whom, and what about them."""
    ties = ties_of(entry)
    if entry.kind == "tie_placed":
        placed = (what for what in ("circle", "relation") if entry.body.get(what) is not None)
        return [(ties, what) for what in placed]
    return [(ties, KINDS[entry.kind])] if entry.kind in KINDS else []


def ties_of(entry: Entry) -> frozenset[str]:
    named = {entry.body.get(key) for key in ("tie", "one", "other")}
    return frozenset({*named, *(entry.body.get("ties") or ())} - {None})
