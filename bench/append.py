"""What an append costs, beside the physical limit and the stores people know.

`python -m bench.append` prints a table and, last, one JSON object. Every variant stores the same
number of events and is counted afterwards; one that lost or invented an event prints nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from bench import lag, scripts, sealing, threads
from bench.ground import Ground, Run, ground
from bench.report import last_line, middle, table
from shared.store.sealer import Sealer

ROUNDS = int(os.environ.get("COSIGNE_BENCH_ROUNDS", "5"))
EVENTS = int(os.environ.get("COSIGNE_BENCH_EVENTS", "12800"))
HERE = Path(__file__).parent
AIMS = {
    "limit_ratio_pgbench_32": 0.80,
    "limit_ratio_hot_32": 0.75,
    "limit_ratio_sealing_32": 0.68,
    "limit_ratio_python_32": 0.65,
    "vs_stock_32": 10,
    "vs_message_db_32": 1.5,
    "multi_10": 3,
    "multi_100": 5.5,
    "seal_over_append_rate": 5,
    "lag_p99_commits": 20,
    "bytes_per_event_ratio": 1.35,
}
AT_MOST = {"lag_p99_commits", "bytes_per_event_ratio"}


class Bench:
    """Runs variants in turn, round after round, and counts what each one stored."""

    def __init__(self, here: Ground, *, message_db: bool) -> None:
        self.here, self.message_db = here, message_db
        self.runs: dict[str, list[float]] = defaultdict(list)
        self.stored: dict[str, int] = defaultdict(int)

    def round(self) -> None:
        for clients in (1, 8, 32):
            events = EVENTS if clients == 32 else EVENTS // 4
            self.pgbench(f"bare {clients}", "bare", "postgres", scripts.bare(), clients, events)
            self.ours(f"ours {clients}", scripts.ours(), clients, events)
        self.ours("ours hot 32", scripts.ours(tenants=1), 32, EVENTS)
        self.sealing()
        for many in (10, 100):
            self.ours(f"ours x{many} 32", scripts.ours(events=many), 32, EVENTS, many)
        self.python("ours python 32", threads.ours(self.here, 32, EVENTS // 32), "events")
        self.python("stock python 32", threads.stock(self.here, 32, EVENTS // 8 // 32), "stock")
        if self.message_db:
            self.pgbench("message-db 32", "messages", "postgres", scripts.message_db(), 32, EVENTS)

    def sealing(self) -> None:
        """The same appends while the sealer takes them up."""
        stop, thread = sealing.started(Sealer(self.here.settings.conninfo("assessment", "sealer")))
        try:
            self.ours("ours sealing 32", scripts.ours(), 32, EVENTS)
        finally:
            stop.set()
            thread.join()

    def ours(self, name: str, script: str, clients: int, events: int, many: int = 1) -> None:
        self.pgbench(name, "assessment", "assessment_app", script, clients, events, many)

    def pgbench(
        self, name: str, database: str, user: str, script: str, clients: int, events: int,
        many: int = 1,
    ) -> None:  # fmt: skip
        run = self.here.run(database, user, script, clients, max(1, events // clients // many))
        self.count(name, database, run, many)

    def python(self, name: str, run: Run, database: str) -> None:
        self.count(name, "assessment" if database == "events" else database, run)

    def count(self, name: str, database: str, run: Run, many: int = 1) -> None:
        self.stored[database] += run.acknowledged * many
        self.runs[name].append(run.tps * many)
        asked = {
            "bare": "SELECT count(*) FROM bare",
            "assessment": "SELECT count(*) FROM events",
            "stock": "SELECT count(*) FROM stored_events",
            "messages": "SELECT count(*) FROM message_store.messages",
        }[database]
        found = self.here.ask(database, asked)
        if run.failed or found != self.stored[database]:
            raise SystemExit(
                f"{name}: {self.stored[database]} were acknowledged, {found} are stored, "
                f"{run.failed} failed: no figures"
            )
        print(f"  {name:<18} {self.runs[name][-1]:>10,.0f} events/s", file=sys.stderr, flush=True)

    def figures(self) -> dict[str, float | None]:
        limit = "bare 32"
        return {
            "limit_ratio_pgbench_1": self.ratio("ours 1", "bare 1"),
            "limit_ratio_pgbench_8": self.ratio("ours 8", "bare 8"),
            "limit_ratio_pgbench_32": self.ratio("ours 32", limit),
            "limit_ratio_hot_32": self.ratio("ours hot 32", limit),
            "limit_ratio_sealing_32": self.ratio("ours sealing 32", limit),
            "limit_ratio_python_32": self.ratio("ours python 32", limit),
            "vs_stock_32": self.ratio("ours python 32", "stock python 32"),
            "vs_message_db_32": (
                self.ratio("ours 32", "message-db 32") if self.message_db else None
            ),
            "multi_10": self.ratio("ours x10 32", "ours 32"),
            "multi_100": self.ratio("ours x100 32", "ours 32"),
        }

    def ratio(self, name: str, beside: str) -> float:
        """The median of the rounds' ratios: a round compares what ran side by side."""
        return middle([a / b for a, b in zip(self.runs[name], self.runs[beside], strict=True)])


def with_message_db(here: Ground) -> bool:
    """Install message-db beside, from its own package; False where there is no npm."""
    npm = shutil.which("npm")
    if npm is None:
        print("no npm on this machine: message-db is not measured", file=sys.stderr)
        return False
    folder = here.folder / "npm"
    folder.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, folder)
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    sealing.install_message_db(here, folder / "node_modules" / "@eventide" / "message-db")
    return True


def main() -> None:
    with ground() as here:
        if here.fsync != "on":
            raise SystemExit(f"fsync is {here.fsync}: a figure would mean nothing")
        bench = Bench(here, message_db=with_message_db(here))
        for number in range(ROUNDS):
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
            bench.round()
        figures = bench.figures()
        figures["bytes_per_event_ratio"] = sealing.bytes_ratio(here)
        append_rate = middle(bench.runs["ours 32"])
        figures["seal_over_append_rate"] = sealing.drain_rate(here) / append_rate
        sealing.require_whole(here)
        sealing.settle(here)
        figures |= lag.measured(here)
    table(
        f"appends, 32 writers, 50 tenants, fsync={here.fsync} (medians of {ROUNDS} rounds)",
        ("variant", "events/s", "to a bare INSERT"),
        [
            (name, f"{middle(runs):,.0f}", bench.ratio(name, "bare 32"))
            for name, runs in bench.runs.items()
        ],
    )
    table(
        "promises",
        ("figure", "aim", "measured", ""),
        [(n, aim, figures.get(n), judged(n, figures.get(n), aim)) for n, aim in AIMS.items()],
    )
    last_line(figures)


def judged(name: str, figure: float | None, aim: float) -> str:
    if figure is None:
        return "not measured"
    met = figure <= aim if name in AT_MOST else figure >= aim
    return "met" if met else f"missed by {abs(figure - aim) / aim:.0%}"


if __name__ == "__main__":
    main()
