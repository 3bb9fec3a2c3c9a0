"""Sequences set aside, folded again from their start: when asked, and once a lost key is back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from uuid import UUID

import psycopg

from shared.store.consumers import Consumer
from shared.store.cursors import read
from shared.store.folding import unpark
from shared.store.parking import Batch, Whose, parked_of
from shared.store.source import Source, lane_of


class Follower(Protocol):
    """Whoever follows the sources for these consumers."""

    sources: Mapping[str, Source]

    @property
    def connection(self) -> psycopg.Connection[Any]: ...

    def batch(self, consumer: Consumer, source: Source) -> Batch: ...


def replay(follower: Follower, consumers: Iterable[Consumer], reason: str | None = None) -> int:
    """How many are no longer set aside. What fails again leaves the rows as they were.

    A `reason` that is named is one that an organisation's sequences share: the first of them that
    fails again speaks for the others.
    """
    mended = 0
    for consumer in consumers:
        with follower.connection.transaction(), follower.connection.cursor(binary=True) as cursor:
            waiting = parked_of(cursor, consumer.name, reason)
        still: set[UUID] = set()
        for source, tenant, subject in waiting:
            if tenant in still:
                continue
            if replayed(follower, consumer, follower.sources[source], (tenant, subject)):
                mended += 1
            elif reason is not None:
                still.add(tenant)
    return mended


def replayed(
    follower: Follower, consumer: Consumer, source: Source, whose: tuple[UUID, UUID]
) -> bool:
    lane, batch, mended = lane_of(*whose), follower.batch(consumer, source), False
    with (
        follower.connection.transaction() as transaction,
        follower.connection.cursor(binary=True) as cursor,
    ):
        consumer.take(cursor, [lane])
        era = source.head().era
        upto = read(cursor, consumer.name, source.name, era).at(lane)
        mended = unpark(cursor, batch, Whose(source.name, era, upto, *whose))
        if not mended:
            raise psycopg.Rollback(transaction)
    return mended
