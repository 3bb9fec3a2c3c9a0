"""Reads of a person's record: each is a fact of the service, sealed before the answer leaves."""

from __future__ import annotations

from dataclasses import dataclass, make_dataclass
from functools import cache
from typing import cast

from shared.kernel import Fact


@dataclass(frozen=True)
class RecordRead(Fact):
    """Someone looked: at what (`scope`), in which capacity, and what for."""

    scope: str
    standing: str
    role: str
    purpose: str | None = None


@cache
def read_fact(service: str) -> type[RecordRead]:
    """The service's own stored name for a read: `assessment.record_read`."""
    name = f"{service.capitalize()}RecordRead"
    made = make_dataclass(
        name,
        [],
        bases=(RecordRead,),
        frozen=True,
        namespace={"TOPIC": f"{service}.record_read", "__module__": __name__},
    )
    return cast("type[RecordRead]", made)
