"""Writes `docs/reference/import-columns.md` from the declaration of the columns: `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cosigne.importer.column import Column, Kind
from cosigne.importer.columns import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "import-columns.md"
HEAD = """\
*Reference.* Made from `cosigne/importer/columns.py` by `make docs`; a test fails when it is not.

# Columns of files that are brought in

A file, or a sheet of a workbook, holds lines of one kind, told by its name or with `--kind`. A
heading is recognised in French and in English, whatever its accents, capitals and signs; other
headings need a [mapping file](../how-to/import-your-spreadsheets.md#when-your-headings-are-your-own).
In JSON Lines, the names of the first column below are used. Columns in bold must be there.
"""


def page() -> str:
    return HEAD + "".join(part for kind in KINDS for part in section(kind))


def section(kind: Kind) -> Iterator[str]:
    files = ", ".join(f"`{name}`" for name in kind.files)
    yield f"\n## {kind.name}\n\n{kind.about} Named: {files}.\n\n"
    yield "| Column | Headings | Holds |\n| --- | --- | --- |\n"
    for column in kind.columns:
        name = f"**{column.name}**" if column.needed else column.name
        headings = ", ".join(dict.fromkeys((*column.fr, *column.en)))
        yield f"| {name} | {headings} | {holds(column)} |\n"


def holds(column: Column) -> str:
    match column.kind:
        case "day":
            told = "a date: 2024-03-05, 05/03/2024, or a date cell"
        case "percent":
            told = "a number from 0 to 100, with or without %; `highest` maps another scale"
        case "whole":
            told = f"a whole number from {column.least} to {column.most}"
        case "code":
            told = " · ".join(f"`{code}` ({', '.join(w)})" for code, w in column.codes.items())
        case _:
            told = f"text, {column.longest} characters at most"
    return f"{told}; {column.about}" if column.about else told


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
