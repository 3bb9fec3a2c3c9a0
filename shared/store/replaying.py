"""Sequences set aside, folded again from their start: when asked, and once a lost key is back."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, NamedTuple, Protocol
from uuid import UUID

import psycopg

from shared.store.consumers import Consumer
from shared.store.cursors import read
from shared.store.folding import unpark
from shared.store.key_files import KeyTrouble, LostKey
from shared.store.parking import Batch, Subject, Whose, parked_of, reason_of
from shared.store.source import BehindError, Source, lane_of

LOST = LostKey.__name__


class Ended(Enum):
    MENDED = "it follows again"
    ASIDE = "it fails for another reason, or could not be tried now"
    LOST = "its organisation's key is still away"
    GONE = "another process has taken it up"


class Replayed(NamedTuple):
    mended: int
    finished: bool  # or the time was over before all were tried


class Follower(Protocol):
    """Whoever follows the sources for these consumers."""

    sources: Mapping[str, Source]

    @property
    def connection(self) -> psycopg.Connection[Any]: ...

    def batch(self, consumer: Consumer, source: Source) -> Batch: ...


def replay(
    follower: Follower,
    consumers: Iterable[Consumer],
    reason: str | None = None,
    seconds: float = float("inf"),
) -> Replayed:
    """What was set aside, for any reason or for one, for so many seconds at most.

    The first of an organisation whose key is still away speaks for the others.
    """
    until, mended = time.monotonic() + seconds, 0
    for consumer in consumers:
        with follower.connection.transaction(), follower.connection.cursor(binary=True) as cursor:
            waiting = parked_of(cursor, consumer.name, reason)
        still: set[UUID] = set()
        for source, tenant, subject in waiting:
            if tenant in still:
                continue
            if time.monotonic() > until:
                return Replayed(mended, finished=False)
            ended = replayed(follower, consumer, follower.sources[source], (tenant, subject))
            mended += ended is Ended.MENDED
            if ended is Ended.LOST:
                still.add(tenant)
    return Replayed(mended, finished=True)


def replayed(follower: Follower, consumer: Consumer, source: Source, subject: Subject) -> Ended:
    """One of them. While its key is away its rows stay as they were."""
    try:
        with (
            follower.connection.transaction() as transaction,
            follower.connection.cursor(binary=True) as cursor,
        ):
            ended = taken_up(cursor, follower, consumer, source, subject)
            if ended is Ended.LOST:
                raise psycopg.Rollback(transaction)
    except KeyTrouble:  # for all that is known the whole folder is away
        return Ended.LOST
    except BehindError:
        return Ended.ASIDE
    return ended


def taken_up(
    cursor: psycopg.Cursor[Any],
    follower: Follower,
    consumer: Consumer,
    source: Source,
    subject: Subject,
) -> Ended:
    """Whoever folds a page meanwhile waits for this, or this for them: both hold what is parked."""
    lane = lane_of(*subject)
    consumer.take(cursor, [lane])
    if reason_of(cursor, consumer.name, subject) is None:
        return Ended.GONE
    # read once nobody moves it any more
    era = source.head().era
    upto = read(cursor, consumer.name, source.name, era).at(lane)
    batch = replace(follower.batch(consumer, source), again_from_start=True)
    if unpark(cursor, batch, Whose(source.name, era, upto, *subject)):
        return Ended.MENDED
    lost = reason_of(cursor, consumer.name, subject) == LOST
    return Ended.LOST if lost else Ended.ASIDE
