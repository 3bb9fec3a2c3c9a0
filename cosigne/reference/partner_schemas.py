"""What partners may count on: the schema of each kind of event, kept in `docs/reference/schemas`.

Open for whoever reads. What is sent is checked against the closed form, in the tests.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from cosigne.reference.offered import Kind, kinds
from services.delivery.domain.cloud_event import DIGITS
from shared.contracts.changes import broken
from shared.contracts.schema import DIALECT, Schema, closed

FOLDER = Path(__file__).parents[2] / "docs" / "reference" / "schemas"
ENVELOPE = "org.cosigne.event.v1"
ID: Schema = {"type": "string", "format": "uuid"}
ATTRIBUTES: Mapping[str, Schema] = {
    "specversion": {"type": "string", "const": "1.0"},
    "id": {**ID, "description": "The same by webhook and by feed; another for each subscription."},
    "source": {
        "type": "string",
        "pattern": "^urn:cosigne:[0-9a-f-]{36}:subscription:[0-9a-f-]{36}$",
        "description": "The subscription, so that the sequence within it has no holes.",
    },
    "type": {"type": "string"},
    "time": {
        "type": "string",
        "format": "date-time",
        "description": "When it was recorded; of what she wrote herself, the day.",
    },
    "datacontenttype": {"type": "string", "const": "application/json"},
    "dataschema": {"type": "string", "format": "uri", "description": "Which schema `data` has."},
    "sequence": {
        "type": "string",
        "pattern": f"^[0-9]{{{DIGITS}}}$",
        "description": "Its place, counted from 1; an event of a snapshot has none.",
    },
    "subject": {**ID, "description": "The person, under this partner's name for her."},
    "partitionkey": {**ID, "description": "The subject: her events come in order."},
    "data": {"type": "object"},
}
ABSENT_AT_TIMES = frozenset({"sequence", "subject", "partitionkey"})


def envelope() -> Schema:
    """What all of them have in common: CloudEvents 1.0."""
    needed = [name for name in ATTRIBUTES if name not in ABSENT_AT_TIMES]
    return headed(ENVELOPE, "Event", "Any event, whichever way it comes.") | {
        "type": "object",
        "properties": dict(ATTRIBUTES),
        "required": needed,
    }


def data_schema(kind: Kind) -> Schema:
    """Of `data`, thin or full: what its `dataschema` names."""
    return headed(kind.type, kind.en, kind.when) | {
        "type": "object",
        "properties": dict(kind.data),
        "required": [name for name in kind.thin if name in kind.always],
    }


def headed(name: str, title: str, description: str) -> Schema:
    return {
        "$schema": DIALECT,
        "$id": f"urn:cosigne:schema:{name}",
        "title": title,
        "description": description,
    }


def event_schema(kind: Kind, data: Schema | None = None) -> Schema:
    """A whole event of this kind, open unless another form of `data` is given."""
    named = {
        "type": {"type": "string", "const": kind.type},
        "dataschema": {"type": "string", "const": f"urn:cosigne:schema:{kind.type}"},
        "data": bare(data or data_schema(kind)),
    }
    return {**bare(envelope()), "properties": {**ATTRIBUTES, **named}}


def sent_schemas(kind: Kind) -> Mapping[str, Schema]:
    """Closed, thin and full: what is sent is one of these, and nothing besides."""
    least = tuple(name for name in kind.thin if name in kind.always)
    forms = {"thin": (kind.thin, least), "full": (tuple(kind.data), kind.always)}
    found = {}
    for form, (names, needed) in forms.items():
        data = {
            "type": "object",
            "properties": {name: kind.data[name] for name in names},
            "required": list(needed),
        }
        one = closed(event_schema(kind, data))
        if not kind.of_somebody:
            for name in ("subject", "partitionkey"):
                del one["properties"][name]
        found[form] = one
    return found


def bare(schema: Schema) -> Schema:
    return {name: said for name, said in schema.items() if name not in ("$schema", "$id")}


def published() -> Iterator[tuple[Path, Schema]]:
    """Each file with what stands in it."""
    yield FOLDER / f"{ENVELOPE}.json", envelope()
    for kind in kinds():
        yield FOLDER / f"{kind.type}.json", data_schema(kind)


def pretty(schema: Schema) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def main() -> int:
    """Writes what has grown, and never what would break a partner."""
    FOLDER.mkdir(exist_ok=True)
    refused = 0
    for file, schema in published():
        kept = json.loads(file.read_text("utf-8")) if file.exists() else schema
        for one in broken(kept, schema):
            sys.stderr.write(f"{file.name} is left as it was. {one}\n")
            refused += 1
            break
        else:
            file.write_text(pretty(schema), "utf-8")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
