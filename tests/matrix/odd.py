"""Requests nobody should send: odd values in every field, odd bytes, odd headers."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.support.operations import EACH, Operation

DEEPEST = 3
NIL = "00000000-0000-0000-0000-000000000000"
TEXTS = (
    "", " ", "\u202e", "🎈", "a" * 300, "é" * 5000, "\ud7ff\U0010ffff", "null", "%s{0}", "../..",
    "0001-01-01", "9999-12-31", "2026-02-30", "2026-01-16T25:00:00Z", "-1", "\t\n", "{", "\u2028",
)  # fmt: skip
MOMENTS = (
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "2026-01-16", "2026-01-16T20:00:00",
    "1900-01-01", "2199-12-31", "2026-W03-1", "20260116", "16/01/2026", "2026-01-16T20:00:00Z",
)  # fmt: skip
NUMBERS = (0, -1, 101, 2**31, 2**53 - 1, 2**53, -(2**53), 10**30, 1.5, -0.0, 1e300)
OTHERS: tuple[Any, ...] = (None, True, [], {}, [[]], {"a": 1}, "x\0y", [None], 7, "x")
IDS = (NIL, "ffffffff-ffff-ffff-ffff-ffffffffffff", "x", "", "0" * 32, "{" + NIL + "}")
# what is no request at all, whichever operation it is sent to
BYTES = (
    (b"{", "application/json"), (b"\xff\xfe", "application/json"), (b"[]", "application/json"),
    (b"[" * 2000 + b"]" * 2000, "application/json"), (b'{"a":' * 40 + b"1" + b"}" * 40, "application/json"),
    (b'{"act": {"occurred_at": 1e999}}', "application/json"), (b'"\\ud800"', "application/json"),
    (b"{}", "text/plain"), (b"a=1", "application/x-www-form-urlencoded"), (b'{"x": NaN}', "application/json"),
)  # fmt: skip
HEADERS: tuple[Mapping[str, str], ...] = (
    {"If-Match": "seven"}, {"If-Match": '"-1"'}, {"If-Match": '"' + "9" * 40 + '"'},
    {"Idempotency-Key": "x" * 300}, {"Idempotency-Key": "a\tb"}, {"traceparent": "00-zz-zz-01"},
    {"Accept-Language": "xx;q=nan, *;q=;, fr"}, {"Accept": "image/png"}, {"Range": "bytes=0-1"},
)  # fmt: skip


def odd_bodies(operation: Operation, body: Any) -> list[Any]:
    """The body with one thing odd in it, for every field that the schema tells of."""
    ways = [((), {})] if operation.body is None else list(leaves(operation, operation.body, 0))
    made = [with_value(body, way, value) for way, schema in ways for value in odd(schema)]
    return [*made, {**(body or {}), "unknown": 1}, None, 7, "x"]


def leaves(
    operation: Operation, schema: Mapping[str, Any], depth: int
) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    schema = operation.resolved(schema)
    yield (), schema
    if depth == DEEPEST:
        return
    for name, inner in schema.get("properties", {}).items():
        for way, found in leaves(operation, inner, depth + 1):
            yield (name, *way), found
    if "items" in schema:
        for way, found in leaves(operation, schema["items"], depth + 1):
            yield (EACH, *way), found


def odd(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """What may be tried in a place of this kind: the wrong kind, and the right kind gone wrong."""
    kind = schema.get("type")
    kinds = {kind} if isinstance(kind, str) else set(kind or ())
    if schema.get("format") == "uuid":
        return (*OTHERS, *IDS)
    if "string" in kinds:
        return (*OTHERS, *TEXTS, *MOMENTS)
    if kinds & {"integer", "number"}:
        return (*OTHERS, *NUMBERS)
    return OTHERS


def with_value(here: Any, way: tuple[str, ...], value: Any) -> Any:
    if not way:
        return value
    if way[0] == EACH:
        listed = here if isinstance(here, list) and here else [{}]
        return [with_value(listed[0], way[1:], value), *listed[1:]]
    told = here if isinstance(here, dict) else {}
    return {**told, way[0]: with_value(told.get(way[0]), way[1:], value)}
