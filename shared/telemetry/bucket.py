"""So many in a second and no more."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


class Bucket:
    """Fills again as time passes; whoever comes to an empty one goes without."""

    def __init__(self, rate: float, now: Callable[[], float] = time.monotonic) -> None:
        self.rate, self.now = rate, now
        self.left, self.at, self.lock = float(rate), now(), threading.Lock()

    def take(self) -> bool:
        with self.lock:
            now = self.now()
            self.left = min(self.rate, self.left + (now - self.at) * self.rate)
            self.at = now
            if self.left < 1:
                return False
            self.left -= 1
            return True
