"""A pipe from parent to child: when the parent is gone, however it went, the child stops too."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass
from typing import Self

NAME = "COSIGNE_LIFELINE"
LAST_WORDS = 15  # seconds a child has to finish what it is doing


@dataclass(frozen=True, slots=True)
class Lifeline:
    """The parent holds `held` and never writes; children get `given` and wait for its end."""

    given: int
    held: int

    @classmethod
    def throw(cls) -> Self:
        return cls(*os.pipe())

    def environment(self) -> dict[str, str]:
        return {NAME: str(self.given)}


def hold_on() -> None:
    """In a child: stop as soon as the parent is gone. Without a parent of ours, nothing happens."""
    if given := os.environ.get(NAME):
        threading.Thread(target=wait, args=(int(given),), name="lifeline", daemon=True).start()


def wait(given: int) -> None:
    while os.read(given, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(LAST_WORDS)
    os._exit(1)
