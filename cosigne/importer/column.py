"""A column of a file and the kind of its lines: what may stand in a cell, and how it is headed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Column:
    """`kind`: text, day, percent, whole, or code; `codes` gives the words for each code."""

    name: str
    fr: tuple[str, ...]
    en: tuple[str, ...]
    kind: str = "text"
    needed: bool = False
    longest: int = 0
    least: int = 0
    most: int = 0
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    about: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        return (*self.fr, *self.en, self.name)


@dataclass(frozen=True, slots=True)
class Kind:
    """`files`: the names of files and sheets that hold lines of this kind."""

    name: str
    files: tuple[str, ...]
    columns: tuple[Column, ...]
    about: str

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)


def key(fr: tuple[str, ...], en: tuple[str, ...], *, needed: bool = True) -> Column:
    about = "the organisation's own number or code; kept nowhere, an id is made of it"
    return Column("key", fr, en, needed=needed, longest=200, about=about)


def named(name: str, fr: tuple[str, ...], en: tuple[str, ...], about: str) -> Column:
    return Column(name, fr, en, needed=True, longest=200, about=about)
