"""The JSON Schema of a fact's body, made from its dataclass, and what may change in one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from shared.contracts.shape import Many, Maybe, Part, Record, Scalar, Shape, body_of
from shared.kernel import Fact

Schema = dict[str, Any]
FOLDER = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
SCALARS: Mapping[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    UUID: {"type": "string", "format": "uuid"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
}


def path_of(topic: str, version: int) -> Path:
    """Where the contract of a stored name is kept: `assessment/theme_rated.v1.json`."""
    service, _, name = topic.partition(".")
    return FOLDER / service / f"{name}.v{version}.json"


def schema_of(fact: type[Fact]) -> Schema:
    """What consumers may count on. Open: they pass over fields that they do not know."""
    return {
        "$schema": DIALECT,
        "$id": f"urn:cosigne:contract:{fact.TOPIC}:v{fact.class_version}",
        "title": fact.__name__,
        **(described(fact)),
        **schema(body_of(fact)),
    }


def described(fact: type[Fact]) -> Schema:
    said = (fact.__dict__.get("__doc__") or "").strip()
    # a dataclass without a docstring is given its signature for one
    return {} if not said or said.startswith(f"{fact.__name__}(") else {"description": said}


def schema(shape: Shape) -> Schema:
    match shape:
        case Scalar(kind=kind):
            return dict(SCALARS[kind])
        case Maybe(of=of):
            return nullable(schema(of))
        case Many(of=of):
            return {"type": "array", "items": schema(of)}
        case Record(parts=parts):
            return {
                "type": "object",
                "properties": {p.name: property_of(p) for p in parts},
                "required": [p.name for p in parts if not p.optional],
            }


def nullable(of: Schema) -> Schema:
    return {**of, "type": [of["type"], "null"]}


def property_of(part: Part) -> Schema:
    said = schema(part.shape)
    if part.default is not MISSING and part.default is not None:
        said["default"] = plain(part.default)
    return said


def plain(value: Any) -> Any:
    """A default as JSON has it."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def closed(of: Schema) -> Schema:
    """The same schema for whoever writes: nothing beyond what it names."""
    shut = {k: closed(v) if k == "items" else v for k, v in of.items()}
    if "properties" in of:
        shut["properties"] = {name: closed(said) for name, said in of["properties"].items()}
        shut["additionalProperties"] = False
    return shut
