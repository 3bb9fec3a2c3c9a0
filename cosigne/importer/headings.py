"""Which column a heading stands for, however it is written: accents, case and signs aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from cosigne.importer.column import Kind
from cosigne.importer.columns import KINDS

SIGNS = re.compile(r"[\W_]+")  # a letter is one in every script


def plain(text: str) -> str:
    """« N° de dossier  » and « no de DOSSIER » alike."""
    told = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("°", "o").casefold())
    letters = "".join(c for c in told if not unicodedata.combining(c))
    return SIGNS.sub(" ", letters).strip()


def headings_of(kind: Kind) -> dict[str, str]:
    """Every heading a column is known by; where two share one, the first declared has it."""
    known: dict[str, str] = {}
    for place in range(max(len(c.headings) for c in kind.columns)):
        for column in kind.columns:
            for heading in column.headings[place : place + 1]:
                known.setdefault(plain(heading), column.name)
    return known


def matched(kind: Kind, header: Sequence[str]) -> dict[str, str]:
    """Column by heading, as far as headings are known; each column once."""
    known, found = headings_of(kind), dict[str, str]()
    for heading in header:
        column = known.get(plain(heading))
        if column is not None and column not in found.values():
            found[heading] = column
    return found


def missing(kind: Kind, columns: Mapping[str, str]) -> list[str]:
    """The needed columns that no heading gives."""
    given = set(columns.values())
    return [c.name for c in kind.columns if c.needed and c.name not in given]


def kind_named(name: str) -> Kind | None:
    """The kind that a file or sheet of this name holds: « 02 - Intervenants.csv » holds staff."""
    words = plain(name)
    for kind in KINDS:
        if any(plain(f) in (words, *words.split()) for f in (*kind.files, kind.name)):
            return kind
    return None
