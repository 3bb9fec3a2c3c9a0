"""The command line: one file for each command, one sentence for each thing that can go wrong."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from collections.abc import Sequence
from types import ModuleType

from psycopg import OperationalError

from cosigne.cli import audit, demo, migrate, rebuild, run, serve, status, token, work
from cosigne.words import Words, words_for
from shared.kernel import Refused

COMMANDS: Sequence[ModuleType] = (run, token, audit, status, rebuild, migrate, serve, work, demo)


def main(arguments: Sequence[str] | None = None) -> int:
    """What `cosigne` does; answers the exit status."""
    words = words_for()
    given = parser(words).parse_args(arguments)
    try:
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


def parser(words: Words) -> ArgumentParser:
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
    for module in COMMANDS:
        name = module.__name__.rpartition(".")[2]
        about = f"help.{name}"
        one = commands.add_parser(
            name,
            help=words.line(about),
            description=words.say(f"{about}.long"),
            formatter_class=RawDescriptionHelpFormatter,
            add_help=False,
        )
        in_our_words(one, words)
        module.arguments(one, words)
        one.set_defaults(command=module.command)
    return whole


def in_our_words(one: ArgumentParser, words: Words) -> None:
    one._positionals.title = words.line("help.arguments")  # noqa: SLF001 - argparse has no other way
    one._optionals.title = words.line("help.options")  # noqa: SLF001
    one.add_argument("-h", "--help", action="help", help=words.line("help.help"))
