"""`cosigne erase`: erasures under way; again after a restore; tables written anew; a search."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from cosigne.cli.here import administrator_here, settings_here
from cosigne.erasing.again import erase_again
from cosigne.erasing.listed import ErasureList
from cosigne.erasing.one_service import DIRECTORY, OneService
from cosigne.erasing.person import Erasing
from cosigne.erasing.scan import scan_files, scan_tables
from cosigne.plans import plans
from cosigne.words import Words
from shared.http.service import keys_of
from shared.postgres.pool import connect
from shared.settings import KEYS, Settings
from shared.store.key_table import KeyTable

WAITING = (
    "SELECT erasure, stage, granted, after FROM erasures WHERE stage <> 'certified' ORDER BY after"
)


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("--reapply", action="store_true", help=words.line("help.reapply"))
    parser.add_argument("--compact", action="store_true", help=words.line("help.compact"))
    parser.add_argument("--scan", nargs="*", metavar="FOLDER", help=words.line("help.scan"))


def command(given: Namespace, words: Words) -> int:
    """Answers 1 when a search found something."""
    settings = settings_here()
    if given.scan is not None:
        return scan(settings, [Path(folder) for folder in given.scan], words)
    if given.reapply:
        reapply(settings, words)
    if given.compact:
        compact(settings, words)
    if not given.reapply and not given.compact:
        under_way(settings, words)
    return 0


def under_way(settings: Settings, words: Words) -> None:
    with connect(settings.conninfo(DIRECTORY, "reader")) as reader:
        rows = reader.execute(WAITING).fetchall()
    for erasure, stage, granted, after in rows:
        days = {"granted": granted.date(), "after": after.date()}
        print(words.line(f"erase.{stage}", erasure=erasure, **days))
    if not rows:
        print(words.say("erase.none"))


def reapply(settings: Settings, words: Words) -> None:
    """All who are on the list, on data and keys that may know nothing of it any more."""

    def say(number: int, whole: int, stage: str) -> None:
        print(f"{number}/{whole} {words.line(f'erase.{stage}')}", flush=True)

    listed = ErasureList(settings.list_of_erasures).found()
    with opened(settings) as (keys, services):
        done = erase_again(Erasing(settings, keys, services), listed, say)
    print(words.say("erase.reapplied", count=done))


def compact(settings: Settings, words: Words) -> None:
    """Write the tables of views and keys anew, so that not even the files hold what was deleted."""
    with opened(settings) as (_, services):
        for service in services:
            with connect(settings.conninfo(service.plan.name, "owner")) as owner:
                service.views.vacuum(owner, full=True)
            print(words.line("erase.compacted", service=service.plan.name), flush=True)
    with connect(settings.conninfo(KEYS, "owner")) as owner:
        owner.execute("VACUUM (FULL) data_key")


def scan(settings: Settings, folders: list[Path], words: Words) -> int:
    """Words are read from the standard input, so that no list of commands keeps them."""
    administered = replace(settings, admin_database_url=administrator_here(settings))
    wanted = [line.strip() for line in sys.stdin if line.strip()]
    with keys_of(settings) as keys:
        found = [*scan_tables(administered, keys, wanted), *scan_files(folders, wanted)]
    for one in found:
        number = wanted.index(one.word) + 1
        print(words.line("erase.found", number=number, where=one.where))
    print(words.say("erase.scanned", count=len(wanted), found=len(found)))
    return int(bool(found))


@contextmanager
def opened(settings: Settings) -> Iterator[tuple[KeyTable, list[OneService]]]:
    with keys_of(settings) as keys, ExitStack() as closing:
        services = [OneService(settings, plan, keys) for plan in plans().values()]
        for service in services:
            closing.callback(service.close)
        yield keys, services
