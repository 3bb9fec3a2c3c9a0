"""What the commands of the background work have in common: for which services, seen where."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence

from cosigne.plans import plans
from cosigne.running.attending import attended
from cosigne.running.kinds import needs_of
from cosigne.running.worker import Worker
from cosigne.words import Words
from shared.http.service import Plan
from shared.settings import SERVICES, Settings


def options(parser: ArgumentParser, words: Words) -> None:
    services = words.line("help.service", services=", ".join(SERVICES))
    parser.add_argument(
        "--service", action="append", choices=SERVICES, metavar="NAME", help=services
    )
    parser.add_argument("--health", metavar="ADDRESS", help=words.line("help.health"))


def work(given: Namespace, *kinds: str) -> None:
    """Only what this work needs is asked of the settings."""
    wanted = chosen(given.service)
    settings = Settings.read(needs=needs_of(kinds, wanted))
    attended(Worker(settings, wanted, kinds), given.health)


def chosen(services: Sequence[str] | None) -> Mapping[str, Plan]:
    return {name: plans()[name] for name in services or plans()}
