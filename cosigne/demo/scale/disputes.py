"""She disputes what was noted of a plan; whoever noted it answers; at times another settles it."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.period import Period
from cosigne.people import Person

NOT_CONVINCED = 0.45


def disputed(period: Period, name: str, writer: Person, day: int) -> Iterator[Moment]:
    """`name` is the moment that noted it."""
    pen, entry = period.pen, (period.entry(name),)
    reason = {"reason": words.said(pen.lot, "disputing")}
    path = "/entries/{}/"
    yield period.write(
        day, period.life.person, f"{name}/dispute", f"{path}disputes", reason, refs=entry
    )
    if period.worker(day + 2) != writer:
        return
    kept = pen.chance(NOT_CONVINCED)
    answer = {
        "words": words.said(pen.lot, "answering"),
        "outcome": "kept" if kept else "accepted",
    }
    yield period.write(
        day + 2, writer, f"{name}/answer", f"{path}dispute-answers", answer, refs=entry
    )
    if kept:
        # whoever wrote it does not agree: someone who did not write it settles it
        officer = period.life.house.one("c", 1)
        settled = {"words": words.said(pen.lot, "settling"), "outcome": "accepted"}
        yield period.write(
            day + 4, officer, f"{name}/settle", f"{path}dispute-settlements", settled, refs=entry
        )
