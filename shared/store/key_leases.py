"""What a process remembers of keys: for a minute at most, and only so many."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
LEASE = 60.0


class Leases(Generic[T]):
    """A small cache whose entries end: after a lease, when forgotten, or the least used first."""

    def __init__(
        self,
        lease: float = LEASE,
        most: int = 50_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        if not 0 <= lease <= LEASE:
            raise ValueError("a key is remembered for a minute at most")
        self._lease, self._most, self._clock = lease, most, clock
        self._held: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()
        self._lock = threading.Lock()
        self._forgotten = 0

    def now(self) -> tuple[float, int]:
        """Taken before a key is asked for: its lease begins there, not when the answer is in."""
        with self._lock:
            return self._clock(), self._forgotten

    def get(self, name: Hashable) -> T | None:
        with self._lock:
            held = self._held.get(name)
            if held is None:
                return None
            if held[0] <= self._clock():
                del self._held[name]
                return None
            self._held.move_to_end(name)
            return held[1]

    def put(self, name: Hashable, value: T, asked: tuple[float, int]) -> None:
        with self._lock:
            if asked[1] != self._forgotten:
                return  # something was forgotten meanwhile: this answer may be older than that
            self._held[name] = (asked[0] + self._lease, value)
            self._held.move_to_end(name)
            while len(self._held) > self._most:
                self._held.popitem(last=False)

    def drop(self, named: Callable[[Hashable], bool]) -> None:
        with self._lock:
            self._forgotten += 1
            for name in [n for n in self._held if named(n)]:
                del self._held[name]
