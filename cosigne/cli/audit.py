"""`cosigne audit luc`: who took part in what, and when, in plain words."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from cosigne.cli.asking import asking_as, id_of
from cosigne.words import LANGUAGES, Words

REPEATED = frozenset({"contribution_confirmed", "record_read"})
FEW = 3


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("person", metavar="PERSON", help=words.line("help.person"))
    parser.add_argument("--as", dest="key", metavar="NAME", help=words.line("help.audit_as"))
    parser.add_argument("--decisions", action="store_true", help=words.line("help.decisions"))
    parser.add_argument("--decision", metavar="ID", help=words.line("help.decision"))
    parser.add_argument("--proof", action="store_true", help=words.line("help.proof"))
    parser.add_argument("--every", action="store_true", help=words.line("help.every"))
    parser.add_argument("--lang", choices=LANGUAGES, help=words.line("help.lang"))


def command(given: Namespace, words: Words) -> None:
    """Asks the reporting service as whoever reads; the look is recorded like any other."""
    asking = asking_as(given, words)
    words = Words((given.lang,)) if given.lang else words
    person = f"/reporting/v1/persons/{id_of(given.person)}"
    if given.decision:
        told = asking.get(f"{person}/decisions/{given.decision}")
        print_chain(told, words, proof=given.proof)
        return
    found = asking.each(f"{person}/{'decisions' if given.decisions else 'trail'}", "entries")
    proof = given.proof or given.decisions
    shown = print_entries(found, words, proof=proof, every=given.every or proof)
    if not shown:
        print(words.say("audit.nothing"))


def print_chain(told: Mapping[str, Any], words: Words, *, proof: bool) -> None:
    print_entries([told["decision"]], words, proof=proof)
    for contributor in told["decision"]["contributors"]:
        print(f"    · {contributor['said']}")
    for name in ("came_from", "led_to"):
        if told[name]:
            print("\n" + words.say(f"audit.{name}"))
            print_entries((step["entry"] for step in told[name]), words, proof=proof)
    if not told["whole"]:
        print(words.say("audit.cut_short"))


def print_entries(
    entries: Iterable[Mapping[str, Any]], words: Words, *, proof: bool, every: bool = True
) -> int:
    count, day = 0, ""
    for (_, like), run in groupby(entries, key=alike):
        shown = list(run)
        count += len(shown)
        if shown[0]["occurred_at"][:10] != day:
            day = shown[0]["occurred_at"][:10]
            print(f"\n{day}")
        told = shown if every or like is None or len(shown) <= FEW else shown[:1]
        for entry in told:
            print_entry(entry, proof=proof)
        if len(told) < len(shown):
            print(f"  {words.line('audit.more_alike', more=len(shown) - len(told))}")
    return count


def alike(entry: Mapping[str, Any]) -> tuple[str, str | None]:
    """What says the same again and again of one day: that someone confirms, that someone looked."""
    day, kind = entry["occurred_at"][:10], entry["type"].partition(".")[2]
    if kind not in REPEATED:
        return day, None
    return day, f"{kind} {entry['author']['party']}"


def print_entry(entry: Mapping[str, Any], *, proof: bool) -> None:
    print(f"  {entry['sentence']}")
    if proof:
        place = entry["proof"]
        print(
            f"    {entry['entry']}  {place['service']} {place['position']}  {place['leaf'][:16]}…"
        )
