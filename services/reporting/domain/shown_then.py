"""What of an entry was shown to someone on a day: the code that shows it now, as things stood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from services.reporting.domain.entry import Entry
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.sight import Shown, Sight

BEST = (Sight.WHOLE, Sight.ENVELOPE, Sight.NOTHING)


def as_then(entry: Entry, at: datetime) -> Entry:
    """The entry before what was said of it later."""
    return replace(entry, answers=tuple(a for a in entry.answers if a.recorded_at <= at))


def shown_at(entries: Iterable[Entry], at: datetime, today: date) -> Shown:
    return Shown.told((as_then(e, at) for e in entries if e.recorded_at <= at), today)


def best_sight(
    entry: Entry, shown: Sequence[tuple[datetime, Shown]], let_in: Iterable[tuple[datetime, Eyes]]
) -> Sight:
    """The most that someone let in at some moments saw of it at any of them."""
    found: Iterator[Sight] = (
        at_that.sight(as_then(entry, moment), eyes)
        for when, eyes in let_in
        for moment, at_that in shown
        if moment == when and entry.recorded_at <= moment
    )
    return min(found, key=BEST.index, default=Sight.NOTHING)
