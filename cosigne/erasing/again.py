"""Everyone on the list erased again, on data and keys that may know nothing of it any more."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from cosigne.erasing.listed import Wanted
from cosigne.erasing.person import Erasing
from cosigne.erasing.work import HINDERED, PASSING

EVERY_SECONDS = 1.0
OVER = ("certified", HINDERED)


def erase_again(
    work: Erasing,
    listed: Iterable[Wanted],
    say: Callable[[int, int, str], None],
    every: float = EVERY_SECONDS,
) -> int:
    """All together: what one of them waits for, the others wait for meanwhile. Answers how many.

    What hinders one holds up no other, and is raised when the others are erased.
    """
    stages, hindered = dict.fromkeys(listed, ""), list[Exception]()
    while any(stage not in OVER for stage in stages.values()):
        for number, (wanted, before) in enumerate(stages.items(), 1):
            if before in OVER:
                continue
            try:
                now = work.step(wanted, listed=True)
            except PASSING as failure:
                now = HINDERED
                hindered.append(failure)
            if now != before:
                stages[wanted] = now
                say(number, len(stages), now)
        time.sleep(every)
    if hindered:
        raise hindered[0]
    return len(stages)
