"""`cosigne serve`: the web processes of some or all services, or of the portal."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from cosigne.running.serving import PORTAL, needs_of
from cosigne.words import Words
from shared.given import Given
from shared.kernel import Refused
from shared.settings import SERVICES, Settings

SERVED = (*SERVICES, PORTAL)


def arguments(parser: ArgumentParser, words: Words) -> None:
    names = words.line("help.service", services=", ".join(SERVED))
    parser.add_argument("--service", action="append", choices=SERVED, metavar="NAME", help=names)
    bind = Given(os.environ).text("BIND", "127.0.0.1:8765")
    parser.add_argument("--bind", metavar="ADDRESS", default=bind, help=words.line("help.bind"))


def command(given: Namespace, words: Words) -> None:
    """Raises Refused for the portal beside some services: its pages would wait for themselves."""
    del words
    wanted = tuple(dict.fromkeys(given.service or told()))
    if PORTAL in wanted and len(wanted) > 1:
        raise Refused("serve.portal_alone")
    # what is missing is said here, once, and not by each process
    Settings.read(needs=needs_of(wanted))
    os.environ["COSIGNE_SERVE"] = ",".join(wanted)
    os.environ["COSIGNE_BIND"] = given.bind
    server = [sys.executable, "-m", "gunicorn", "-c", "python:cosigne.running.web_server"]
    os.execv(sys.executable, server)  # noqa: S606 - becomes the server, signals and all


def told() -> list[str]:
    """What COSIGNE_SERVE names. Raises Refused for what nobody serves."""
    names = [name for name in Given(os.environ).text("SERVE").replace(" ", "").split(",") if name]
    if unknown := [name for name in names if name not in SERVED]:
        raise Refused("serve.unknown", names=", ".join(unknown), known=", ".join(SERVED))
    return names
