"""What must be known to say an entry: names, themes, what a goal was called then, other entries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from uuid import UUID, uuid5

from services.reporting.domain.entry import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One wording of a thing: by which entry, when, and whether its words are still there."""

    entry: UUID
    at: datetime
    version: int
    words: str | None = None
    value: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """What later entries name by its id: a goal, action, strength, aspiration, tie, answer, view."""

    id: UUID
    kind: str
    stream: UUID
    said: tuple[Said, ...] = ()
    catalogue: UUID | None = None

    def at(self, entry: Entry) -> Said | None:
        """How it was said when this entry was recorded."""
        found = [s for s in self.said if not self._after(s, entry)]
        return found[-1] if found else None

    def before(self, entry: Entry) -> Said | None:
        """How it was said until this entry changed it."""
        found = [s for s in self.said if s.entry != entry.id and not self._after(s, entry)]
        return found[-1] if found else None

    def _after(self, said: Said, entry: Entry) -> bool:
        if self.stream == entry.stream:
            return said.version > entry.version
        return said.at > entry.recorded_at


def answer_id(stream: UUID, theme: str) -> UUID:
    """Her answer to a theme within an assessment, as a thing that changes."""
    return uuid5(stream, f"answer/{theme}")


def view_id(stream: UUID, theme: str, author: UUID) -> UUID:
    """Another party's view of a theme, as a thing that changes."""
    return uuid5(stream, f"view/{theme}/{author}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeLabel:
    """What a theme is called in one version of a questionnaire, since when."""

    theme: str
    catalogue: UUID
    since: datetime
    fr: str
    en: str

    def text(self, language: str) -> str:
        return self.fr if language == "fr" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """`hidden` are entries that exist and are not shown to this reader: their words stay hers."""

    names: Mapping[UUID, str] = field(default_factory=dict)
    themes: Mapping[str, tuple[ThemeLabel, ...]] = field(default_factory=dict)
    things: Mapping[UUID, Thing] = field(default_factory=dict)
    entries: Mapping[UUID, Entry] = field(default_factory=dict)
    hidden: frozenset[UUID] = frozenset()
    zone: tzinfo = UTC

    def theme(self, theme: str, entry: Entry, language: str) -> str | None:
        """What the theme was called in the questionnaire of this entry, else last before it."""
        labels = self.themes.get(theme, ())
        sitting = self.things.get(entry.stream)
        if sitting is not None and sitting.catalogue is not None:
            here = [one for one in labels if one.catalogue == sitting.catalogue]
            labels = tuple(here) or labels
        if not labels:
            return None
        before = [one for one in labels if one.since <= entry.recorded_at]
        return (before or list(labels))[-1].text(language)
