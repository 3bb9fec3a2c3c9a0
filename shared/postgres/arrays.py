"""Arrays in PostgreSQL's binary form, packed once: a statement of many rows costs little to send."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from psycopg.abc import AdaptContext
from psycopg.adapt import Dumper
from psycopg.pq import Format

from shared.postgres.pool import Connection

UUID_OID, BIGINT_OID, JSON_OID, BYTEA_OID = 2950, 20, 114, 17
ARRAY_OF = {UUID_OID: 2951, BIGINT_OID: 1016, JSON_OID: 199, BYTEA_OID: 1001}
HEAD, LENGTH, LONG = struct.Struct("!iiIii"), struct.Struct("!i"), struct.Struct("!iq")
SIXTEEN = LENGTH.pack(16)


class Array(NamedTuple):
    """One dimension, no NULL, at least one element."""

    packed: bytes


class Uuids(Array): ...


class Bigints(Array): ...


class Jsons(Array): ...


class Byteas(Array): ...


def uuids(values: Sequence[UUID]) -> Uuids:
    return Uuids(head(UUID_OID, len(values)) + b"".join([SIXTEEN + v.bytes for v in values]))


def bigints(values: Sequence[int]) -> Bigints:
    return Bigints(head(BIGINT_OID, len(values)) + b"".join([LONG.pack(8, v) for v in values]))


def jsons(values: Sequence[bytes]) -> Jsons:
    return Jsons(head(JSON_OID, len(values)) + elements(values))


def byteas(values: Sequence[bytes]) -> Byteas:
    return Byteas(head(BYTEA_OID, len(values)) + elements(values))


def head(oid: int, count: int) -> bytes:
    return HEAD.pack(1, 0, oid, count, 1)


def elements(values: Sequence[bytes]) -> bytes:
    return b"".join([part for v in values for part in (LENGTH.pack(len(v)), v)])


class ArrayDumper(Dumper):
    format = Format.BINARY
    element = 0

    def __init__(self, cls: type, context: AdaptContext | None = None) -> None:
        super().__init__(cls, context)
        self.oid = ARRAY_OF[self.element]

    def dump(self, obj: Array) -> bytes:
        return obj.packed


class UuidsDumper(ArrayDumper):
    element = UUID_OID


class BigintsDumper(ArrayDumper):
    element = BIGINT_OID


class JsonsDumper(ArrayDumper):
    element = JSON_OID


class ByteasDumper(ArrayDumper):
    element = BYTEA_OID


def take_arrays(connection: Connection) -> None:
    """Teach a connection to send these arrays."""
    for kind, dumper in (
        (Uuids, UuidsDumper),
        (Bigints, BigintsDumper),
        (Jsons, JsonsDumper),
        (Byteas, ByteasDumper),
    ):
        connection.adapters.register_dumper(kind, dumper)
