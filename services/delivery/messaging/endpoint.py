"""How an endpoint is doing: how many at once, whether it rests, and how often it failed in a row."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from uuid import UUID

from services.delivery.domain.schedule import LONGEST_WAIT, Verdict, rest_after
from services.delivery.messaging.preparing import Job
from services.delivery.views.subscriptions import SubscriptionRow

AT_ONCE, CHECKED_FOR = 4, 5.0
AHEAD, FURTHEST = 256, 1024  # how many are decided before their turn
DIGITS = re.compile(r"[0-9]{1,9}")


@dataclass
class Endpoint:
    """One subscription's, as this process knows it: what waits for it and what is under way.

    `under_way`: whose events were taken and are not written down yet; `sending`: how many just now.
    """

    subscription: SubscriptionRow
    jobs: deque[Job] = field(default_factory=deque)
    under_way: set[UUID] = field(default_factory=set)
    sending: int = 0
    failures: int = 0
    rests_until: float = 0.0
    ahead: int = AHEAD
    more_waits: bool = False

    def room(self) -> int:
        """How many more to decide now: none while half of them wait still.

        Where all had gone out before we looked again, twice as many from now on.
        """
        if self.more_waits and not self.jobs:
            self.ahead = min(2 * self.ahead, FURTHEST)
        room = self.ahead - len(self.taken)
        return room if 2 * room >= self.ahead else 0

    def fill(self, jobs: Sequence[Job], room: int) -> None:
        self.jobs.extend(jobs)
        self.more_waits = len(jobs) == room

    @property
    def free(self) -> int:
        """How many could be sent at once, besides those that are."""
        if time.monotonic() < self.rests_until:
            return 0
        return max(0, min(len(self.jobs), self.at_once - self.sending))

    @property
    def at_once(self) -> int:
        """After a failure one goes alone, until it arrives."""
        return 1 if self.failures else AT_ONCE

    @property
    def taken(self) -> set[UUID]:
        """Whose events this process holds already."""
        return self.under_way | {job.whose for job in self.jobs}

    def next(self) -> Job | None:
        """The next to send; one that was decided too long ago is left to be decided anew."""
        now = time.monotonic()
        while self.jobs and now >= self.rests_until and self.sending < self.at_once:
            job = self.jobs.popleft()
            if now - job.ready_at < CHECKED_FOR:
                self.under_way.add(job.whose)
                self.sending += 1
                return job
            self.ahead = AHEAD
        return None

    def answered(self, how: Verdict, retry_after: float | None) -> None:
        """A run of failures opens the circuit, whoever they were about; one success closes it."""
        self.sending -= 1
        if how is Verdict.DONE:
            self.failures, self.rests_until = 0, 0.0
            return
        self.failures += 1
        rest = rest_after(self.failures)
        if how is Verdict.SLOWER:
            rest = max(rest, 1.0, min(retry_after or 0.0, LONGEST_WAIT))
        self.rests_until = max(self.rests_until, time.monotonic() + rest)


def seconds_of(retry_after: str | None) -> float | None:
    """Retry-After as a number of seconds, whether it says how long or until when."""
    if retry_after is None:
        return None
    if DIGITS.fullmatch(retry_after.strip()):
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
        known = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (known - datetime.now(UTC)).total_seconds())
    except (ValueError, OverflowError, TypeError):
        return None
