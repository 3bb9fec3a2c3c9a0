"""The traceparent of a request: the thread along which one act is followed through services."""

from __future__ import annotations

from flask import request

from shared.telemetry import tracing
from shared.telemetry.traces import told


def traceparent() -> str | None:
    """Of what is traced here; where nothing ever is, what the caller sent, if it has its form."""
    if tracing.on():
        return tracing.traceparent()
    return told(request.headers.get("traceparent"))
