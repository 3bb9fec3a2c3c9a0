"""The body of a fact as JSON bytes and back, by the annotations of its class."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING
from functools import cache
from typing import Any

import orjson

from shared.contracts.shape import Many, Maybe, Record, Scalar, Shape, body_of
from shared.kernel import Fact
from shared.store.scalars import READ, WRITE, Convert, Unstorable, uuid_of


class Undecodable(ValueError):
    """A body does not fit the class that its stored name stands for."""


def encode(fact: Fact) -> bytes:
    """The body's JSON: keys sorted, None left out, nothing that would come back different."""
    try:
        return orjson.dumps(writer(type(fact))(fact), option=orjson.OPT_SORT_KEYS)
    except (Unstorable, orjson.JSONEncodeError) as error:
        raise Unstorable(f"{fact.TOPIC}: {error}") from error


def dumps(value: Any) -> str:
    """Any JSON value as text, ids and instants included: for documents in views."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def decode(kind: type[Fact], version: int, body: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The body as the class would write it today (JSON values), and its fields as typed values."""
    json = decoded(kind, version, body)
    try:
        return json, reader(kind)(json)
    except Undecodable:
        raise
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise Undecodable(f"{kind.TOPIC} v{version}: {error}") from error


def decoded(kind: type[Fact], version: int, body: bytes) -> dict[str, Any]:
    """The body's JSON alone, as the class would write it today."""
    try:
        return upcast(kind, version, orjson.loads(body))
    except Undecodable:
        raise
    except (TypeError, ValueError, LookupError, AttributeError) as error:
        raise Undecodable(f"{kind.TOPIC} v{version}: {error}") from error


def upcast(kind: type[Fact], version: int, body: dict[str, Any]) -> dict[str, Any]:
    """Bring an old body to today's version, a step at a time, as the library does."""
    if version > kind.class_version:
        raise Undecodable(
            f"{kind.TOPIC} v{version} was written by a newer release: this one knows "
            f"v{kind.class_version}"
        )
    for step in range(version, kind.class_version):
        getattr(kind, f"upcast_v{step}_v{step + 1}")(body)
    return body


@cache
def writer(kind: type[Fact]) -> Convert:
    return writing(body_of(kind))


@cache
def reader(kind: type[Fact]) -> Convert:
    return reading_parts(body_of(kind))


def writing(shape: Shape) -> Convert:
    match shape:
        case Scalar(kind=kind):
            return WRITE[kind]
        case Maybe(of=of):
            inner = writing(of)
            return lambda value: None if value is None else inner(value)
        case Many(of=of):
            return writing_many(writing(of))
        case Record():
            return writing_record(shape)


def writing_many(inner: Convert) -> Convert:
    def write(value: Any) -> list[Any]:
        if type(value) is not tuple:
            raise Unstorable(f"{value!r} is not a tuple")
        return [inner(item) for item in value]

    return write


def writing_record(shape: Record) -> Convert:
    parts = [(p.name, writing(p.shape), p.silent) for p in shape.parts]

    def write(value: Any) -> dict[str, Any]:
        if type(value) is not shape.kind:
            raise Unstorable(f"{value!r} is not a {shape.kind.__name__}")
        body = {}
        for name, convert, silent in parts:
            found = getattr(value, name)
            if found is None and silent:
                continue
            try:
                body[name] = convert(found)
            except Unstorable as error:
                raise Unstorable(f"{name}: {error}") from error
        return body

    return write


def reading(shape: Shape) -> Convert:
    match shape:
        case Scalar(kind=kind):
            return READ[kind]
        case Maybe(of=of):
            inner = reading(of)
            return lambda value: None if value is None else inner(value)
        case Many(of=of):
            each = reading(of)
            return lambda value: tuple([each(item) for item in value])
        case Record(kind=kind):
            parts = reading_parts(shape)
            return lambda value: kind(**parts(value))


def reading_parts(shape: Record) -> Convert:
    """Fields by name; those a body does not say take their default, those unknown are let be."""
    parts = [
        (p.name, reading(p.shape), None if p.default is MISSING else p.default, p.optional)
        for p in shape.parts
    ]

    def read(body: Mapping[str, Any]) -> dict[str, Any]:
        found = {}
        for name, convert, default, optional in parts:
            if name in body:
                found[name] = convert(body[name])
            elif optional:
                found[name] = default
            else:
                raise Undecodable(f"{name} is missing")
        return found

    return read


__all__ = ["Undecodable", "Unstorable", "decode", "dumps", "encode", "upcast", "uuid_of"]
