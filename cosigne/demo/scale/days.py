"""Two years, by the number of their days: the first one is a Monday."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

BEGUN = date(2024, 9, 2)
LAST = 2 * 365 - 1
WEEK = 7


def day(number: int) -> date:
    return BEGUN + timedelta(days=number)


def instant(number: int, hour: int, minute: int = 0) -> datetime:
    midnight = datetime.combine(day(number), datetime.min.time(), UTC)
    return midnight + timedelta(hours=hour, minutes=minute)


def week(number: int) -> int:
    return number // WEEK


def week_of(at: datetime) -> int:
    return week((at.date() - BEGUN).days)


def monday(number: int) -> int:
    """The Monday of a week, as a day."""
    return number * WEEK
