"""How far something has come: on a terminal one line that moves, elsewhere a line now and then."""

from __future__ import annotations

import sys
import time

EVERY = 0.2  # seconds between two looks of a moving line


class MovingLine:
    """Elsewhere than on a terminal, a line for each of the `steps`. Once over, it says no more."""

    def __init__(self, steps: int = 10) -> None:
        self.steps = steps
        self._step, self._shown, self._over = 0, float("-inf"), False

    def show(self, line: str, done: int, whole: int) -> None:
        step, over = done * self.steps // max(whole, 1), done >= whole
        if self._over:
            return
        if sys.stdout.isatty():
            now = time.monotonic()
            if over or now - self._shown > EVERY:
                print(f"\r  {line}\033[K", end="\n" if over else "", flush=True)
                self._shown = now
        elif over or step > self._step:
            print(f"  {line}", flush=True)
        self._step, self._over = step, over
