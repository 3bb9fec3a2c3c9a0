"""Columns of many rows as arrays in PostgreSQL's binary form, NULLs included, packed once.

The driver writes a list element by element, through text and its escapes: ten times the work. COPY
would do as well, but the database refuses it where row-level security holds.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import orjson
import psycopg
from psycopg.abc import AdaptContext
from psycopg.adapt import Dumper
from psycopg.pq import Format

HEAD, LENGTH = struct.Struct("!iiIii").pack, struct.Struct("!i").pack
LONG, DOUBLE, DAYS = (struct.Struct(form).pack for form in ("!iq", "!id", "!ii"))
NULL, SIXTEEN, TRUE, FALSE = LENGTH(-1), LENGTH(16), LENGTH(1) + b"\1", LENGTH(1) + b"\0"
EPOCH, FIRST_DAY = datetime(2000, 1, 1, tzinfo=UTC), date(2000, 1, 1)
MICROSECOND = timedelta(microseconds=1)
Pack = Callable[[Any], bytes]


class Packed(NamedTuple):
    """An array and the type of it."""

    oid: int
    data: bytes


class PackedDumper(Dumper):
    """Sends an array as it was packed."""

    format = Format.BINARY

    def get_key(self, obj: Packed, format: Any) -> Any:  # noqa: A002 - the driver's name for it
        del format
        return self.cls, obj.oid

    def upgrade(self, obj: Packed, format: Any) -> PackedDumper:  # noqa: A002
        del format
        typed = PackedDumper(self.cls)
        typed.oid = obj.oid
        return typed

    def dump(self, obj: Packed) -> bytes:
        return obj.data


def take_packed(context: AdaptContext) -> None:
    """Teach a connection or a cursor to send these arrays."""
    context.adapters.register_dumper(Packed, PackedDumper)


def packed(sql_type: str, values: Sequence[Any]) -> Packed:
    """At least one value. Raises psycopg's DataError for one that the type cannot hold."""
    oid, array_oid, pack = TYPES[sql_type]
    try:
        elements = [NULL if value is None else pack(value) for value in values]
    except (struct.error, ValueError, TypeError, AttributeError, OverflowError) as error:
        raise psycopg.DataError(f"{sql_type} cannot hold this: {type(error).__name__}") from error
    return Packed(array_oid, HEAD(1, 1, oid, len(elements), 1) + b"".join(elements))


def text(value: str) -> bytes:
    data = value.encode()
    return LENGTH(len(data)) + data


def data(value: bytes) -> bytes:
    return LENGTH(len(value)) + value


def document(value: Any) -> bytes:
    json = orjson.dumps(value)
    return LENGTH(len(json) + 1) + b"\1" + json


TYPES: dict[str, tuple[int, int, Pack]] = {
    "uuid": (2950, 2951, lambda value: SIXTEEN + value.bytes),
    "text": (25, 1009, text),
    "bigint": (20, 1016, lambda value: LONG(8, value)),
    "double precision": (701, 1022, lambda value: DOUBLE(8, value)),
    "boolean": (16, 1000, lambda value: TRUE if value else FALSE),
    "timestamptz": (1184, 1185, lambda value: LONG(8, (value - EPOCH) // MICROSECOND)),
    "date": (1082, 1182, lambda value: DAYS(4, (value - FIRST_DAY).days)),
    "bytea": (17, 1001, data),
    "jsonb": (3802, 3807, document),
}
