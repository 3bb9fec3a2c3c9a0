"""Under which names a theme is the same theme, and whether words name it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shared.kernel import Invalid
from shared.naming import normal

LONGEST_NAME = 80
LONGEST_WORDS = 2000
GROWN_FROM_THEME = ("star", "rating", "theme")
GROWN_FROM_ID = ("strength", "aspiration", "tie")
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def names_it(words: str, names: Iterable[str]) -> bool:
    """Whether words hold one of these normal names, as whole words."""
    held = f"-{normal(words)}-"
    return any(f"-{name}-" in held for name in names if name)


def spelled(words: str) -> str:
    """The same for the same words; `normal` knows Latin letters only, and she may write in others."""
    return normal(words) or " ".join(words.casefold().split())


def theme_named(theme: str) -> str:
    """The theme as sent, if it can be one. Raises Invalid otherwise."""
    theme = theme.strip()
    if not normal(theme) or len(theme) > LONGEST_NAME:
        raise Invalid("theme.unnamed", field="theme")
    return theme


def themes_in(grown_from: Iterable[str]) -> tuple[str, ...]:
    """The themes among what a goal grew from. Raises Invalid for a source that is none."""
    themes = []
    for number, source in enumerate(grown_from):
        kind, _, name = source.partition(":")
        if kind in GROWN_FROM_THEME and normal(name) and len(name) <= LONGEST_NAME:
            themes.append(name)
        elif kind not in GROWN_FROM_ID or not IDENTIFIER.fullmatch(name):
            raise Invalid("source.unknown", field=f"grown_from.{number}")
    return tuple(themes)


def worded(words: str, field: str = "words") -> str:
    """Words with something in them, not too long. Raises Invalid otherwise."""
    words = words.strip()
    if not words:
        raise Invalid("text.empty", field=field)
    if len(words) > LONGEST_WORDS:
        raise Invalid("length.too_large", field=field, max=LONGEST_WORDS)
    return words


def worded_if_any(words: str | None, field: str = "words") -> str | None:
    return None if words is None or not words.strip() else worded(words, field)
