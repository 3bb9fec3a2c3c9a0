"""Who may wait for something new: it holds a thread, and some are left for everybody else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from uuid import UUID

from services.delivery.views.subscriptions import SubscriptionRow


class Seats:
    """One at most for a subscription, and never all of them for one partner."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._taken: dict[UUID, tuple[UUID, UUID]] = {}
        self._lock = Lock()

    @contextmanager
    def taken_by(self, one: SubscriptionRow) -> Iterator[bool]:
        """Whether there was one, for as long as it is held."""
        with self._lock:
            there = self._is_there_for(one)
            if there:
                self._taken[one.subscription] = (one.tenant_id, one.partner)
        try:
            yield there
        finally:
            if there:
                with self._lock:
                    del self._taken[one.subscription]

    def _is_there_for(self, one: SubscriptionRow) -> bool:
        theirs = sum(who == (one.tenant_id, one.partner) for who in self._taken.values())
        free = len(self._taken) < self._number and theirs < self._number - 1
        return free and one.subscription not in self._taken
