"""What rebuilding a view costs, beside reading the same log raw and beside the library's own runner.

`python -m bench.rebuild` writes a log of portraits, then rebuilds real views from it by what
`cosigne rebuild` runs: built, compared with the version before, swapped. Beside each round the bare
`COPY events TO STDOUT (FORMAT binary)`: every event's bytes, unordered and unopened. "One core" is
one for all: the server's processes and ours. Every rebuild must say that nothing differs.
"""

from __future__ import annotations

import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any

from bench import stock
from bench.cores import Cores
from bench.ground import Ground, ground
from bench.report import last_line, middle, table
from bench.sittings import written
from cosigne.cli.rebuild import keys_in_a_process
from services.assessment.views.assessments import Assessments
from services.reporting.views.things import Things
from services.reporting.views.trail import Trail
from shared.http.service import keys_of
from shared.postgres.pool import connect
from shared.store.garbage import collect_rarely
from shared.store.projector import Projector
from shared.store.rebuild import Rebuild
from shared.store.shares import Shares
from shared.store.source import COLUMNS, SealedLog
from shared.store.subjects import SubjectLog
from shared.store.told import Teller
from shared.store.views import View

ROUNDS = int(os.environ.get("COSIGNE_BENCH_ROUNDS", "3"))
EVENTS = int(os.environ.get("COSIGNE_BENCH_EVENTS", "200000"))
PERSONS = 2000
# how far the library's runner goes: it commits each event that a view listens to
STOCK = {"which portraits": 20_000, "what answers were": 600, "the whole trail": 600}
VIEWS: dict[str, tuple[str, View[Any]]] = {
    "which portraits": ("assessment", Assessments()),
    "index by subject": ("assessment", SubjectLog("assessment")),
    "what answers were": ("reporting", Things()),
    "the whole trail": ("reporting", Trail()),
}
COPY = "COPY events TO STDOUT (FORMAT binary)"
IN_ORDER = f"COPY (SELECT {COLUMNS} FROM published ORDER BY gpos) TO STDOUT (FORMAT binary)"
AIMS = {"rebuild_vs_copy": 0.12, "rebuild_two_over_one": 1.7, "rebuild_vs_stock": 150.0}
HARDEST = "trail"  # opens every event and keeps a row of it: the promises are measured on this one


class Bench:
    """Rounds of the same work in turn; seconds, and seconds of processor, by name."""

    def __init__(self, here: Ground, events: int) -> None:
        self.here, self.events = here, events
        self.cores = Cores(here.server.pid)
        self.rates: dict[str, list[float]] = defaultdict(list)
        self.worked: dict[str, list[float]] = defaultdict(list)

    def round(self) -> None:
        with self.cores.only(1):
            self.time("copy", partial(self.copy, COPY))
            self.time("copy in order", partial(self.copy, IN_ORDER))
            for name in VIEWS:
                self.time(f"{name}, 1 core", partial(self.rebuild, name, 1))
        with self.cores.only(2):
            for name in VIEWS:
                self.time(f"{name}, 2 cores", partial(self.rebuild, name, 2))

    def time(self, name: str, work: Callable[[], None]) -> None:
        with self.cores.worked() as worked:
            begun = time.perf_counter()
            work()
            self.rates[name].append(self.events / (time.perf_counter() - begun))
        self.worked[name].append(self.events / worked.seconds)
        rate = self.rates[name][-1]
        print(f"  {name:<28} {rate:>10,.0f} events/s", file=sys.stderr, flush=True)

    def copy(self, statement: str) -> None:
        database = self.here.server.conninfo("assessment")
        with connect(database) as here, here.cursor().copy(statement.encode()) as copy:
            for _ in copy:
                pass

    def rebuild(self, name: str, processes: int) -> None:
        service, view = VIEWS[name]
        settings = self.here.settings
        with keys_of(settings) as keys, closing(self.source(service)) as source:
            done = Rebuild(
                service,
                view,
                settings.conninfo(service, "owner"),
                settings.conninfo(service, "reader"),
                {"assessment": source},
                Teller(keys),
                Shares(processes, partial(keys_in_a_process, settings)),
            ).run(lambda *_: None)
        if done.different or done.events != self.events:
            raise SystemExit(f"{name}: {done}: no figures")

    def project(self) -> None:
        """The first version of each view, which the rebuilt ones are compared with."""
        for service, view in VIEWS.values():
            reader = self.here.settings.conninfo(service, "reader")
            with keys_of(self.here.settings) as keys:
                sources = {"assessment": self.source(service)}
                projector = Projector(reader, sources, [view], Teller(keys))
                with closing(projector):
                    while projector.step():
                        pass

    def source(self, service: str) -> SealedLog:
        role = "reader" if service == "assessment" else "relay"
        return SealedLog("assessment", self.here.settings.conninfo("assessment", role))

    def ratio(self, name: str, beside: str) -> float:
        """The median of the rounds' ratios: a round compares what ran side by side."""
        return median_ratio(self.rates, name, beside)

    def work_ratio(self, name: str, beside: str) -> float:
        """The same by processor time, which neighbours on the machine touch less."""
        return median_ratio(self.worked, name, beside)


def median_ratio(kept: dict[str, list[float]], name: str, beside: str) -> float:
    return middle([a / b for a, b in zip(kept[name], kept[beside], strict=True)])


@contextmanager
def measured() -> Iterator[Bench]:
    with ground(("assessment", "reporting")) as here:
        events = written(here, PERSONS, EVENTS)
        bench = Bench(here, events)
        bench.project()
        for number in range(ROUNDS):
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
            bench.round()
        yield bench


def main() -> None:
    figures: dict[str, float | int | str | None] = {}
    collect_rarely()  # as `cosigne rebuild` does
    with measured() as bench:
        one_by_one = {}
        for name, positions in STOCK.items():
            view = VIEWS[name][1]
            stock.prepare(bench.here, view)
            one_by_one[name] = stock.followed(bench.here, view, min(positions, bench.events))
    rows = []
    for name in VIEWS:
        one, two = f"{name}, 1 core", f"{name}, 2 cores"
        slow = one_by_one.get(name)
        told = {
            "vs_copy": bench.ratio(one, "copy"),
            "vs_copy_cpu": bench.work_ratio(one, "copy"),
            "vs_copy_in_order": bench.ratio(one, "copy in order"),
            "two_over_one": bench.ratio(two, one),
            "vs_stock": None if slow is None else middle(bench.rates[one]) / slow,
        }
        rows.append((name, f"{middle(bench.rates[one]):,.0f}", *told.values()))
        figures |= {f"{VIEWS[name][1].name}_{what}": figure for what, figure in told.items()}
    columns = ("vs copy", "by cpu", "vs copy in order", "2 cores / 1", "vs stock")
    title = f"views rebuilt from {bench.events:,} events (medians of {ROUNDS} rounds)"
    table(title, ("view", "events/s", *columns), rows)
    promised = {
        "rebuild_vs_copy": figures[f"{HARDEST}_vs_copy"],
        "rebuild_two_over_one": figures[f"{HARDEST}_two_over_one"],
        "rebuild_vs_stock": figures[f"{HARDEST}_vs_stock"],
    }
    table(
        f"promises, on the view {HARDEST}, which opens every event and keeps a row of each",
        ("figure", "aim", "measured"),
        [(name, aim, promised[name]) for name, aim in AIMS.items()],
    )
    last_line({**figures, **promised})


if __name__ == "__main__":
    main()
