"""`cosigne serve`: the web processes of some or all services."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from cosigne.words import Words
from shared.settings import SERVICES, Settings


def arguments(parser: ArgumentParser, words: Words) -> None:
    names = words.line("help.service", services=", ".join(SERVICES))
    parser.add_argument("--service", action="append", choices=SERVICES, metavar="NAME", help=names)
    parser.add_argument(
        "--bind", metavar="ADDRESS", default="127.0.0.1:8765", help=words.line("help.bind")
    )


def command(given: Namespace, words: Words) -> None:
    del words
    Settings.read()  # what is missing is said here, once, and not by each process
    os.environ["COSIGNE_SERVE"] = ",".join(given.service or ())
    os.environ["COSIGNE_BIND"] = given.bind
    server = [sys.executable, "-m", "gunicorn", "-c", "python:cosigne.running.web_server"]
    os.execv(sys.executable, server)  # noqa: S606 - becomes the server, signals and all
