"""What the API costs over HTTP, and whether a long history makes it slower.

`python -m bench.http` starts an installation as `cosigne run` does (PostgreSQL with fsync, gunicorn,
worker), lets two people live in it through the API, and compares side by side:

- a command (she rates a theme) with an *empty* request: `GET /directory/v1/me`, which verifies the
  token, asks who that is here, and answers four fields through the same stack;
- each main page of the person with the longest history with the same page of the newest one, read by
  herself and by who accompanies her;
- a portrait read by who accompanies her, recorded before it is answered, with the same read by her;
- commands and reads at a second web beside the first, which tells what it does to a receiver of OTLP
  in another process (at the default share of traces, and with every request traced).
"""

from __future__ import annotations

import os
import sys

from bench.clients import Ask, Load
from bench.house import house
from bench.report import last_line, middle, table
from bench.seen import measured_telemetry

ROUNDS = int(os.environ.get("COSIGNE_BENCH_ROUNDS", "7"))
CLIENTS = 4
SITTINGS = int(os.environ.get("COSIGNE_BENCH_SITTINGS", "8"))  # of the long history: one a quarter
TURNS = int(os.environ.get("COSIGNE_BENCH_TURNS", "7"))  # how often she changed each answer
PAGES = {
    "portraits": "assessment/v1/persons/{person}/assessments",
    "portrait": "assessment/v1/persons/{person}/assessments/{portrait}",
    "strengths": "assessment/v1/persons/{person}/resources",
    "network": "network/v1/persons/{person}/network",
    "plans": "plans/v1/persons/{person}/plans",
    "timeline": "reporting/v1/persons/{person}/timeline?limit=20",
    "trail": "reporting/v1/persons/{person}/trail?limit=20",
    "decisions": "reporting/v1/persons/{person}/decisions?limit=20",
    "looks": "reporting/v1/persons/{person}/looks?limit=20",
}
HERS_ALONE = ("looks",)
AIMS = {
    "command_over_empty": 0.5,
    "oldest_over_newest": 1.5,
    "read_logged_over_unlogged": 0.8,
    "telemetry_over_none": 0.85,
}


def main() -> None:
    with house() as here:
        for person in (here.oldest, here.newest, here.other):
            here.accompany(person)
        told("the long history is lived")
        long = here.live(here.oldest, sittings=SITTINGS, rounds=TURNS, more=100)
        short = here.live(here.newest, sittings=1, rounds=1, more=10)
        answering = [here.sitting(here.other, n, 1) for n in range(CLIENTS)]
        here.settle()
        load = Load(here)
        pages = measured_pages(load, long, short)
        figures = measured_commands(load, answering, short)
    table(
        "pages: seconds for the longest history over seconds for the newest",
        ("page", "read by", "newest ms", "oldest ms", "ratio"),
        [(p, by, n * 1000, o * 1000, r) for (p, by), (n, o, r) in pages.items()],
    )
    worst = max(pages, key=lambda page: pages[page][2])
    figures["oldest_over_newest"] = pages[worst][2]
    figures["worst_page"] = " by ".join(worst)
    figures["oldest_over_newest_hers"] = max(
        r for (_, by), (_, _, r) in pages.items() if by == "her"
    )
    figures |= {f"{page}_{by}": ratio for (page, by), (_, _, ratio) in pages.items()}
    table("promises", ("figure", "aim", "measured"), [(n, a, figures[n]) for n, a in AIMS.items()])
    last_line(figures)


def measured_pages(
    load: Load, long: str, short: str
) -> dict[tuple[str, str], tuple[float, float, float]]:
    """Each page by each reader: seconds for the newest, for the oldest, and the ratio."""
    here, found = load.here, {}
    for page, path in PAGES.items():
        for by in ("her", "worker") if page not in HERS_ALONE else ("her",):
            asks = []
            for person, portrait in ((here.newest, short), (here.oldest, long)):
                who = person if by == "her" else here.worker
                asks.append(Ask(who, "GET", path.format(person=person.id, portrait=portrait)))
            for ask in asks:
                load.client(ask, 2)  # connections and plans are made
            took = [[middle(load.client(ask, 3)) for ask in asks] for _ in range(ROUNDS)]
            newest, oldest = middle([n for n, _ in took]), middle([o for _, o in took])
            found[page, by] = (newest, oldest, middle([o / n for n, o in took]))
            told(f"{page} by {by}: {found[page, by][2]:.2f}")
    return found


def measured_commands(
    load: Load, answering: list[str], short: str
) -> dict[str, float | int | str | None]:
    here = load.here
    her, newest = here.other, here.newest
    rate = [
        Ask(
            her,
            "POST",
            f"assessment/v1/persons/{her.id}/assessments/{portrait}/ratings",
            lambda n: {"theme": "travail", "value": n % 101},
        )
        for portrait in answering
    ]
    portrait = f"assessment/v1/persons/{newest.id}/assessments/{short}"
    runs = {
        "empty": [Ask(her, "GET", "directory/v1/me")] * CLIENTS,
        "command": rate,
        "read unlogged": [Ask(newest, "GET", portrait)] * CLIENTS,
        "read logged": [Ask(here.worker, "GET", portrait)] * CLIENTS,
    }
    for name, asks in runs.items():
        load.throughput(f"{name}, warming", asks)
    for number in range(ROUNDS):
        told(f"round {number + 1} of {ROUNDS}")
        for name, asks in runs.items():
            load.throughput(name, asks)
    table(
        f"requests, {CLIENTS} clients (medians of {ROUNDS} rounds)",
        ("request", "each second", "each second of the web's processor"),
        [(n, middle(load.rates[n]), middle(load.worked[n])) for n in runs],
    )
    return {
        "command_over_empty": load.ratio(load.rates, "command", "empty"),
        "command_over_empty_cpu": load.ratio(load.worked, "command", "empty"),
        "read_logged_over_unlogged": load.ratio(load.rates, "read logged", "read unlogged"),
        "read_logged_over_unlogged_cpu": load.ratio(load.worked, "read logged", "read unlogged"),
        **measured_telemetry(
            load, {name: runs[name] for name in ("command", "empty", "read logged")}, ROUNDS
        ),
    }


def told(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
