"""What it costs to load an aggregate of so many facts, and how much of it a snapshot could save.

`python -m bench.load`: a stream is read, opened and folded; beside it, the same stream folded only,
which is what no snapshot of the folded state would have to do again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from uuid import uuid4

from bench.ground import ground
from bench.report import last_line, middle, table
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import OpenAssessment, RateTheme
from services.assessment.ledger import AssessmentLedger
from shared.coproduction import replay
from shared.http.service import keys_of
from shared.kernel import Act, Contributor
from shared.store.factory import SealedFactory

SIZES = (50, 200, 1000)
ROUNDS = 9
THEMES = tuple(f"theme-{n}" for n in range(55))


def main() -> None:
    rows: list[tuple[object, ...]] = []
    figures: dict[str, float | int | str | None] = {}
    with ground() as here, keys_of(here.settings) as keys:
        factory = SealedFactory.of(here.settings, "assessment", keys)
        factory.open()
        ledger = AssessmentLedger(factory)
        for size in SIZES:
            act = written(ledger, size)
            whole = timed(partial(ledger.load, Assessment, act.tenant, act.command))
            facts = ledger.facts(act.tenant, act.command)
            folded = timed(partial(replay, Assessment(act.command), facts))
            rows.append((size, whole * 1000, folded * 1000, folded / whole))
            figures[f"load_{size}_ms"] = whole * 1000
            figures[f"fold_share_{size}"] = folded / whole
        factory.close()
    table("an aggregate loaded", ("facts", "load ms", "of it folding ms", "share"), rows)
    last_line(figures)


def written(ledger: AssessmentLedger, size: int) -> Act:
    """An assessment of a fictional person with so many facts; its stream is the act's command."""
    her, at = uuid4(), datetime.now(UTC)
    own = Contributor(party=her, role="person", part="wrote", attestation="own")
    act = Act(
        tenant=uuid4(), subject=her, actor=her, author=her, at=at, occurred=at,
        command=uuid4(), contributors=(own,),
    )  # fmt: skip
    opening = OpenAssessment(
        act=act, stream=act.command, catalogue=uuid4(), kind="quality_of_life",
        themes=THEMES, lowest=0, highest=100,
    )  # fmt: skip
    ledger.execute(Assessment, opening)
    for begun in range(0, size - 1, 55):
        again = Act(
            tenant=act.tenant, subject=her, actor=her, author=her, at=at, occurred=at,
            command=uuid4(), contributors=(own,),
        )  # fmt: skip
        count = min(55, size - 1 - begun)
        value = begun // 55 % 101
        ledger.execute_many(
            Assessment,
            [
                RateTheme(act=again, stream=act.command, theme=theme, value=value)
                for theme in THEMES[:count]
            ],
        )
    return act


def timed(work: Callable[[], object]) -> float:
    """Seconds, the median of several rounds."""
    took = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return middle(took)


if __name__ == "__main__":
    main()
