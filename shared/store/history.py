"""A view as it stood: a subject's events up to a day or a position, folded again in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from shared.store.consumers import wants
from shared.store.folding import without_taken_back
from shared.store.source import Source
from shared.store.told import Teller, Told
from shared.store.views import Key, Row, View


def as_of(
    view: View[Any],
    sources: Mapping[str, Source],
    tell: Teller,
    subject: tuple[UUID, UUID],
    *,
    recorded: datetime | None = None,
    position: int | None = None,
) -> dict[Key, Row]:
    """The rows of (tenant, person) as of an instant of recording, or a position of the tenant.

    What was withdrawn since is not brought back: its words are gone for every date.
    """
    told: list[Told] = []
    for name in sorted(view.sources & sources.keys()):
        source = sources[name]
        head = source.head().head
        told += [tell(name, e) for e in source.of_subject(*subject, head) if wants(view, e)]
    kept = [t for t in without_taken_back(told) if within(t, recorded, position)]
    return folded(view, kept)


def within(told: Told, recorded: datetime | None, position: int | None) -> bool:
    if recorded is not None and told.act.at > recorded:
        return False
    return position is None or told.position <= position


def folded(view: View[Any], events: Iterable[Told] | Sequence[Told]) -> dict[Key, Row]:
    """A fold in memory, the same function that the runner applies to the table."""
    rows: dict[Key, Row] = {}
    for told in (t for t in events if view.wants(t.type)):
        for key in view.keys(told):
            row = view.fold(key, rows.get(key), told)
            if row is None:
                rows.pop(key, None)
            else:
                rows[key] = row
    return rows
