"""Log lines: by OTLP, and on the error output, JSON in production. Both tell only what `words` lets."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from shared.telemetry.attributes import EXCEPTION, FRAMES, SQLSTATE, Attribute
from shared.telemetry.tracing import traceparent
from shared.telemetry.words import error, frames, sentence

# what sending itself has to say would be sent, and so on
NOT_SENT = ("opentelemetry", "urllib3", "requests")
# a record, its sentence, what else is said of it, and the trace it belongs to
Send = Callable[[logging.LogRecord, str, Mapping[str, str], str | None], None]


def about(record: logging.LogRecord) -> dict[str, str]:
    """Of an exception: its class and where it came through."""
    kind, value, trace = record.exc_info or (None, None, None)
    if kind is None or value is None:
        return {}
    told: list[tuple[Attribute, str | None]] = [
        (EXCEPTION, kind.__name__),
        (FRAMES, frames(trace)),
        (SQLSTATE, getattr(value, "sqlstate", None)),
    ]
    return {one.name: said for one, said in told if said and one.allows(said)}


class Lines(logging.Handler):
    """Hands records to OpenTelemetry."""

    def __init__(self, send: Send) -> None:
        super().__init__(logging.INFO)
        self._send = send

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in NOT_SENT:
            return
        self._send(record, sentence(record), about(record), traceparent())


class OnTerminal(logging.Formatter):
    """One person's machine: a line to read."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(" ", "milliseconds")
        kind, value, trace = record.exc_info or (None, None, None)
        broke = f"\n{frames(trace)}\n{error(value)}" if kind and value else ""
        return f"{at} {record.name} {record.levelname} {sentence(record)}{broke}"


class AsJson(logging.Formatter):
    """Production: one object a line, with the trace it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": sentence(record),
            **about(record),
        }
        if parent := traceparent():
            told["trace_id"], told["span_id"] = parent[3:35], parent[36:52]
        return orjson.dumps(told).decode()


def to_terminal(mode: str, level: int = logging.INFO) -> logging.Handler:
    """Make the error output of this process the place for every line."""
    handler = logging.StreamHandler()
    handler.setFormatter(AsJson() if mode == "production" else OnTerminal())
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)
    return handler
