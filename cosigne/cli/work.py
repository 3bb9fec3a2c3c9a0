"""`cosigne work`: all the work behind the services, or some of it, in one process."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.cli.working import options, work
from cosigne.running.kinds import KINDS
from cosigne.words import Words
from shared.kernel import Refused


def arguments(parser: ArgumentParser, words: Words) -> None:
    kinds = words.line("help.kinds", kinds=", ".join(KINDS))
    parser.add_argument("kinds", nargs="*", metavar="WORK", help=kinds)
    options(parser, words)


def command(given: Namespace, words: Words) -> None:
    """Raises Refused for work that nobody knows."""
    del words
    if unknown := [kind for kind in given.kinds if kind not in KINDS]:
        raise Refused("work.unknown", kinds=", ".join(unknown), known=", ".join(KINDS))
    work(given, *(given.kinds or KINDS))
