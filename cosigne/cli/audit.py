"""`cosigne audit luc`: who took part in what, and when, in plain words."""

from __future__ import annotations

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from cosigne.cli.asking import Asking
from cosigne.cli.here import settings_here
from cosigne.cli.token import token_for
from cosigne.people import Unknown, find
from cosigne.words import LANGUAGES, Words
from shared.kernel import Refused


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("person", metavar="PERSON", help=words.line("help.person"))
    parser.add_argument("--as", dest="key", metavar="NAME", help=words.line("help.audit_as"))
    parser.add_argument("--decisions", action="store_true", help=words.line("help.decisions"))
    parser.add_argument("--decision", metavar="ID", help=words.line("help.decision"))
    parser.add_argument("--proof", action="store_true", help=words.line("help.proof"))
    parser.add_argument("--lang", choices=LANGUAGES, help=words.line("help.lang"))


def command(given: Namespace, words: Words) -> None:
    """Asks the reporting service as whoever reads; the look is recorded like any other."""
    settings = settings_here()
    token = os.environ.get("COSIGNE_TOKEN") or token_for(settings, given.key or given.person)
    asking = Asking(settings.url, token, given.lang or words.locale)
    words = Words((given.lang,)) if given.lang else words
    person = f"/reporting/v1/persons/{id_of(given.person)}"
    if given.decision:
        told = asking.get(f"{person}/decisions/{given.decision}")
        print_chain(told, words, proof=given.proof)
        return
    found = asking.each(f"{person}/{'decisions' if given.decisions else 'trail'}", "entries")
    shown = print_entries(found, proof=given.proof or given.decisions)
    if not shown:
        print(words.say("audit.nothing"))


def id_of(person: str) -> UUID:
    """A person's id, or that of the fictional person of this name."""
    try:
        return UUID(person)
    except ValueError:
        pass
    try:
        return find(person).id
    except Unknown:
        raise Refused("token.unknown", name=person) from None


def print_chain(told: Mapping[str, Any], words: Words, *, proof: bool) -> None:
    print_entries([told["decision"]], proof=proof)
    for contributor in told["decision"]["contributors"]:
        print(f"    · {contributor['said']}")
    for name in ("came_from", "led_to"):
        if told[name]:
            print("\n" + words.say(f"audit.{name}"))
            print_entries((step["entry"] for step in told[name]), proof=proof)
    if not told["whole"]:
        print(words.say("audit.cut_short"))


def print_entries(entries: Iterable[Mapping[str, Any]], *, proof: bool) -> int:
    count, day = 0, ""
    for entry in entries:
        count += 1
        if entry["occurred_at"][:10] != day:
            day = entry["occurred_at"][:10]
            print(f"\n{day}")
        print(f"  {entry['sentence']}")
        if proof:
            place = entry["proof"]
            print(
                f"    {entry['entry']}  {place['service']} {place['position']}  {place['leaf'][:16]}…"
            )
    return count
