"""`cosigne sandbox`: an installation to try a partner's system with, until Ctrl-C."""

from __future__ import annotations

import os
import shlex
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, MutableMapping

from cosigne.embedded.home import DEFAULT_PORT, Home
from cosigne.running.sandbox import Sandbox, Wanted, about
from cosigne.words import Words
from shared.kernel import Refused

SUFFIX = "-sandbox"
# settings of the terminal and of this machine: all others are another installation's
OURS = frozenset({"COSIGNE_DATA", "COSIGNE_LANG", "COSIGNE_DEBUG", "COSIGNE_POSTGRES_BIN"})
EVENTS, EVERY = 500, 3.0
VARIABLES: Mapping[str, str] = {
    "COSIGNE_DELIVERY": "delivery",
    "COSIGNE_SUBSCRIPTION": "subscription",
    "COSIGNE_TOKEN_URL": "token_url",
    "COSIGNE_CLIENT": "sign_in",
    "COSIGNE_CLIENT_SECRET": "secret",
}


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "--port", type=int, metavar="PORT", default=DEFAULT_PORT, help=words.line("help.port")
    )
    parser.add_argument("--full", action="store_true", help=words.line("help.full"))
    parser.add_argument(
        "--events", type=int, metavar="N", default=EVENTS, help=words.line("help.events")
    )
    parser.add_argument(
        "--pause", type=float, metavar="SECONDS", default=EVERY, help=words.line("help.pause")
    )
    parser.add_argument("--partner", action="store_true", help=words.line("help.partner"))


def command(given: Namespace, words: Words) -> None:
    """With --partner, what the partner's system is told of it, as a shell reads it."""
    home = alone(os.environ)
    if given.partner:
        known = about(home)
        for name, what in VARIABLES.items():
            print(f"export {name}={shlex.quote(known[what])}")
        return
    if given.events < 0 or given.pause <= 0:
        raise Refused("sandbox.rate")

    def say(code: str, /, **values: object) -> None:
        print(words.say(code, **values), flush=True)

    wanted = Wanted("full" if given.full else "thin", given.events, given.pause)
    Sandbox(home, given.port, say, wanted).run(demo=False)


def alone(environment: MutableMapping[str, str]) -> Home:
    """A folder beside that of `cosigne run`; whatever else is set there does not count here."""
    for name in [n for n in environment if n.startswith("COSIGNE_") and n not in OURS]:
        del environment[name]
    usual = Home.of(environment).folder
    folder = usual if usual.name.endswith(SUFFIX) else usual.with_name(usual.name + SUFFIX)
    environment["COSIGNE_DATA"] = str(folder)
    return Home.of(environment)
