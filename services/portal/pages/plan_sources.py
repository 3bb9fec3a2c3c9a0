"""Where a goal grew from, in plain words; and what one could still grow from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from services.portal.asking import Asking
from services.portal.pages.plan_titles import Titles

Told = Mapping[str, Any]
OF_THEMES = ("star", "rating", "theme")


@dataclass(frozen=True)
class Source:
    """One thing a goal grew from: its kind, and what it is called where the reader may know it."""

    kind: str
    name: str = ""
    words: str = ""
    title: Told = field(default_factory=dict)

    @property
    def value(self) -> str:
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True)
class Sources:
    """Looked up only when asked for: most goals grew from one or two kinds of thing."""

    ask: Asking
    person: str
    titles: Titles

    def of(self, goal: Told) -> Sequence[Source]:
        return [self.source(told) for told in goal["grown_from"]]

    def source(self, told: str) -> Source:
        kind, _, name = told.partition(":")
        if not name:
            return Source(kind)
        if kind in OF_THEMES:
            return Source(kind, name, title=self.titles.of(name))
        words = self.ties if kind == "tie" else self.resources
        return Source(kind, name, words.get(name, ""))

    @cached_property
    def told(self) -> Told:
        """Her strengths and aspirations, as they are shown to this reader."""
        where = f"assessment/persons/{self.person}/resources"
        found: Told = self.ask.maybe(lambda: self.ask.get(where), {})
        return found

    @cached_property
    def resources(self) -> Mapping[str, str]:
        return {one["entry"]: one["words"] for one in (*self.strengths, *self.aspirations)}

    @property
    def strengths(self) -> Sequence[Told]:
        return list(self.told.get("strengths", ()))

    @property
    def aspirations(self) -> Sequence[Told]:
        return list(self.told.get("aspirations", ()))

    @cached_property
    def ties(self) -> Mapping[str, str]:
        where = f"network/persons/{self.person}/network"
        found: Told = self.ask.maybe(lambda: self.ask.get(where), {})
        here = {t["tie"]: t["name"] for t in found.get("ties", ()) if not t["ended"]}
        return {**{t["tie"]: t["name"] for t in found.get("named", ())}, **here}

    @cached_property
    def stars(self) -> Sequence[str]:
        """The themes with a star, in the latest portrait of hers that is shown to this reader."""
        where = f"assessment/persons/{self.person}/assessments"
        latest = {"kind": "quality_of_life", "newest": 1}
        found: Told = self.ask.maybe(lambda: self.ask.get(where, **latest), {})
        return [theme for portrait in found.get("assessments", ()) for theme in stars_of(portrait)]

    def to_grow_from(
        self, left_out: Sequence[str], considered: Sequence[str]
    ) -> Mapping[str, Sequence[Source]]:
        """What she may choose from, kind by kind; what she left out of the plan is not held out to her."""
        stars = [theme for theme in self.stars if theme not in left_out]
        found = {
            "star": [Source("star", t, title=self.titles.of(t)) for t in stars],
            "theme": [Source("theme", t, title=self.titles.of(t)) for t in considered],
            "strength": standing("strength", self.strengths),
            "aspiration": standing("aspiration", self.aspirations),
            "tie": [Source("tie", tie, name) for tie, name in self.ties.items()],
        }
        return {kind: sources for kind, sources in found.items() if sources}


def stars_of(portrait: Told) -> Sequence[str]:
    """In her order, those without a rank after the others."""
    starred = [t for t in portrait["themes"] if t.get("star")]
    starred.sort(key=lambda t: t["star"]["rank"] or len(starred) + 1)
    return [t["theme"] for t in starred]


def standing(kind: str, things: Sequence[Told]) -> Sequence[Source]:
    return [Source(kind, t["entry"], t["words"]) for t in things if not t["set_aside"]]
