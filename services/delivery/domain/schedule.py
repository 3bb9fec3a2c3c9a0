"""When a webhook is tried again, and what an endpoint's answer means: Standard Webhooks, as written."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum

MINUTE, HOUR = 60, 3600
# for how long what has its place in a log can be read there
KEPT = timedelta(days=90)
DELAYS = (
    0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR,
)  # fmt: skip
JITTER = 0.1
LONGEST_WAIT = 24 * HOUR
OVERLOADED = frozenset({429, 502, 504})
# an endpoint that fails this often in a row is left alone for a while, whoever it is about
OPENS_AFTER, FIRST_REST, LONGEST_REST = 5, 5.0, 10 * MINUTE


class Verdict(Enum):
    DONE = "done"
    AGAIN = "again"
    SLOWER = "slower"
    GONE = "gone"


def verdict(status: int | None) -> Verdict:
    """Only 2xx succeeds; a redirect fails as no answer does."""
    if status is None:
        return Verdict.AGAIN
    if 200 <= status < 300:
        return Verdict.DONE
    if status == 410:
        return Verdict.GONE
    return Verdict.SLOWER if status in OVERLOADED else Verdict.AGAIN


def next_try(failures: int, lot: float, retry_after: float | None = None) -> timedelta | None:
    """How long to wait after so many failures, or None to give up; `lot` lies between 0 and 1."""
    if failures >= len(DELAYS):
        return None
    wait = DELAYS[failures] * (1 + JITTER * lot)
    return timedelta(seconds=max(wait, min(retry_after or 0, LONGEST_WAIT)))


def rest_after(failures: int) -> float:
    """For how many seconds an endpoint is left alone after so many failures in a row."""
    if failures < OPENS_AFTER:
        return 0.0
    # no further than it can be told apart: 2 to a large power is a large number
    return float(min(FIRST_REST * 2 ** min(failures - OPENS_AFTER, 10), LONGEST_REST))
