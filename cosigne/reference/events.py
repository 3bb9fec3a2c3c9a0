"""Writes `docs/reference/events.md`, what a partner may be told: `make docs`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cosigne.reference.examples import example
from cosigne.reference.offered import Kind, kinds
from cosigne.reference.partner_schemas import ATTRIBUTES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "events.md"
INTRODUCTION = """*Reference.* What partner systems may be told. Made from the code by `make docs`; a test fails when it is not.

# Events for partners

An administrator grants a partner a subscription: which types of event, of which sites and
programmes, what for and until when, *thin* (a link) or *full*. Of a person nothing is told without
her consent for this partner (`purpose: partner`) to the tab it belongs to, asked again at each
delivery; what she restricts, or takes back, is withheld. Never told: themes left out of a plan, who
is on her map, ratings and comments, a no, what others noted, anything that she has not shown.

Every event is a [CloudEvent](https://cloudevents.io) 1.0 in JSON, the same by webhook and by feed:
one repairs the other. [asyncapi.yaml](asyncapi.yaml) describes both for machines, and `dataschema`
names one of the [schemas](schemas/). Within a version a field may be added: pass over what you do not
know, and never count on an order of fields.

| Attribute | Says |
| --- | --- |
"""
SAID: Mapping[str, str] = {
    "specversion": "`1.0`",
    "type": "what happened: one of those below",
    "datacontenttype": "`application/json`",
    "data": "what is told of it",
}
ASKED = "\n## Asked for\n\nA subscription names those it wants.\n"
ALWAYS = "\n## Told to every subscription they concern\n\nNobody has to ask for these.\n"


def page() -> str:
    numbered = list(enumerate(kinds(), 1))
    asked = [(n, k) for n, k in numbered if k.asked_for]
    others = [(n, k) for n, k in numbered if not k.asked_for]
    return "".join(
        [
            INTRODUCTION,
            *attributes(),
            ASKED,
            *sections(asked),
            ALWAYS,
            *sections(others),
        ]
    )


def attributes() -> Iterator[str]:
    for name, schema in ATTRIBUTES.items():
        yield f"| `{name}` | {SAID.get(name) or lower(schema['description'])} |\n"


def sections(listed: Iterable[tuple[int, Kind]]) -> Iterator[str]:
    for number, kind in listed:
        yield f"\n### {kind.fr} · {kind.en}\n\n`{kind.type}`. {kind.when}\n\n"
        if kind.data:
            yield "| In `data` | Holds | Thin | Full |\n| --- | --- | --- | --- |\n"
            yield from (field(kind, name) for name in kind.data)
        else:
            yield "`data` is empty.\n"
        yield f"\n```json\n{shown(example(kind.stored, number, full=True))}\n```\n"


def field(kind: Kind, name: str) -> str:
    schema = kind.data[name]
    holds = f"{lower(schema['description'])}, " if "description" in schema else ""
    thin = "yes" if name in kind.thin else ""
    full = "always" if name in kind.always else "if there is one"
    return f"| `{name}` | {holds}{form(schema)} | {thin} | {full} |\n"


def form(schema: Mapping[str, Any]) -> str:
    if schema["type"] == "array":
        return f"list of {form(schema['items'])}"
    return f"`{schema.get('format', schema['type'])}`"


def lower(sentence: str) -> str:
    """As a part of a line."""
    return sentence[0].lower() + sentence[1:].removesuffix(".")


def shown(event: Mapping[str, Any]) -> str:
    return json.dumps(event, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
