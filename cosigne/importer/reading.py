"""A file as lines, whatever it is made of: CSV, XLSX or JSON Lines. Read as it goes, never whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cosigne.importer.texts import assumed_of, rows_of
from shared.kernel import Refused

JSON_LINES = (".jsonl", ".ndjson")
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", *JSON_LINES)


@dataclass(frozen=True, slots=True)
class Line:
    """`number` is where it begins in the file; `wrong` says why its cells could not be told apart."""

    number: int
    cells: Mapping[str, Any]
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: `name` for people, `called` tells its kind, `assumed` what was found out of it."""

    path: Path
    name: str
    called: str
    header: tuple[str, ...]
    assumed: str = ""
    sheet: str | None = None

    @property
    def speaks_in_names(self) -> bool:
        """Whether each line names its own cells, so that any line may bring a new name."""
        return suffix_of(self.path) in JSON_LINES

    def lines(self) -> Iterator[Line]:
        if suffix_of(self.path) == ".xlsx":
            return sheet_lines(self)
        return json_lines(self.path) if self.speaks_in_names else text_lines(self.path)


def suffix_of(path: Path) -> str:
    """Some programs write it in capitals."""
    return path.suffix.lower()


def tables_in(place: Path) -> list[Table]:
    """The tables of a file, or of every file of a folder by name. Raises Refused for none."""
    if not place.exists():
        raise Refused("import.no_file", path=place)
    files = sorted(place.iterdir()) if place.is_dir() else [place]
    known = [f for f in files if suffix_of(f) in SUFFIXES and not f.name.startswith((".", "~"))]
    found = list(chain.from_iterable(map(tables_of, known)))
    if not found:
        raise Refused("import.no_table", path=place, known=SUFFIXES)
    return found


def tables_of(path: Path) -> Iterator[Table]:
    if suffix_of(path) == ".xlsx":
        yield from sheets_of(path)
    elif suffix_of(path) in JSON_LINES:
        # what nobody has read yet may stand in any line: its names are asked of the first hundred
        first = [line for line, _ in zip(json_lines(path), range(100), strict=False)]
        header = tuple(dict.fromkeys(chain.from_iterable(line.cells for line in first)))
        yield Table(path, path.name, path.stem, header)
    else:
        assumed = assumed_of(path)
        first_row = next(rows_of(path, assumed), (0, list[str]()))[1]
        name = f"{assumed.encoding} {assumed.delimiter!r}"
        yield Table(path, path.name, path.stem, headings(first_row), name)


def headings(row: Sequence[Any]) -> tuple[str, ...]:
    return tuple("" if cell is None else str(cell).strip() for cell in row)


def text_lines(path: Path) -> Iterator[Line]:
    rows = rows_of(path, assumed_of(path))
    header = headings(next(rows, (0, []))[1])
    for number, row in rows:
        if any(cell.strip() for cell in row):
            yield line_of(number, header, row)


def workbook(path: Path) -> Any:
    """Raises Refused for what no spreadsheet program wrote, or one that asks for a password."""
    try:
        return load_workbook(path, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise Refused("import.unreadable_book", path=path.name) from error


def sheets_of(path: Path) -> Iterator[Table]:
    with closing(workbook(path)) as book:
        for sheet in book.worksheets:
            row = next(sheet.iter_rows(min_row=1, max_row=1, values_only=True), ())
            if any(row):
                name = f"{path.name}/{sheet.title}"
                yield Table(path, name, sheet.title, headings(row), "XLSX", sheet.title)


def sheet_lines(table: Table) -> Iterator[Line]:
    """Formulas as the values they had when the file was saved."""
    with closing(workbook(table.path)) as book:
        sheet = book[table.sheet or ""]
        for number, row in enumerate(sheet.iter_rows(min_row=2, values_only=True), 2):
            if any(cell not in (None, "") for cell in row):
                yield line_of(number, table.header, [kept(cell) for cell in row])


def kept(cell: Any) -> Any:
    """Numbers, days and texts; anything else as its text."""
    return cell if isinstance(cell, int | float | date | datetime | None) else str(cell)


def line_of(number: int, header: Sequence[str], row: Sequence[Any]) -> Line:
    cells = {heading: cell for heading, cell in zip(header, row, strict=False) if heading}
    extra = [cell for cell in row[len(header) :] if cell not in (None, "")]
    wrong = "fault.more_cells" if extra else None
    return Line(number, cells, wrong)


def json_lines(path: Path) -> Iterator[Line]:
    """A line that is no JSON, or in another encoding than UTF-8, is wrong by itself."""
    with path.open("rb") as opened:
        for number, text in enumerate(opened, 1):
            if not text.strip():
                continue
            try:
                told = json.loads(text.decode("utf-8-sig"))
            except (ValueError, RecursionError):
                told = None
            if isinstance(told, dict):
                yield Line(number, told)
            else:
                yield Line(number, {}, "fault.not_json")
