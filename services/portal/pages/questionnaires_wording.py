"""A draft beside the version it comes from: names made of words, and what is new, changed or left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from typing import Any

Told = Mapping[str, Any]
LONGEST = 70
WORDS = ("fr", "help_fr", "en", "help_en")


def name_from(words: str, taken: Collection[str]) -> str:
    """A plain name (small letters, no accent) out of words, and none that is taken."""
    spelt = words.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "-")
    letters = unicodedata.normalize("NFKD", spelt).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "-", letters)[:LONGEST].strip("-") or "theme"
    number, free = 2, name
    while free in taken:
        number, free = number + 1, f"{name}-{number}"
    return free


def theme_in(catalogue: Told, name: str) -> Told | None:
    return next((theme for theme in catalogue["themes"] if theme["theme"] == name), None)


def sphere_in(catalogue: Told, name: str) -> Told | None:
    return next((sphere for sphere in catalogue["spheres"] if sphere["sphere"] == name), None)


def by_sphere(catalogue: Told) -> list[dict[str, Any]]:
    """Each sphere with its themes, and the hue it has in a portrait."""
    return [
        {
            **sphere,
            "hue": number % 5 + 1,
            "themes": [t for t in catalogue["themes"] if t["sphere"] == sphere["sphere"]],
        }
        for number, sphere in enumerate(catalogue["spheres"])
    ]


def beside(catalogue: Told, theme: str) -> tuple[Told | None, Told | None]:
    """The theme before and the one after, sphere by sphere as they are read."""
    order = [t for sphere in by_sphere(catalogue) for t in sphere["themes"]]
    names = [one["theme"] for one in order]
    if theme not in names:  # the sphere it was in is gone
        return None, None
    at = names.index(theme)
    before = order[at - 1] if at else None
    after = order[at + 1] if at + 1 < len(order) else None
    return before, after


def changes(draft: Told, source: Told | None) -> dict[str, list[str]]:
    """How each theme of the draft differs from the version before: by name, only those that do."""
    if source is None:
        return {}
    before = {theme["theme"]: theme for theme in source["themes"]}
    found = {
        theme["theme"]: differing(theme, before.get(theme["theme"])) for theme in draft["themes"]
    }
    return {name: how for name, how in found.items() if how}


def differing(now: Told, before: Told | None) -> list[str]:
    if before is None:
        return ["new"]
    marks = {
        "asks": now["meaning"] != before["meaning"],
        "words": any(now[name] != before[name] for name in WORDS),
        "sensitive": now["sensitive"] and not before["sensitive"],
        "not_sensitive": before["sensitive"] and not now["sensitive"],
        "moved": now["sphere"] != before["sphere"],
    }
    return [mark for mark, so in marks.items() if so]


def left_out(draft: Told, source: Told | None) -> Sequence[Told]:
    """Themes of the version before that this one does not ask."""
    if source is None:
        return ()
    here = {theme["theme"] for theme in draft["themes"]}
    return [theme for theme in source["themes"] if theme["theme"] not in here]


def without_words(catalogue: Told) -> Sequence[Told]:
    """Themes whose question is not put in plain words in both languages."""
    return [t for t in catalogue["themes"] if not (t["help_fr"].strip() and t["help_en"].strip())]
