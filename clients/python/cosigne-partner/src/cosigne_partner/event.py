"""An event as it is taken in: CloudEvents 1.0, with its place in the subscription."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

ERASED = "org.cosigne.directory.person_erased."


class Strange(ValueError):
    """Not an event of a Cosigne subscription."""


@dataclass(frozen=True, slots=True)
class Event:
    """`raw` is all of it, further fields too. An event of a snapshot has no sequence."""

    id: str
    source: str
    type: str
    time: str
    sequence: int | None
    subject: str | None
    data: Mapping[str, Any]
    raw: Mapping[str, Any]

    @property
    def erases(self) -> bool:
        """Whether it asks to erase its subject, and to say so."""
        return self.type.startswith(ERASED)

    @classmethod
    def of(cls, told: Any) -> Self:
        """Raises Strange."""
        try:
            if told["specversion"] != "1.0":
                raise Strange(f"CloudEvents {told['specversion']}")
            sequence = told.get("sequence")
            return cls(
                str(told["id"]),
                str(told["source"]),
                str(told["type"]),
                str(told["time"]),
                int(sequence) if sequence is not None else None,
                told.get("subject"),
                dict(told["data"]),
                told,
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise Strange(f"not an event: {error}") from error

    @classmethod
    def read(cls, body: bytes) -> Self:
        """From JSON. Raises Strange."""
        try:
            return cls.of(json.loads(body))
        except ValueError as error:
            raise Strange(str(error)) from error
