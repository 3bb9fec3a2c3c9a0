"""`cosigne work`: sealing, projecting, erasing and relaying, for some or all services."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence

from cosigne.plans import plans
from cosigne.running.lifeline import hold_on
from cosigne.running.worker import KINDS, Worker
from cosigne.words import Words
from shared.http.service import Plan
from shared.settings import SERVICES, Settings

LOOK_SECONDS = 0.5
FORM = "%(asctime)s %(name)s %(levelname)s %(message)s"


def arguments(parser: ArgumentParser, words: Words) -> None:
    services = words.line("help.service", services=", ".join(SERVICES))
    kinds = words.line("help.kinds", kinds=", ".join(KINDS))
    parser.add_argument("kinds", nargs="*", metavar="WORK", help=kinds)
    parser.add_argument(
        "--service", action="append", choices=SERVICES, metavar="NAME", help=services
    )


def command(given: Namespace, words: Words) -> None:
    del words
    attended(Worker(Settings.read(), chosen(given.service), tuple(given.kinds) or KINDS))


def chosen(services: Sequence[str] | None) -> Mapping[str, Plan]:
    return {name: plans()[name] for name in services or plans()}


def attended(worker: Worker) -> None:
    """Until we are told to stop; ends with 1 when something broke."""
    logging.basicConfig(level=logging.INFO, format=FORM)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hold_on()
    worker.start()
    while not stop.wait(LOOK_SECONDS):
        if worker.broken.is_set():
            worker.stop()
            raise SystemExit(1)
    worker.stop()
