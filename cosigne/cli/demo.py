"""`cosigne demo`: the cast's stories, or with --scale two years at the real size, told here."""

from __future__ import annotations

import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from functools import partial

from cosigne.cli.here import settings_here
from cosigne.cli.moving import MovingLine
from cosigne.cli.token import token_of
from cosigne.crowd import SEED, WHOLE, Crowd
from cosigne.demo.door import Refusal
from cosigne.embedded.home import Home
from cosigne.running.caught_up import wait_until_caught_up
from cosigne.running.lifeline import hold_on
from cosigne.running.scale import WEEKS, Heard, Telling, tell_at_scale
from cosigne.running.scale_report import Report, report
from cosigne.running.telling import tell_here
from cosigne.words import Words
from shared.kernel import Refused
from shared.settings import Settings

STEPS = 20
SOMETIMES = 10.0  # seconds between two lines where they do not replace each other


def arguments(parser: ArgumentParser, words: Words) -> None:
    parser.add_argument("--scale", action="store_true", help=words.line("help.scale"))
    parser.add_argument(
        "--size", type=float, default=1.0, metavar="PART", help=words.line("help.size")
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="NUMBER", help=words.line("help.seed")
    )


def command(given: Namespace, words: Words) -> None:
    """Harmless to repeat; interrupted, it goes on where it was."""
    hold_on()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = settings_here()
    if given.scale:
        tell_the_real_size(settings, Crowd(given.seed, thousandths(given.size)), words)
        return

    moving = MovingLine()

    def progress(done: int, whole: int) -> None:
        moving.show(words.line("demo.progress", done=done, whole=whole), done, whole)

    try:
        tell_here(settings, partial(token_of, settings), progress)
    except Refusal as refusal:
        raise Refused("demo.refused", reason=str(refusal)) from refusal


def thousandths(size: float) -> int:
    """A part of the real size, from a thousandth to all of it. Raises Refused for any other."""
    if not 1 / WHOLE <= size <= 1:
        raise Refused("scale.size", size=size)
    return round(size * WHOLE)


def tell_the_real_size(settings: Settings, crowd: Crowd, words: Words) -> None:
    """Says what it will do, does it, and says what it came to."""
    houses = crowd.houses
    counts = {
        "projects": sum(house.programmes for house in houses),
        "persons": sum(house.persons for house in houses),
        "practitioners": sum(house.practitioners for house in houses),
    }
    names = [f"« {house.organisation.name} »" for house in houses]
    print(words.say("scale.intro", one=names[0], two=names[1], seed=crowd.seed, **counts))
    home, bar = Home.of(), Bar(words)
    telling = Telling(settings, home.issuer, home.folder, crowd)
    told = tell_at_scale(telling, bar.show)
    seconds = time.monotonic() - bar.began
    waited = wait_until_caught_up(settings, bar.wait)
    print_report(report(settings, crowd, told, seconds, waited), words)


class Bar:
    """How far a telling at scale has come, drawn and said, and what the views have yet to see."""

    def __init__(self, words: Words) -> None:
        self.words, self.began, self.moving = words, time.monotonic(), MovingLine(STEPS)
        self.from_weeks: int | None = None
        self.waited = float("-inf")

    def show(self, known: dict[str, Heard]) -> None:
        weeks, whole = sum(one.weeks for one in known.values()), WEEKS * len(known)
        if self.from_weeks is None:
            self.from_weeks = weeks
        entries = sum(one.tally.entries + one.tally.looks for one in known.values())
        took = time.monotonic() - self.began
        moved = weeks - self.from_weeks
        if not moved:
            return
        told = {
            "part": round(100 * weeks / whole),
            "entries": entries,
            "rate": round(entries / took),
            "minutes": round((whole - weeks) * took / moved / 60),
        }
        filled = STEPS * weeks // whole
        drawn = f"[{'█' * filled}{'·' * (STEPS - filled)}] " if sys.stdout.isatty() else ""
        self.moving.show(drawn + self.words.line("scale.progress", **told), weeks, whole)

    def wait(self, left: int) -> None:
        now = time.monotonic()
        if not sys.stdout.isatty() and now - self.waited < SOMETIMES:
            return
        self.waited = now
        end = "" if sys.stdout.isatty() else "\n"
        line = self.words.line("scale.catching_up", left=left)
        print(f"\r  {line}   " if not end else f"  {line}", end=end, flush=True)


def print_report(told: Report, words: Words) -> None:
    print("\n" + words.say("scale.report", **told.values()))
    for service, events in told.events.items():
        print(f"    {service:12} {events:>9}")
    if told.refused:
        print(words.say("scale.refused", codes=", ".join(told.refused), count=told.refusals))
    print(words.line("scale.gapless" if told.gapless else "scale.gaps"))
    print(words.say("scale.next", person=told.longest))
