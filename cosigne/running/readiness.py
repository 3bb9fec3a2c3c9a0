"""Waiting until every service answers that it can do its work."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence

from shared.kernel import Refused

PATIENCE = 60.0


def wait_until_ready(urls: Sequence[str], look_after: Callable[[], None], log: str) -> None:
    """Raises Refused when they do not answer in time; `look_after` may raise before."""
    until = time.monotonic() + PATIENCE
    waiting = list(urls)
    while waiting:
        waiting = [url for url in waiting if not answers(url)]
        look_after()
        if time.monotonic() > until:
            raise Refused("run.not_ready", seconds=int(PATIENCE), log=log)
        if waiting:
            time.sleep(0.1)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own address
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False
