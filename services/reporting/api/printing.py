"""Printing: a document as a PDF, a few at a time, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import Any

import orjson

from shared.http.errors import Unavailable

PRESS = [sys.executable, "-m", "services.reporting.api.press"]
AT_ONCE = 2
PATIENCE = 30.0
presses = threading.BoundedSemaphore(AT_ONCE)


def printed(template: str, told: Mapping[str, Any]) -> bytes:
    """The PDF. Raises Unavailable while all presses are busy, or when one does not get done."""
    if not presses.acquire(timeout=PATIENCE):
        raise Unavailable("server.unavailable")
    try:
        done = subprocess.run(
            [*PRESS, template],
            input=orjson.dumps(told),
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unavailable("server.unavailable") from None
    finally:
        presses.release()
    if done.returncode != 0:
        # what went wrong may quote her words: it is told to nobody and written nowhere
        raise Unavailable("server.unavailable")
    return done.stdout
