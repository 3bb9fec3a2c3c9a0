"""Everyone on the list erased again, on data and keys that may know nothing of it any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from cosigne.erasing.listed import Wanted
from cosigne.erasing.person import Erasing

EVERY_SECONDS = 1.0


def erase_again(
    work: Erasing,
    listed: Iterable[Wanted],
    say: Callable[[int, int, str], None],
    every: float = EVERY_SECONDS,
) -> int:
    """All together: what one of them waits for, the others wait for meanwhile. Answers how many."""
    stages = dict.fromkeys(listed, "")
    while any(stage != "certified" for stage in stages.values()):
        for number, (wanted, before) in enumerate(stages.items(), 1):
            if before != "certified" and (now := work.step(wanted, listed=True)) != before:
                stages[wanted] = now
                say(number, len(stages), now)
        time.sleep(every)
    return len(stages)
