"""The traceparent of a request: the thread along which one act is followed through services."""

from __future__ import annotations

import re

from flask import request

# as W3C Trace Context writes it: version, trace, parent, flags
FORM = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}")


def traceparent() -> str | None:
    """What the caller sent; one that is not written as it should be counts as not sent."""
    sent = request.headers.get("traceparent", "")
    return sent if FORM.fullmatch(sent) else None
