"""Around the ties of her map: how they keep in touch, who knows whom, where they moved to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from cosigne.demo.scale import words
from cosigne.demo.scale.life import Life
from cosigne.demo.scale.moments import Moment
from cosigne.demo.scale.networks import drawn, place, tie_id
from cosigne.demo.scale.pen import Pen

ASKED = 0.5  # of those with a map, whether its people know each other


def between(life: Life) -> Iterator[Moment]:
    found = drawn(life)
    if found is None:
        return
    pen, me = Pen(life, "between"), life.person
    begins, count = found
    day = begins + pen.lot.randint(1, 20)
    for number in range(1, count + 1):
        if pen.chance(0.3):
            body = contact(pen)
            yield pen.write(day, me, f"contact/{number}", place(pen, number, "contact"), body)
    if pen.chance(0.15):
        circle = {"circle": pen.lot.randint(1, 3)}
        yield pen.write(day + 1, me, "place/1", place(pen, 1, "places"), circle)
    if pen.chance(ASKED) and count > 1:
        yield from who_knows_whom(pen, count, day + 2)


def contact(pen: Pen) -> dict[str, Any]:
    means = sorted(words.some(pen.lot, "contact_means", pen.lot.randint(1, 2)))
    return {"often": words.said(pen.lot, "contact_often"), "means": means}


def who_knows_whom(pen: Pen, count: int, day: int) -> Iterator[Moment]:
    """Asked of all of them, so that no line means that they do not; a line may go again."""
    me = pen.life.person
    asking = {"ties": [tie_id(pen, number) for number in range(1, count + 1)]}
    yield pen.write(day, me, "ask", pen.path("network", "/network/alter-ties-asked"), asking)
    pairs = list(combinations(range(1, count + 1), 2))
    known = pen.lot.sample(pairs, pen.lot.randint(0, min(3, len(pairs))))
    lines = pen.path("network", "/network/lines")
    for one, other in known:
        pair = {"one": tie_id(pen, one), "other": tie_id(pen, other)}
        yield pen.write(day, me, f"line/{one}-{other}", lines, pair)
    if known and pen.chance(0.1) and day + 90 <= pen.life.last:
        one, other = known[0]
        pair = {"one": tie_id(pen, one), "other": tie_id(pen, other)}
        yield pen.write(day + 90, me, f"apart/{one}-{other}", f"{lines}/removals", pair)
