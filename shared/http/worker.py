"""gunicorn's worker: problems for what never becomes a request, and an end that cuts nobody off."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

import orjson
from gunicorn import util  # type: ignore[import-untyped]
from gunicorn.http import errors  # type: ignore[import-untyped]
from gunicorn.workers.gthread import ThreadWorker  # type: ignore[import-untyped]

from shared.http.errors import FRAMEWORK, PROBLEM
from shared.http.last_callers import begin_no_more
from shared.http.leaving import leaving
from shared.http.messages import FIRST, Sentences

MESSAGES = Path(__file__).parent.parent / "messages"
OURS = (errors.InvalidResponseHeader, errors.InvalidResponseHeaderName, errors.ConfigurationProblem)
STATUS: Mapping[type[Exception], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
}
LAST_SECONDS = 0.2  # connections that were begun are complete by then
log = logging.getLogger(__name__)


class Worker(ThreadWorker):  # type: ignore[misc]
    """A thread worker whose own refusals read like everybody else's, and who leaves nobody at the door."""

    sockets: list[socket.socket]

    def set_accept_enabled(self, enabled: bool) -> None:
        """Told to stop: gunicorn would keep the door for as long as it answers, and open to nobody."""
        # where this one stops alone, others are at the door
        if enabled or self.alive or not leaving():
            super().set_accept_enabled(enabled)
            return
        super().set_accept_enabled(True)
        for listener in self.sockets:
            begin_no_more(listener)
        until = time.monotonic() + LAST_SECONDS
        while (left := until - time.monotonic()) > 0:
            self.wait_for_and_dispatch_events(left)
        super().set_accept_enabled(False)
        for listener in self.sockets:
            listener.close()
        self.sockets = []

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """A torn request line, a header with a null character, headers without end."""
        if not isinstance(exc, errors.ParseException) or isinstance(exc, OURS):
            super().handle_error(req, client, addr, exc)
            return
        log.info("unreadable request: %s", exc)
        try:
            util.write_nonblock(client, answer(STATUS.get(type(exc), HTTPStatus.BAD_REQUEST)))
        except OSError:
            log.debug("the caller did not wait for the answer")


@cache
def answer(status: HTTPStatus) -> bytes:
    """The whole answer; in French, as no header could be read that asks for anything else."""
    sentences, code = Sentences(MESSAGES), FRAMEWORK[status]
    body = orjson.dumps(
        {
            "type": f"urn:cosigne:problem:{code}",
            "title": sentences.say(f"title.{status.value}", FIRST),
            "status": status.value,
            "detail": sentences.say(code, FIRST),
            "code": code,
        }
    )
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\n"
        f"Content-Type: {PROBLEM}\r\nContent-Language: {FIRST}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
