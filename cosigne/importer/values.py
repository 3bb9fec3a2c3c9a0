"""What stands in a cell, as the value its column asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from cosigne.importer.column import Column
from cosigne.importer.headings import plain

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d")
NUMBER = re.compile(r"([+-]?[\d\s\u00a0\u202f]*\d(?:[.,]\d+)?)\s*%?")
YEARS = range(1900, 2200)


class WrongCell(Exception):
    """A cell does not hold what its column asks for: `code` says what to put right."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Manner:
    """How this institution writes: its dates, its scale, its own words for what we know."""

    days: tuple[str, ...] = DAYS
    highest: int = 100
    words: Mapping[str, Mapping[str, str]] | None = None

    def said(self, column: str, cell: str) -> str:
        known = (self.words or {}).get(column, {})
        return known.get(plain(cell), cell)


def value_of(column: Column, cell: Any, manner: Manner) -> Any:
    """None for an empty cell; raises WrongCell."""
    text = manner.said(column.name, text_of(cell))
    if not text:
        if column.needed:
            raise WrongCell("fault.missing")
        return None
    match column.kind:
        case "day":
            return day(cell, text, manner)
        case "percent":
            return percent(text, manner)
        case "whole":
            return whole(text, column)
        case "code":
            return code(text, column)
        case _:
            if column.longest and len(text) > column.longest:
                raise WrongCell("fault.too_long", longest=column.longest)
            return text


def text_of(cell: Any) -> str:
    """A cell as one reads it: whole numbers of a spreadsheet without their point."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell).replace("\u00a0", " ").strip()


def day(cell: Any, text: str, manner: Manner) -> str:
    if isinstance(cell, datetime):
        found: date | None = cell.date()
    elif isinstance(cell, date):
        found = cell
    else:
        found = next((d for f in manner.days if (d := read_day(text, f))), None)
    if found is None:
        raise WrongCell("fault.not_a_day")
    if found.year not in YEARS:
        raise WrongCell("fault.far_day")
    return found.isoformat()


def read_day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def number(text: str) -> float | None:
    found = NUMBER.fullmatch(text)
    return float(re.sub(r"\s", "", found[1]).replace(",", ".")) if found else None


def percent(text: str, manner: Manner) -> int:
    found = number(text)
    if found is None:
        raise WrongCell("fault.not_a_number")
    scaled = found * 100 / manner.highest
    if not 0 <= scaled <= 100:
        raise WrongCell("fault.out_of_range", least=0, most=manner.highest)
    if abs(scaled - round(scaled)) > 1e-9:
        raise WrongCell("fault.not_whole")
    return round(scaled)


def whole(text: str, column: Column) -> int:
    found = number(text)
    if found is None:
        raise WrongCell("fault.not_a_number")
    if not found.is_integer():
        raise WrongCell("fault.not_whole")
    if not column.least <= found <= column.most:
        raise WrongCell("fault.out_of_range", least=column.least, most=column.most)
    return int(found)


def code(text: str, column: Column) -> str:
    said = plain(text)
    for name, words in column.codes.items():
        if said in (plain(name), *map(plain, words)):
            return name
    allowed = [words[0] for words in column.codes.values()]
    raise WrongCell("fault.not_in_list", allowed=allowed)
