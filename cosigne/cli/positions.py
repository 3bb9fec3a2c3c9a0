"""`cosigne positions FILE`: the list that is kept outside is written, compared with, gone on from."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from cosigne.cli.here import settings_here
from cosigne.cli.status import table
from cosigne.positions.checked import Checked, check
from cosigne.positions.listed import PositionsList
from cosigne.positions.resuming import go_on
from cosigne.words import Words

HEAD = ("service", "era", "sealed")
HEAD_OF_CHECK = ("service", "era", "verified", "beyond", "unlisted", "wrong")


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=words.line("help.positions_file"))
    parser.add_argument("--check", action="store_true", help=words.line("help.positions_check"))
    parser.add_argument("--resume", action="store_true", help=words.line("help.positions_resume"))
    parser.add_argument("--new-era", action="store_true", help=words.line("help.positions_new_era"))


def command(given: Namespace, words: Words) -> int:
    """Answers 1 when something that was listed is missing here, or is not what it was."""
    settings, kept = settings_here(), PositionsList(given.file)
    if given.check or given.resume or given.new_era:
        kept.require()
    if given.resume or given.new_era:
        for gone in go_on(settings, kept, give_up=given.new_era):
            again = ", ".join(gone.begun_again) or "-"
            told = {"service": gone.service, "era": gone.era, "count": gone.given_up}
            print(words.line("positions.resumed", **told, again=again))
        return 0
    if not given.check:
        rows = [(one.service, one.era, one.gpos) for one in kept.write(settings)]
        print(table([words.line(f"positions.{name}") for name in HEAD], rows))
        return 0
    found = check(settings, kept)
    head = [words.line(f"positions.{name}") for name in HEAD_OF_CHECK]
    print(table(head, map(of_service, found)))
    for one in found:
        for place in one.wrong[:10]:
            print(words.say("positions.differs", service=one.service, place=place))
    return int(not all(one.whole for one in found))


def of_service(one: Checked) -> list[object]:
    return [one.service, one.era, one.verified, one.beyond, one.unlisted, len(one.wrong)]
