"""How long to wait for the next look, where nobody says that there is something to see."""

from __future__ import annotations

import time
from collections.abc import Callable

SHARE = 0.02


class Pausing:
    """A fiftieth of the silence so far, from `least` to `most` seconds.

    Nothing that comes waits longer than that, so what is in use is looked after at once; a night
    in which nobody says anything costs hardly a look.
    """

    def __init__(
        self, least: float, most: float, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._least, self._most, self._now = least, most, now
        self._since = now()

    def broken(self) -> None:
        """Something came: the silence begins anew."""
        self._since = self._now()

    @property
    def seconds(self) -> float:
        return max(self._least, min(self._most, SHARE * (self._now() - self._since)))
