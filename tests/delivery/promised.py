"""Whatever delivery makes in a test is held against its closed schema, whichever way it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from jsonschema import Draft202012Validator

from cosigne.reference.offered import kinds
from cosigne.reference.partner_schemas import sent_schemas
from services.delivery.api import following
from services.delivery.domain.cloud_event import cloud_event
from services.delivery.messaging import preparing

FORMATS = Draft202012Validator.FORMAT_CHECKER
SCHEMAS = {
    kind.type: [
        Draft202012Validator(schema, format_checker=FORMATS)
        for schema in sent_schemas(kind).values()
    ]
    for kind in kinds()
}


@dataclass
class Promised:
    """How many events of each type were seen, and what was wrong with any."""

    seen: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def make(self, *args: Any, **more: Any) -> dict[str, Any]:
        """The real one, looked at on its way."""
        event = cloud_event(*args, **more)
        self.seen[event["type"]] += 1
        forms = [[e.message for e in s.iter_errors(event)] for s in SCHEMAS[event["type"]]]
        if all(forms):
            self.wrong.append(f"{event}: {forms}")
        return event


@contextmanager
def watched() -> Iterator[Promised]:
    promised = Promised()
    with (
        patch.object(following, "cloud_event", promised.make),
        patch.object(preparing, "cloud_event", promised.make),
    ):
        yield promised
