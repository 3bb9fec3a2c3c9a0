"""What the portal weighs and costs, tab by tab, and whether ten years make it slower.

`python -m bench.portal` starts an installation as `cosigne run` does (PostgreSQL with fsync, gunicorn,
worker), lets two people live in it through the API, signs them in as people sign in, and opens every
tab of each:

- what a first visit sends: the page, its looks and scripts, compressed as they are sent, without letters;
- seconds of a tab over seconds of a page of the same frame with nothing in it (`/signed-in`);
- seconds for ten years of portraits and 150 ties over seconds for one portrait and three ties;
- what axe-core finds, where there is a Chromium.

Both go by one connection, so that one process serves both, which has opened each page before it is
timed. Each round opens a page of nothing, of the short life and of the long one in turn, so that what
else the machine does falls on all; a ratio is the median of those of the rounds.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from bench.house import House, house
from bench.portal_lives import ANSWERS, SHORT, TEN_YEARS, Living
from bench.portal_visit import Browser, Weight, signed_in
from bench.report import last_line, middle, table
from cosigne.issuer.kept import Kept
from cosigne.people import Person
from services.portal.navigation import ABOUT, TABS
from tests.support.chromium import launched, program, violations

ROUNDS = int(os.environ.get("COSIGNE_BENCH_ROUNDS", "7"))
EACH = int(os.environ.get("COSIGNE_BENCH_EACH", "7"))  # openings of each page a round
EMPTY = "/signed-in"
PLACES = (*TABS, *ABOUT)
AIMS = {"weight_kb_max": 100, "axe_violations": 0, "history_10y_over_one": 1.5}


def main() -> None:
    with house() as here:
        password = Kept(here.installation.home.issuer).password()
        browsers = {}
        for who, length in ((here.newest, SHORT), (here.oldest, TEN_YEARS)):
            told(f"a life is told: {length}")
            here.accompany(who)
            Living(here, who).live(length)
            browsers[who.key] = signed_in(here.url, who, password)
        here.settle()
        short, long = (browsers[one.key] for one in (here.newest, here.oldest))
        long.connection = short.connection
        weights = {
            p: (short.weight(at(here.newest, p)), long.weight(at(here.oldest, p))) for p in PLACES
        }
        rounds = [measured(here, short, long, n) for n in range(ROUNDS)]
        amiss = found_by_axe(here, browsers)
    report(weights, rounds, amiss)


def measured(
    here: House, short: Browser, long: Browser, number: int
) -> dict[str, tuple[float, ...]]:
    """Seconds of the empty page, of the short life's and of the long one's, tab by tab."""
    told(f"round {number + 1} of {ROUNDS}")
    found: dict[str, tuple[float, ...]] = {}
    for place in PLACES:
        three = (
            (short, EMPTY),
            (short, at(here.newest, place)),
            (long, at(here.oldest, place)),
        )
        for browser, path in three:  # plans are made, and what is remembered for a minute is
            browser.seconds(path, 2)
        took = [[browser.seconds(path, 1)[0] for browser, path in three] for _ in range(EACH)]
        found[place] = tuple(map(middle, zip(*took, strict=True)))
    return found


def found_by_axe(here: House, browsers: Mapping[str, Browser]) -> dict[str, int] | None:
    """How much is amiss on each tab of both lives; None without a Chromium."""
    path = program()
    if path is None:
        return None
    found = dict.fromkeys(PLACES, 0)
    with launched(path) as chromium:
        for who in (here.newest, here.oldest):
            context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="fr-CA")
            pairs = (c.split("=", 1) for c in browsers[who.key].cookie.split("; "))
            context.add_cookies([{"name": n, "value": v, "url": here.url} for n, v in pairs])
            page = context.new_page()
            for place in PLACES:
                page.goto(here.url + at(who, place))
                for line in violations(page):
                    told(f"{place} of {who.key}: {line}")
                    found[place] += 1
            context.close()
    return found


def report(
    weights: Mapping[str, tuple[Weight, Weight]],
    rounds: list[dict[str, tuple[float, ...]]],
    amiss: Mapping[str, int] | None,
) -> None:
    empty, short, long = ({p: middle([r[p][n] for r in rounds]) for p in PLACES} for n in range(3))
    over = {p: middle([r[p][1] / r[p][0] for r in rounds]) for p in PLACES}
    over_long = {p: middle([r[p][2] / r[p][0] for r in rounds]) for p in PLACES}
    history = {p: middle([r[p][2] / r[p][1] for r in rounds]) for p in PLACES}
    table(
        "first visit, compressed, without letters",
        ("tab", "one portrait kB", "ten years kB", "requests", "axe"),
        [
            (p, a.bytes / 1000, b.bytes / 1000, b.requests, "—" if amiss is None else amiss[p])
            for p, (a, b) in weights.items()
        ],
    )
    table(
        f"server: milliseconds, medians of {ROUNDS} rounds of {EACH} openings, {ANSWERS} answers a portrait",
        ("tab", "empty", "one portrait", "ten years", "one/empty", "ten/empty", "ten/one"),
        [
            (p, empty[p] * 1000, short[p] * 1000, long[p] * 1000, over[p], over_long[p], history[p])
            for p in PLACES
        ],
    )
    figures: dict[str, float | int | str | None] = {
        "weight_kb_max": max(max(a.bytes, b.bytes) for a, b in weights.values()) / 1000,
        "requests_max": max(b.requests for _, b in weights.values()),
        "axe_violations": None if amiss is None else sum(amiss.values()),
        "history_10y_over_one": max(history.values()),
        "history_worst_tab": max(history, key=lambda p: history[p]),
        "server_over_template": max(over.values()),
        "server_over_template_10y": max(over_long.values()),
        "server_worst_tab": max(over, key=lambda p: over[p]),
    }
    figures |= {f"history_{p}": history[p] for p in PLACES}
    figures |= {f"over_template_{p}": over[p] for p in PLACES}
    table("promises", ("figure", "aim", "measured"), [(n, a, figures[n]) for n, a in AIMS.items()])
    last_line(figures)


def at(who: Person, place: str) -> str:
    return f"/persons/{who.id}/{place}"


def told(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
