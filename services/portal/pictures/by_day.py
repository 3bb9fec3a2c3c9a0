"""What happened, month by month and day by day: what is of one kind stands together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from babel.dates import format_date

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """Entries of one kind, told one after the other."""

    label: str
    service: str
    entries: Sequence[Told]


@dataclass(frozen=True)
class Day:
    at: date
    named: str
    kinds: Sequence[Kind]


@dataclass(frozen=True)
class Month:
    named: str
    days: Sequence[Day]


def by_month(entries: Sequence[Told], locale: str, when: str = "occurred_at") -> list[Month]:
    """In the order in which they are told; `when` is where the day of each stands."""
    days = [
        day_of(day, list(told), locale) for day, told in groupby(entries, lambda e: on(e, when))
    ]
    months = groupby(days, lambda day: (day.at.year, day.at.month))
    return [Month(month_named(year, month, locale), list(of)) for (year, month), of in months]


def on(entry: Told, when: str) -> date:
    """The day, also where the hour is told."""
    return date.fromisoformat(str(entry[when])[:10])


def day_of(at: date, entries: Sequence[Told], locale: str) -> Day:
    kinds: dict[str, list[Told]] = {}
    for entry in entries:
        kinds.setdefault(str(entry.get("label", "")), []).append(entry)
    told = [Kind(label, service_of(of[0]), of) for label, of in kinds.items()]
    return Day(at, day_named(at, locale), told)


def service_of(entry: Told) -> str:
    return str(entry.get("proof", {}).get("service", ""))


def month_named(year: int, month: int, locale: str) -> str:
    named = format_date(date(year, month, 1), "LLLL y", locale=locale.replace("-", "_"))
    return named[:1].upper() + named[1:]


def day_named(at: date, locale: str) -> str:
    """The day of the week and its number: the month stands above."""
    named = format_date(at, "EEEE d", locale=locale.replace("-", "_"))
    named = f"{named}er" if at.day == 1 and locale.startswith("fr") else named
    return named[:1].upper() + named[1:]
