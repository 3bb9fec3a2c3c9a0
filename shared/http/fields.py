"""The kinds of field that requests share: words, ids, moments, numbers, each strict."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any, ClassVar, NoReturn
from uuid import UUID

import marshmallow as ma
from marshmallow import validate

from shared.http.complaints import Complaint

LONGEST_WORDS = 4000
ID = re.compile(r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\Z")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,6})?)?"
    r"([Zz]|[+-][0-9]{2}:[0-9]{2})\Z"
)
FIRST_YEAR, LAST_YEAR = 1900, 2199


def refuse(code: str, **values: object) -> NoReturn:
    raise ma.ValidationError(Complaint(code, **values))


class Words(ma.fields.String):
    """Someone's words: kept as they are written, but not empty."""

    def __init__(self, *, longest: int = LONGEST_WORDS, **kwargs: Any) -> None:
        self.longest = longest
        super().__init__(**kwargs)
        self.metadata = {"minLength": 1, "maxLength": longest, **self.metadata}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        words: str = super()._deserialize(value, attr, data, **kwargs).strip()
        if not words:
            refuse("text.empty")
        if len(words) > self.longest:
            refuse("length.too_large", max=self.longest)
        if "\0" in words:
            refuse("text.nul")
        return words


class Whole(ma.fields.Integer):
    """A whole number within bounds; neither 3.0, nor "3", nor true."""

    def __init__(self, *, least: int = 0, most: int = 2**31 - 1, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(strict=True, **kwargs)
        self.metadata = {"minimum": least, "maximum": most, **self.metadata}

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> int:
        del attr, data, kwargs
        if type(value) is not int:
            refuse("value.not_a_whole_number")
        if not self.least <= value <= self.most:
            refuse("number.out_of_range", min=self.least, max=self.most)
        return value


class Percent(Whole):
    """0 to 100, without a starting value."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(least=0, most=100, **kwargs)


class Flag(ma.fields.Boolean):
    """true or false, and nothing that merely looks like it."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> bool:
        del attr, data, kwargs
        if not isinstance(value, bool):
            refuse("value.not_true_or_false")
        return value


class Id(ma.fields.UUID):
    """An opaque id: a UUID in its usual form."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> UUID:
        del attr, data, kwargs
        if not isinstance(value, str) or not ID.match(value):
            refuse("value.not_an_id")
        return UUID(value)


class Moment(ma.fields.Field[Any]):
    """When it was in life: a day (`date`) or an instant with its offset (`datetime`)."""

    day_only: ClassVar[bool] = False

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        shape = {"type": "string", "description": "2026-01-16 or 2026-01-16T20:00:00-05:00"}
        self.metadata = {**shape, **self.metadata}

    def _serialize(self, value: Any, attr: Any, obj: Any, **kwargs: Any) -> Any:
        del attr, obj, kwargs
        return value.isoformat() if isinstance(value, date) else value

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> date | datetime:
        del attr, data, kwargs
        found = moment(value, day_only=self.day_only)
        if found is None:
            refuse("day.invalid" if self.day_only else "moment.invalid")
        return found


class Day(Moment):
    """A day, without an hour."""

    day_only = True


def moment(value: object, *, day_only: bool = False) -> date | datetime | None:
    """A day or an instant of ISO 8601, or None; within years every zone can tell."""
    if not isinstance(value, str):
        return None
    try:
        if DAY.match(value):
            found = date.fromisoformat(value)
        elif INSTANT.match(value) and not day_only:
            found = datetime.fromisoformat(value.upper())
            found.astimezone(UTC)
        else:
            return None
    except (ValueError, OverflowError):
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def one_of(allowed: Any, **kwargs: Any) -> ma.fields.String:
    """A word of a closed list."""
    return ma.fields.String(validate=validate.OneOf(tuple(allowed)), **kwargs)


def many(inner: Any, most: int, **kwargs: Any) -> ma.fields.List[Any]:
    """A list that has an end."""
    return ma.fields.List(inner, validate=validate.Length(0, most), **kwargs)
