"""What is told of each request, once telemetry runs: how long, which route, how it ended. Not who."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request

from shared.telemetry import tracing
from shared.telemetry.attributes import METHOD, ROUTE, SCHEME, SERVICE, STATUS
from shared.telemetry.instruments import REQUESTS
from shared.telemetry.kinds import ANSWER

OTHER = "_OTHER"
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
RULE = "cosigne.route"
HEALTH = "/v1/health/"  # asked every few seconds, by whoever runs the process
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def observe(app: Flask, service: str) -> None:
    """From now on. Where telemetry is off nothing is put in the way of a request."""
    if tracing.on():
        app.before_request(note_route)
        app.wsgi_app = Observed(app.wsgi_app, service)  # type: ignore[method-assign,assignment]


def note_route() -> None:
    """The template of the route, as the framework found it: a path could name somebody."""
    if request.url_rule is not None:
        request.environ[RULE] = request.url_rule.rule


class Observed:
    """Around the application, so that what is begun ends where it began, whatever happens."""

    def __init__(self, app: Wsgi, service: str) -> None:
        self._app, self._service = app, service

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO", "").startswith(HEALTH):
            return self._app(environ, start)
        begun, status = time.perf_counter(), 500
        method = environ["REQUEST_METHOD"] if environ["REQUEST_METHOD"] in METHODS else OTHER
        scheme = environ["wsgi.url_scheme"]

        def started(line: str, *more: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start(line, *more)

        span = tracing.answering(ANSWER, method, environ.get("HTTP_TRACEPARENT"))
        try:
            return self._app(environ, started)
        finally:
            route, error = environ.get(RULE), str(status) if status >= 500 else None
            took = time.perf_counter() - begun
            REQUESTS.record(took, self._service, method, route, status, scheme, error)
            if span.real is not None:
                span.named(f"{method} {route}" if route else method)
                for what, value in (
                    (SERVICE, self._service), (METHOD, method), (ROUTE, route),
                    (STATUS, status), (SCHEME, scheme),
                ):  # fmt: skip
                    span.say(what, value)
                if error is not None:
                    span.failed(error)
            span.end()
