"""Sends webhooks: strict for each person, in parallel across them, and fair to everybody else.

One thread decides and writes down; the others only send. Each organisation in its turn, and in it
each endpoint, so that a thousand that wait for one are no reason for another to wait.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from queue import SimpleQueue
from threading import Event
from uuid import UUID

from services.delivery.domain.schedule import Verdict, verdict
from services.delivery.domain.subscription import FAILING, GONE
from services.delivery.messaging.alone import Alone
from services.delivery.messaging.disabling import Disabling
from services.delivery.messaging.endpoint import seconds_of
from services.delivery.messaging.preparing import Job, Preparing
from services.delivery.messaging.trying import Result, told_of_sending, tried_of
from services.delivery.messaging.turns import Turns
from services.delivery.views.sending import keep
from services.delivery.views.subscriptions import SubscriptionRow, sending
from shared.access.freshness import NotFreshError
from shared.http.outward import Answer, Outward
from shared.http.webhooks import signed_headers
from shared.postgres.pool import Pool, in_tenant
from shared.store.projector import PASSING
from shared.telemetry import tracing
from shared.telemetry.kinds import DELIVER

THREADS = 16
PAUSE, SHORT, BROKEN, GRACE = 0.2, 0.01, 1.0, 20.0
USER_AGENT = "Cosigne-Webhooks/1"
log = logging.getLogger("cosigne.delivery")


class Sender:
    """`run` until told to stop. Killed anywhere, what was under way is sent again."""

    def __init__(
        self,
        conninfo: str,
        pool: Pool,
        preparing: Preparing,
        outward: Outward,
        disabling: Disabling,
    ) -> None:
        self._alone, self._pool = Alone(conninfo), pool
        self._preparing, self._outward, self._disabling = preparing, outward, disabling
        self._turns = Turns()
        self._lock = threading.Condition()
        self._results: SimpleQueue[Result] = SimpleQueue()
        self._disable: set[tuple[SubscriptionRow, str]] = set()
        self._stopping = False

    def run(self, stop: Event, wake: Event) -> None:
        hands = [threading.Thread(target=self._hand, daemon=True) for _ in range(THREADS)]
        for hand in hands:
            hand.start()
        try:
            while not stop.is_set():
                try:
                    busy = self.step()
                except PASSING as failure:
                    log.warning("sending stopped for a moment: %s", failure)
                    self.close()
                    stop.wait(BROKEN)
                    continue
                wake.wait(SHORT if busy else PAUSE)
                wake.clear()
        finally:
            with self._lock:
                self._stopping = True
                self._lock.notify_all()
            for hand in hands:
                hand.join(GRACE)
            self._settle()
            self._outward.close()
            self.close()

    def step(self) -> bool:
        """Write down what came back, then see what is next; whether there is anything to do."""
        settled = self._settle()
        if not self._alone.is_so():
            return False
        found = sending(self._alone.connection)
        with self._lock:
            self._turns.keep_only(found)
        soon = [self._fill(one) for one in found]
        with self._lock:
            busy = self._turns.busy
            self._lock.notify(self._turns.free)
        return settled or busy or any(soon)

    # ── what is next ─────────────────────────────────────────────────────────────────────────

    def _fill(self, one: SubscriptionRow) -> bool:
        """Whether more is to be expected at once, as the views are just coming to it."""
        with self._lock:
            endpoint = self._turns.of(one)
            rests = time.monotonic() < endpoint.rests_until
            taken, room = endpoint.taken, 0 if rests else endpoint.room()
        if not room:
            return False
        try:
            jobs, soon = self._preparing.jobs(one, taken, room)
        except NotFreshError:
            return False  # who may be told what is not known well enough just now
        with self._lock:
            endpoint.fill(jobs, room)
        return soon

    # ── sending ──────────────────────────────────────────────────────────────────────────────

    def _hand(self) -> None:
        while True:
            with self._lock:
                job = self._turns.next()
                while job is None and not self._stopping:
                    self._lock.wait(PAUSE)
                    job = self._turns.next()
                if job is None or self._stopping:
                    return
            self._try(job)

    def _try(self, job: Job) -> None:
        """Whatever one endpoint answers, and whatever breaks, it is an attempt like any other."""
        at, answer = datetime.now(UTC), Answer(None, 0, "not_sent")
        span = tracing.apart(DELIVER, job.trace)  # its traceparent stays here: ADR 33
        try:
            headers = {
                "Content-Type": "application/cloudevents+json",
                "User-Agent": USER_AGENT,
                **signed_headers(job.keys, job.event, at, job.body),
            }
            answer = self._outward.post(str(job.subscription.url), headers, job.body)
        except Exception:  # a hand that stops is missed by everybody
            log.exception("a webhook could not be sent")
        told_of_sending(span, answer)
        with self._lock:
            endpoint = self._turns.of(job.subscription)
            endpoint.answered(verdict(answer.status), seconds_of(answer.retry_after))
        self._results.put(Result(job, at, answer))

    # ── what came of it ──────────────────────────────────────────────────────────────────────

    def _settle(self) -> bool:
        """Everything that came back, written down in one transaction for each subscription."""
        by_log = self._came_back()
        kept = bool(by_log)
        while by_log:
            subscription, results = next(iter(by_log.items()))
            one, tried = results[0].job.subscription, [tried_of(result) for result in results]
            try:
                with in_tenant(self._pool, one.tenant_id) as connection:
                    keep(connection, one.tenant_id, one.subscription, tried)
            except PASSING:
                for result in (r for waiting in by_log.values() for r in waiting):
                    self._results.put(result)  # written down later; until then all are under way
                raise
            del by_log[subscription]
            self._release(one, results)
            if any(verdict(r.answer.status) is Verdict.GONE for r in results):
                self._disable.add((one, GONE))
            elif any(not t.done and t.again_at is None for t in tried):
                self._disable.add((one, FAILING))
        while self._disable:
            one, reason = next(iter(self._disable))
            self._disabling.disable(one, reason)
            self._disable.discard((one, reason))
        return kept

    def _came_back(self) -> dict[UUID, list[Result]]:
        by_log: dict[UUID, list[Result]] = {}
        while not self._results.empty():
            result = self._results.get()
            by_log.setdefault(result.job.subscription.subscription, []).append(result)
        return by_log

    def _release(self, one: SubscriptionRow, results: Iterable[Result]) -> None:
        with self._lock:
            endpoint = self._turns.of(one)
            endpoint.under_way -= {result.job.whose for result in results}

    def close(self) -> None:
        """Whoever sends from now on decides anew: nothing is kept that waited here."""
        with self._lock:
            self._turns.drop_what_waits()
        self._alone.close()
