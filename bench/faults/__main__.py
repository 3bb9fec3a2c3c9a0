"""What happened, what the checker found, and the figures on the last line."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.faults.checker import KINDS
from bench.faults.planted import PLANTS
from bench.faults.run import Run, tried
from bench.report import last_line, table

SECONDS, SEED = 120.0, 2021


def main(seconds: float = SECONDS, seed: int = SEED) -> None:
    folder, begun = Path(tempfile.mkdtemp(prefix="cosigne-faults-")), time.monotonic()
    try:
        run = tried(folder, seconds, seed, saying(begun))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told(run)
    figures = {
        "acknowledged": run.acknowledged,
        **{kind: run.found.counts[kind] for kind in KINDS},
        "planted_bugs": len(PLANTS),
        "planted_bugs_missed": len(run.planted_missed),
        "faults": run.happened.total(),
        "kinds_of_faults": len(run.happened),
        "kinds_possible": run.possible,
        "views_rebuilt": run.rebuilt,
        "events": run.found.events,
        "commands": run.answers["commands"],
        "seconds": time.monotonic() - begun,
        "seed": seed,
    }
    last_line(figures)
    if not run.whole:
        raise SystemExit(1)


def saying(begun: float) -> Callable[[str], None]:
    def say(what: str) -> None:
        print(f"{time.monotonic() - begun:6.1f} s  {what}", file=sys.stderr, flush=True)

    return say


def told(run: Run) -> None:
    if not run.full_disk:
        print("the disk could not be filled: only whoever may mount one of their own can do that")
    table("what happened", ("", "times"), sorted(run.happened.items()))
    table("what was answered, and asked again", ("", "times"), sorted(run.answers.items()))
    if run.refused:
        table("refused by a rule", ("", "times"), run.refused.most_common(20))
    for line in (
        *run.trouble,
        *run.found.where[:20],
        *(f"not seen: {name}" for name in run.planted_missed),
    ):
        print(line)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(float(given[0]) if given else SECONDS, int(given[1]) if len(given) > 1 else SEED)
