"""`cosigne import FOLDER`: brings in an institution's own files, or says what is wrong with them."""

from __future__ import annotations

import os
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from cosigne.carrying.folder import is_export
from cosigne.cli.export import bring_back
from cosigne.cli.here import settings_here
from cosigne.cli.moving import MovingLine
from cosigne.cli.token import token_for
from cosigne.importer.bringing_in import BringingIn, Counts, total_of
from cosigne.importer.columns import KIND
from cosigne.importer.door import Door
from cosigne.importer.faults import FaultFile, Say
from cosigne.importer.house import House
from cosigne.importer.mapping import mapped, proposed, read_mapping
from cosigne.importer.reading import tables_in
from cosigne.words import Words, services_words
from shared.given import Given
from shared.kernel import Refused


def arguments(parser: ArgumentParser, words: Words) -> None:
    said = words.line
    parser.add_argument("place", metavar="FILE", type=Path, help=said("help.import_place"))
    parser.add_argument("--as", dest="key", metavar="NAME", help=said("help.import_as"))
    parser.add_argument("--organisation", metavar="NAME", help=said("help.import_organisation"))
    parser.add_argument("--kind", choices=tuple(KIND), help=said("help.import_kind"))
    parser.add_argument("--mapping", type=Path, metavar="FILE", help=said("help.import_mapping"))
    template = said("help.import_template")
    parser.add_argument("--mapping-template", action="store_true", help=template)
    parser.add_argument("--dry-run", action="store_true", help=said("help.import_dry"))
    parser.add_argument("--faults", type=Path, metavar="FILE", help=said("help.import_faults"))
    parser.add_argument("--catalogue", metavar="NAME", help=said("help.import_catalogue"))
    parser.add_argument("--source", metavar="WORDS", help=said("help.import_source"))


def command(given: Namespace, words: Words) -> int:
    """Ends with 1 where lines were set aside, so that nobody takes it for all done."""
    if is_export(given.place):
        return bring_back(given.place, words)
    tables = tables_in(given.place)
    if given.mapping_template:
        print(proposed(tables), end="")
        return 0
    told = read_mapping(given.mapping)
    found = [mapped(table, told, given.kind) for table in tables]
    for one in found:
        how = {"name": one.table.name, "kind": one.kind.name, "how": one.table.assumed or "-"}
        print(words.line("import.table", **how))
    door = door_of(given, words)
    named = (one.catalogue for one in found if one.catalogue)
    house = House.asked(door, given.catalogue or next(named, None))
    if given.organisation and given.organisation not in (house.name, str(house.id)):
        raise Refused("import.other_organisation", name=house.name)
    print(words.line("import.into", name=house.name))
    path = given.faults or Path(f"{given.place.stem}.faults.csv")
    with closing(FaultFile(path, saying(words))) as faults:
        bringing = BringingIn(
            door,
            house,
            found,
            faults,
            Progress(total_of(found), words),
            path.with_name(f"{path.name}.progress"),
            dry=given.dry_run,
        )
        counts = bringing.run(given.source or given.place.name)
    return tell(counts, words, path, dry=given.dry_run)


def door_of(given: Namespace, words: Words) -> Door:
    """As whoever COSIGNE_TOKEN says, or a fictional administrator of the demo."""
    told = Given(os.environ)
    token, url = told.text("TOKEN"), told.text("URL")
    if not token and given.key is None:
        raise Refused("import.who")
    if not token or not url:
        settings = settings_here()
        token, url = token or token_for(settings, given.key), settings.url
    return Door(url, token, words.locale)


def saying(words: Words) -> Say:
    """A fault in words: the service's own sentence where it gave one."""

    def say(code: str, values: Mapping[str, object]) -> str:
        if values.get("sentence"):
            return str(values["sentence"])
        return words.line(code, **values) if words.knows(code) else services_words(code, words)

    return say


def tell(counts: Counts, words: Words, faults: Path, *, dry: bool) -> int:
    _, aside = counts.total
    for kind, lines in counts.read.items():
        good = lines - counts.set_aside[kind]
        told = {"kind": kind, "read": lines, "noted": good, "set_aside": counts.set_aside[kind]}
        print(words.line("import.would" if dry else "import.did", **told))
    if counts.here_already:
        print(words.line("import.here_already", count=counts.here_already))
    if aside or counts.notices:
        print(words.line("import.look", faults=faults, set_aside=aside, notices=counts.notices))
    else:
        faults.unlink(missing_ok=True)
    return 1 if aside else 0


class Progress:
    """How many lines are done, how fast it goes, and how long it will take."""

    def __init__(self, whole: int, words: Words) -> None:
        self.whole, self.done = whole, 0
        self._words, self._begun, self._moving = words, time.monotonic(), MovingLine()

    def __call__(self, lines: int) -> None:
        self.done += lines
        rate = self.done / max(time.monotonic() - self._begun, 0.001)
        left = round((self.whole - self.done) / max(rate, 0.001))
        told = {"done": self.done, "whole": self.whole, "rate": round(rate), "left": left}
        self._moving.show(self._words.line("import.progress", **told), self.done, self.whole)
