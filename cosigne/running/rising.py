"""A web process before it can serve: it lives, is not ready, and tries until it is.

Started beside its database, or before `cosigne migrate` is through, it must not be ended for that.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

import psycopg
from flask import Flask
from flask.typing import ResponseReturnValue
from psycopg_pool import PoolTimeout

from cosigne.words import words_for
from shared.http.errors import Unavailable, answer_problems
from shared.http.health import health
from shared.http.messages import Sentences
from shared.http.service import SHARED_MESSAGES
from shared.kernel import Refused
from shared.postgres.schema import TooOld
from shared.store.key_files import KeyTrouble
from shared.telemetry.words import Word

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
# the next try may find it there; what waiting does not mend ends the process instead
PASSING = (psycopg.OperationalError, PoolTimeout, TooOld, KeyTrouble)
AGAIN_SECONDS = 2.0
AT_FIRST_SECONDS = 30.0  # another process of this server may be ready already: a request may wait
BOOT_ERROR = 3  # gunicorn stops altogether when one of its processes ends so
log = logging.getLogger("cosigne.web")


class Rising:
    """What `build` makes, once it can; until then only liveness, and "not available just now"."""

    def __init__(self, build: Callable[[], Wsgi], again: float = AGAIN_SECONDS) -> None:
        self._build, self._again = build, again
        self._risen = threading.Event()
        self._starting: Wsgi = starting()
        self._app: Wsgi = self._starting
        self._begun = time.monotonic()
        threading.Thread(target=self._rise, name="rising", daemon=True).start()

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        if not self._risen.is_set():
            _, found, asked = environ.get("PATH_INFO", "").partition("/v1/health/")
            if found:  # of whichever service: none of them is there yet
                return self._starting({**environ, "PATH_INFO": found + asked}, start)
            self._risen.wait(max(0.0, self._begun + AT_FIRST_SECONDS - time.monotonic()))
        return self._app(environ, start)

    def _rise(self) -> None:
        while not self._risen.is_set():
            try:
                self._app = self._build()
            except PASSING as trouble:
                log.warning("nothing is served yet: %s", said(trouble))
                time.sleep(self._again)
            except BaseException as trouble:  # whatever it is, nobody else hears of it
                log.critical("cannot serve: %s", said(trouble), exc_info=trouble)
                os._exit(BOOT_ERROR)
            else:
                self._risen.set()


def said(trouble: BaseException) -> object:
    """A refusal's whole sentence, as it names settings, roles and databases; of others the kind."""
    return Word(words_for().refusal(trouble)) if isinstance(trouble, Refused) else trouble


def starting() -> Flask:
    """It lives, and nothing else is there yet."""
    app = Flask("starting", static_folder=None)
    answer_problems(app, Sentences(SHARED_MESSAGES), ())
    app.register_blueprint(health({"started": lambda: False}))

    def away(path: str = "") -> ResponseReturnValue:
        del path
        raise Unavailable("server.unavailable")

    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    app.add_url_rule("/", "root", away, methods=methods)
    app.add_url_rule("/<path:path>", "any", away, methods=methods)
    return app
