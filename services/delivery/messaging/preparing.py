"""What goes out next for one subscription: decided, written into the registers, made into bytes."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

import orjson

from services.delivery.domain.cloud_event import cloud_event
from services.delivery.domain.names import secrets
from services.delivery.ledger import DeliveryLedger
from services.delivery.views.consented import require_followed
from services.delivery.views.log import come
from services.delivery.views.sending import due
from services.delivery.views.subscriptions import SubscriptionRow
from services.delivery.views.telling import Occasion, tell
from shared.http.house import zone_of
from shared.http.webhooks import Keys
from shared.postgres.pool import Pool, in_tenant

LARGEST = 20_000


@dataclass(frozen=True, slots=True)
class Job:
    """One webhook, ready to be signed and sent; `ready_at` is when it was decided that it may go."""

    subscription: SubscriptionRow
    whose: UUID
    sequence: int
    event: str
    body: bytes
    failures: int
    keys: tuple[Keys, ...]
    ready_at: float
    trace: str | None = None


class Prepared(NamedTuple):
    """`soon`: something is due that the views, by which it is decided, have not come to yet."""

    jobs: list[Job]
    soon: bool


class Preparing:
    """For the worker: asks as the service does, one organisation at a time."""

    def __init__(
        self, pool: Pool, ledger: DeliveryLedger, secret: Callable[[UUID], bytes], url: str
    ) -> None:
        self._pool, self._ledger, self._secret, self._url = pool, ledger, secret, url

    def jobs(self, one: SubscriptionRow, under_way: Collection[UUID], limit: int) -> Prepared:
        """The next events whose time has come. Raises NotFreshError where a `no` may be unseen."""
        now, decided, secret = datetime.now(UTC), time.monotonic(), self._secret(one.tenant_id)
        with in_tenant(self._pool, one.tenant_id) as connection:
            require_followed(connection)
            zone = zone_of(connection)
            today = now.astimezone(zone).date()
            waiting = due(connection, one.tenant_id, one.subscription, under_way, limit)
            seen = come(connection)
            rows = [row for row, _ in waiting if row.gpos <= seen.get(row.source, row.gpos)]
            on = Occasion(one, secret, now, today, full=one.payload == "full")
            told = tell(connection, rows, on)
        erased = self._ledger.write_lines((t.line for t in told if t.line), now)
        failures = {row.whose: number for row, number in waiting}
        keys = keys_of(secret, one, now)
        jobs = []
        for row, this in zip(rows, told, strict=True):
            event = cloud_event(this.but_for(erased).place, zone=zone, url=self._url)
            body = orjson.dumps(event)
            if len(body) > LARGEST:  # then as if it were thin: it is there to be fetched
                body = orjson.dumps({**event, "data": {"link": event["data"].get("link")}})
            at, number, event_id = row.sequence or 0, failures[row.whose], event["id"]
            jobs.append(Job(one, row.whose, at, event_id, body, number, keys, decided, row.trace))
        return Prepared(jobs, soon=len(rows) < len(waiting))


def keys_of(secret: bytes, one: SubscriptionRow, at: datetime) -> tuple[Keys, ...]:
    """Those that count now, the newest first."""
    found = secrets(secret, one.subscription, one.generation, one.overlaps, at)
    return tuple(Keys(*both) for _, *both in found)
