"""gunicorn's settings: threads in a few processes, services built after the fork, in each.

What they are made of is loaded once, before the fork; nothing is opened by loading it.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
from functools import partial
from types import FrameType
from typing import Any

from cosigne.running import web
from cosigne.running.lifeline import hold_on
from cosigne.running.lines import telling
from shared.http.leaving import leave, leaving
from shared.telemetry.lines import to_terminal

MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes its files there as one should

wsgi_app = f"{web.__name__}:application()"
bind = os.environ.get("COSIGNE_BIND", "127.0.0.1:8765")
workers = int(os.environ.get("COSIGNE_WEB_PROCESSES", "2"))
threads = int(os.environ.get("COSIGNE_WEB_THREADS", "8"))
worker_class = "shared.http.worker.Worker"  # gthread, with problems for what is no request
preload_app = False  # connections and telemetry do not survive a fork
control_socket_disable = True
graceful_timeout = 10
timeout = 60
# longer than whoever asks keeps one (60 s at most ingresses): none is closed as it is used again
keepalive = 75
max_requests = 0
accesslog = None  # who reads what is for the read log, not for a file
errorlog = "-"
loglevel = "warning"
proc_name = "cosigne"
# where a process shows its master that it lives: in memory, as the disk may be read-only or slow
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None
drain = float(os.environ.get("COSIGNE_DRAIN_SECONDS", "0"))
MODE = os.environ.get("COSIGNE_MODE", "embedded")
LEVEL = logging.WARNING  # who asks for what is for the read log


def on_starting(_server: Any) -> None:
    """Gunicorn's lines like our own, here and in what is forked: they would name paths, and so people."""
    to_terminal(MODE, LEVEL)
    for name in ("gunicorn.error", "gunicorn.access"):
        theirs = logging.getLogger(name)
        theirs.handlers.clear()
        theirs.propagate = True


def post_fork(_server: Any, worker: Any) -> None:
    """Before anything is built in it: pools and applications are watched from the beginning."""
    worker.telemetry = telling(MODE, "cosigne-web", LEVEL)


def pre_request(_worker: Any, request: Any) -> None:
    """Whoever asks again, while we are leaving, goes to where nobody leaves."""
    if leaving():
        request.force_close()


def worker_exit(_server: Any, worker: Any) -> None:
    """What is left is sent."""
    if (told := getattr(worker, "telemetry", None)) is not None:
        told.end()


def when_ready(_server: Any) -> None:
    """In the master: its workers stop with it, and say before that they will."""
    hold_on()
    signal.signal(signal.SIGTERM, partial(leave_first, signal.getsignal(signal.SIGTERM)))


def leave_first(stop: Any, number: int, frame: FrameType | None) -> None:
    """Not ready from now on; stopped once nobody is sent here any more, or when told again."""
    told_again = leaving()
    leave()
    if told_again or not drain:
        stop(number, frame)
        return
    later = threading.Timer(drain, stop, (number, frame))
    later.daemon = True
    later.start()
