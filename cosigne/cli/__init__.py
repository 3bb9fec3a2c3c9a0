"""The command line: one file for each command, one sentence for each thing that can go wrong."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from importlib import import_module

from psycopg import OperationalError

from cosigne.words import Words, words_for
from shared.kernel import Refused

COMMANDS = (
    "run",
    "sandbox",
    "demo",
    "token",
    "audit",
    "copy",
    "import",
    "export",
    "erase",
    "status",
    "positions",
    "rebuild",
    "migrate",
    "serve",
    "seal",
    "project",
    "consume",
    "relay",
    "work",
)

FOR_TRYING = ("run", "sandbox", "demo", "token")  # people of the demo, an issuer of its own

MODULES = {"import": "import_", "copy": "copy_"}  # names that Python has already


def main(arguments: Sequence[str] | None = None) -> int:
    """What `cosigne` does; answers the exit status."""
    told = sys.argv[1:] if arguments is None else list(arguments)
    words = words_for()
    given = parser(words, told[0] if told else "").parse_args(told)
    try:
        refuse_in_production(given.name)
        return int(given.command(given, words) or 0)
    except Refused as refused:
        print(words.refusal(refused), file=sys.stderr)
        return 1
    except OperationalError as error:
        reason = str(error).splitlines()[0]
        print(words.say("cli.database_unreachable", reason=reason), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # whoever read our output has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        if os.environ.get("COSIGNE_DEBUG"):
            raise
        reason = f"{type(error).__name__}: {error}"
        print(words.say("cli.unknown", reason=reason), file=sys.stderr)
        return 1


def refuse_in_production(command: str) -> None:
    if command in FOR_TRYING and os.environ.get("COSIGNE_MODE") == "production":
        raise Refused("mode.only_embedded", command=command)


def parser(words: Words, chosen: str) -> ArgumentParser:
    """Every command by name; only the chosen one is loaded, so that a token takes no time."""
    whole = ArgumentParser(
        prog="cosigne",
        description=words.say("cli.description"),
        formatter_class=RawDescriptionHelpFormatter,
        add_help=False,
    )
    in_our_words(whole, words)
    commands = whole.add_subparsers(
        title=words.line("help.commands"), metavar="", dest="name", required=True
    )
    for name in COMMANDS:
        one = commands.add_parser(
            name,
            help=words.line(f"help.{name}"),
            description=words.say(f"help.{name}.long"),
            formatter_class=RawDescriptionHelpFormatter,
            add_help=False,
        )
        in_our_words(one, words)
        if name == chosen:
            module = import_module(f"cosigne.cli.{MODULES.get(name, name)}")
            module.arguments(one, words)
            one.set_defaults(command=module.command)
    return whole


def in_our_words(one: ArgumentParser, words: Words) -> None:
    one._positionals.title = words.line("help.arguments")  # noqa: SLF001 - argparse has no other way
    one._optionals.title = words.line("help.options")  # noqa: SLF001
    one.add_argument("-h", "--help", action="help", help=words.line("help.help"))
