"""Emergency access: someone of the house who does not accompany her looks, and is asked why."""

from __future__ import annotations

from collections.abc import Iterator

from cosigne.demo.scale import words
from cosigne.demo.scale.days import instant
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.pen import Pen
from cosigne.people import Person

EVERY_EMERGENCY, EMERGENCY = 75, 4
HOURS = (24, 48, 60)
# most have a reason that holds
CHECKED = ("justified", "justified", "justified", "partly_justified", "not_justified")


def urgent(life: Life) -> Iterator[Moment]:
    """Opened with a reason, for hours; looked at; checked by the privacy officer the day after."""
    pen = Pen(life, "urgent")
    day = life.comes + pen.lot.randint(60, 110)
    worker = another(life)
    if life.number % EVERY_EMERGENCY != EMERGENCY or worker is None or day + 3 > life.last:
        return
    asked = {
        "reason": words.said(pen.lot, "urgent"),
        "expires": instant(day, pen.lot.choice(HOURS)).isoformat(),
    }
    path = pen.path("directory", "/emergency-accesses")
    yield pen.write(day, worker, "open", path, asked, kept=True)
    yield pen.write(day, worker, "look", pen.path("plans", "/plans"), how="GET")
    outcome = pen.lot.choice(CHECKED)
    review = {"outcome": outcome, "words": words.bank()["urgent_checked"][outcome]}
    yield pen.write(
        day + 1, life.house.one("c", 1), "review", f"{path}/{{}}/reviews", review,
        refs=(pen.entry("open"),),
    )  # fmt: skip


def another(life: Life) -> Person | None:
    """Someone who is there all the time, and never was with her."""
    known = {care.worker for care in life.cares}
    house = life.house
    everyone = (house.one("i", number) for number in range(house.programmes, 0, -1))
    return next((one for one in everyone if one not in known), None)
