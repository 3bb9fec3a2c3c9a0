"""How often Python looks for garbage that counting references does not find."""

from __future__ import annotations

import gc

NEW_OBJECTS, ROUNDS = 100_000, 50


def collect_rarely() -> None:
    """For a process that works through many events at once: a page of the log, a long stream.

    They make some hundred thousand objects that stay until the work is done, none in a circle. Python
    would look through all of them again for every few hundred new ones: more than half of the time.
    """
    gc.freeze()  # what was imported stays
    gc.set_threshold(NEW_OBJECTS, ROUNDS, ROUNDS)
