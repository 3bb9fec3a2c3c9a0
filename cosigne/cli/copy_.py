"""`cosigne copy luc --to DIR`: a person's own full copy, for machines and for reading."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from cosigne.cli.asking import asking_as, id_of
from cosigne.words import LANGUAGES, Words
from shared.kernel import Refused

FILES = ("record.ndjson", "record.html")


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("person", metavar="PERSON", help=words.line("help.person"))
    parser.add_argument("--to", metavar="DIR", default=".", help=words.line("help.copy_to"))
    parser.add_argument("--as", dest="key", metavar="NAME", help=words.line("help.audit_as"))
    parser.add_argument("--lang", choices=LANGUAGES, help=words.line("help.lang"))


def command(given: Namespace, words: Words) -> None:
    """That a copy is made is recorded first; then both files are written, hers alone to open."""
    asking = asking_as(given, words)
    copies = f"/reporting/v1/persons/{id_of(given.person)}/copies"
    folder = Path(given.to)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        asking.post(copies, {})
        for name in FILES:
            asking.fetch(f"{copies}/{name}", folder / name)
            print(words.say("copy.written", path=folder / name))
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refused("copy.not_written", folder=given.to, reason=reason) from error
