"""`cosigne run`: everything on this machine, until Ctrl-C."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from cosigne.embedded.home import DEFAULT_PORT, Home
from cosigne.running.installation import Installation
from cosigne.words import Words


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "--port", type=int, metavar="PORT", default=DEFAULT_PORT, help=words.line("help.port")
    )
    parser.add_argument("--no-demo", action="store_true", help=words.line("help.no_demo"))


def command(given: Namespace, words: Words) -> None:
    def say(code: str, /, **values: object) -> None:
        print(words.line(code, **values), flush=True)

    Installation(Home.of(), given.port, say).run(demo=not given.no_demo)
