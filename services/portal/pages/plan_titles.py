"""What themes are called, in the words of the organisation's questionnaires."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.portal.asking import Asking
from services.portal.pages.life_questionnaires import Questionnaires

FRESH_FOR = 60.0
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Titles:
    """Of every theme there is or was; `spheres` are those one may still choose from, each with its themes."""

    known: Mapping[str, Told] = field(default_factory=dict)
    spheres: Sequence[tuple[Told, Sequence[Told]]] = ()

    def of(self, theme: str) -> Told:
        """In both languages; a theme no questionnaire knows was named in someone's own words."""
        return self.known.get(theme) or {"fr": theme, "en": theme}


class Library:
    """Asked once a minute for all who belong to an organisation."""

    def __init__(self) -> None:
        self.questionnaires = Questionnaires()
        self.titles: dict[str, tuple[float, Titles]] = {}

    def titles_for(self, ask: Asking, organisation: str) -> Titles:
        at, titles = self.titles.get(organisation, (0.0, Titles()))
        if titles.known and time.monotonic() - at < FRESH_FOR:
            return titles
        listed = ask.get("assessment/catalogues")["catalogues"]
        asked = [c for c in listed if c["kind"] == "quality_of_life" and c["stage"] != "draft"]
        versions = [
            {**self.questionnaires.one(ask, organisation, c["id"]), "stage": c["stage"]}
            for c in in_order(asked)
        ]
        titles = titles_in(versions)
        self.titles[organisation] = (time.monotonic(), titles)
        return titles


def in_order(catalogues: Iterable[Told]) -> Sequence[Told]:
    """The latest last, so that its words are the ones read."""
    return sorted(catalogues, key=lambda c: (c["key"], c["edition"]))


def titles_in(versions: Iterable[Told]) -> Titles:
    known: dict[str, Told] = {}
    spheres: dict[str, tuple[Told, list[Told]]] = {}
    for version in versions:
        known |= {theme["theme"]: theme for theme in version["themes"]}
        if version["stage"] != "published":
            continue
        for sphere in version["spheres"]:
            themes = [t for t in version["themes"] if t["sphere"] == sphere["sphere"]]
            spheres[sphere["sphere"]] = (sphere, themes)
    return Titles(known, list(spheres.values()))
