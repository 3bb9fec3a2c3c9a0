"""The scalars that a body may hold, as JSON values and back, checked on the way in."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

Convert = Callable[[Any], Any]
LEAST, MOST = -(2**63), 2**63 - 1

# the same few ids stand in nearly every row of a page
uuid_of: Callable[[str], UUID] = lru_cache(maxsize=65_536)(UUID)


class Unstorable(TypeError):
    """A fact holds something that could not be read back the same."""


def exactly(kind: type) -> Convert:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise Unstorable(f"{value!r} is not {kind.__name__}")
        return value

    return check


def write_text(value: Any) -> str:
    if type(value) is not str:
        raise Unstorable(f"{value!r} is not str")
    if "\0" in value:
        raise Unstorable("a NUL has no place in a text, and no view could keep it")
    return value


def write_whole(value: Any) -> int:
    if type(value) is not int or not LEAST <= value <= MOST:
        raise Unstorable(f"{value!r} is not a whole number of 64 bits")
    return value


def write_number(value: Any) -> float:
    if type(value) not in (float, int) or not math.isfinite(value):
        raise Unstorable(f"{value!r} is not a finite number")
    return float(value)


def write_instant(value: Any) -> str:
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise Unstorable(f"{value!r} is not an instant with its offset")
    return value.isoformat()


WRITE: Mapping[type, Convert] = {
    str: write_text,
    int: write_whole,
    float: write_number,
    bool: exactly(bool),
    UUID: lambda value: str(exactly(UUID)(value)),
    datetime: write_instant,
    date: lambda value: exactly(date)(value).isoformat(),
}
READ: Mapping[type, Convert] = {
    str: exactly(str),
    int: exactly(int),
    float: float,
    bool: exactly(bool),
    UUID: uuid_of,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}
