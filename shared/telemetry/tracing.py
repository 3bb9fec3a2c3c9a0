"""Spans of our own, thin over OpenTelemetry's: decided once where a request comes in, and else free.

A span that is not sampled is no span at all: only whether it is, is handed on. What happens later to
many at once (sealing, views, relaying) is told after it happened, in the trace of each command.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Mapping
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, Protocol, Self

from shared.kernel import Refused
from shared.telemetry.attributes import CODE, ERROR, Attribute
from shared.telemetry.bucket import Bucket
from shared.telemetry.kinds import Kind
from shared.telemetry.metering import Said, withheld
from shared.telemetry.traces import kept_in, sampled, told

MOST_TRACES = 32  # of one batch
ASKED_FOR = 10  # a second and process, of callers who want to be traced


class Real(Protocol):
    """A span that is being told: OpenTelemetry's."""

    def set_attribute(self, key: str, value: Any) -> None: ...
    def update_name(self, name: str) -> None: ...
    def end(self, end_time: int | None = None) -> None: ...


class Tracer(Protocol):
    """What makes real spans; `parent` is a traceparent."""

    share: float

    def start(self, name: str, kind: str, parent: str | None, at: int | None) -> Real: ...
    def traceparent(self, real: Real) -> str: ...
    def failed(self, real: Real) -> None: ...


class Span:
    """One piece of work: `with` it. Without a real one, nothing is told but its end."""

    __slots__ = ("_token", "kind", "real")

    def __init__(self, kind: Kind, real: Real | None, *, enter: bool = True) -> None:
        self.kind, self.real = kind, real
        self._token: Token[Span | None] | None = _current.set(self) if enter else None

    def say(self, what: Attribute, value: Said) -> None:
        """What is not declared for this kind of span, or lacks its form, is withheld."""
        if self.real is None or value is None:
            return
        if what in self.kind.attributes and what.allows(value):
            self.real.set_attribute(what.name, value)
        else:
            withheld(what.name)

    def named(self, name: str) -> None:
        """What it is about may be known only when it is over."""
        if self.real is not None:
            self.real.update_name(name)

    def failed(self, error: type[BaseException] | str) -> None:
        """By its class alone: what an error says may be somebody's words."""
        if self.real is not None and _tracer is not None:
            self.say(ERROR, error if isinstance(error, str) else error.__name__)
            _tracer.failed(self.real)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if isinstance(error, Refused):
            self.say(CODE, error.code)
        elif kind is not None:
            self.failed(kind)
        self.end()

    def end(self) -> None:
        if self._token is not None:
            _current.reset(self._token)
            self._token = None
        if self.real is not None:
            self.real.end()


class _Nothing(Span):
    """Stands for every span where telemetry is off, or nobody traces."""

    __slots__ = ()

    def end(self) -> None:
        """There is nothing to end."""


_current: ContextVar[Span | None] = ContextVar("span", default=None)
_tracer: Tracer | None = None
_asked_for = Bucket(ASKED_FOR)
NOTHING = _Nothing(Kind("", "", "", ()), None, enter=False)


def begin(tracer: Tracer) -> None:
    global _tracer  # noqa: PLW0603 - one a process, as its threads and connections are
    _tracer = tracer


def end() -> None:
    global _tracer  # noqa: PLW0603
    _tracer = None


def answering(kind: Kind, name: str, sent: str | None) -> Span:
    """A request comes in: here it is decided whether it is traced. Ended by whoever answers."""
    tracer, parent = _tracer, told(sent)
    if tracer is None:
        return NOTHING
    if _current.get() is None:
        wanted = _asked_for.take() if parent and sampled(parent) else not parent and lot(tracer)
    else:  # in this same process: as it was decided
        wanted = parent is not None and sampled(parent)
    return Span(kind, tracer.start(name, kind.kind, parent, None) if wanted else None)


def doing(kind: Kind, name: str = "") -> Span:
    """A part of what is being traced; nothing where nothing is."""
    tracer, around = _tracer, _current.get()
    if tracer is None or around is None or around.real is None:
        return NOTHING
    return Span(
        kind, tracer.start(name or kind.name, kind.kind, tracer.traceparent(around.real), None)
    )


def after(
    kind: Kind, traces: Iterable[str], begun: int, name: str = "", *said: tuple[Attribute, Said]
) -> None:
    """What was done to a batch, from `begun` until now, told in each trace that is in it."""
    tracer, now = _tracer, time.time_ns()
    if tracer is None:
        return
    for trace in list(dict.fromkeys(traces))[:MOST_TRACES]:
        span = Span(kind, tracer.start(name or kind.name, kind.kind, trace, begun), enter=False)
        for what, value in said:
            span.say(what, value)
        if span.real is not None:
            span.real.end(now)


def apart(kind: Kind, trace: str | None) -> Span:
    """Later work for one command, in its trace; nothing where it was not traced."""
    tracer = _tracer
    if tracer is None or trace is None or not sampled(trace):
        return NOTHING
    return Span(kind, tracer.start(kind.name, kind.kind, trace, None))


def traces_in(envelopes: Iterable[bytes]) -> list[str]:
    """In whose traces a batch of stored events belongs."""
    return kept_in(envelopes) if _tracer is not None else []


def on() -> bool:
    return _tracer is not None


def traceparent() -> str | None:
    """Of what is being traced here, for whom it goes on."""
    around = _current.get()
    if _tracer is None or around is None or around.real is None:
        return None
    return _tracer.traceparent(around.real)


def outgoing() -> Mapping[str, str]:
    """For a request to a service of ours, so that it is decided once, by whoever came first."""
    if _tracer is None:
        return {}
    mine = traceparent()
    if mine is None:
        # decided: not traced
        mine = f"00-{random.getrandbits(127) + 1:032x}-{random.getrandbits(63) + 1:016x}-00"
    return {"traceparent": mine}


def lot(tracer: Tracer) -> bool:
    return random.random() < tracer.share  # noqa: S311 - a sample, no secret
