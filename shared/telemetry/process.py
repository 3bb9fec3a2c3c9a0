"""Telemetry of one process: begun after the fork, ended before it goes; nothing where nobody asks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from shared.kernel import Refused
from shared.telemetry import instruments, metering, pools, tracing
from shared.telemetry.attributes import ALLOWED
from shared.telemetry.lines import Lines

if TYPE_CHECKING:
    from shared.telemetry.sending import Sending

SHARE = 0.05  # of requests, where nobody says another
HEADERS = "OTEL_EXPORTER_OTLP_HEADERS"


class Telemetry:
    """What is running in this process; `end` it."""

    def __init__(self, sending: Sending) -> None:
        self.sending = sending
        self.lines = Lines(sending.line)

    def begin(self) -> None:
        for one in instruments.EVERY:
            one.begin(self.sending.meter)
        pools.begin()
        metering.count_withheld(instruments.WITHHELD)
        # a counter that begins with its first value never grew: the one that matters would not be told
        for attribute in ALLOWED.values():
            instruments.WITHHELD.add(0, attribute.name)
        tracing.begin(self.sending.tracer)
        logging.getLogger().addHandler(self.lines)

    def end(self) -> None:
        logging.getLogger().removeHandler(self.lines)
        tracing.end()
        self.sending.close()
        for one in instruments.EVERY:
            one.end()


def begin(process: str, environment: Mapping[str, str]) -> Telemetry | None:
    """None, and nothing loaded, where no receiver is named. Raises Refused for a share that is none."""
    if not wanted(environment):
        return None
    from shared.telemetry.sending import Sending  # noqa: PLC0415 - a third of a second, and its memory

    called = environment.get("OTEL_SERVICE_NAME") or process
    made = Telemetry(Sending(called, share_of(environment), headers_of(environment)))
    made.begin()
    return made


def wanted(environment: Mapping[str, str]) -> bool:
    disabled = environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true"
    return bool(environment.get("OTEL_EXPORTER_OTLP_ENDPOINT")) and not disabled


def headers_of(environment: Mapping[str, str]) -> str | None:
    """By which a receiver knows us, from a file as other secrets are; else OpenTelemetry's own setting counts."""
    path = environment.get(f"{HEADERS}_FILE")
    if not path:
        return None
    if environment.get(HEADERS):
        raise Refused("settings.given_twice", name=HEADERS)
    try:
        return Path(path).read_text("utf-8").strip()
    except OSError as error:
        reason = error.strerror or "?"
        raise Refused("settings.file_unreadable", path=path, reason=reason) from error


def share_of(environment: Mapping[str, str]) -> float:
    given = environment.get("OTEL_TRACES_SAMPLER_ARG") or SHARE
    try:
        share = float(given)
    except ValueError:
        share = -1.0
    if not 0 <= share <= 1:
        raise Refused("settings.no_share", name="OTEL_TRACES_SAMPLER_ARG", value=given)
    return share
