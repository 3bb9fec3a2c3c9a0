"""The circles around her: from where to where each reaches, and where one looks for a place in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from math import pi

from services.portal.pictures.around import MARK, ROW, Around

NEAREST = 32.0  # where the first circle begins
CIRCLES = (1, 2, 3)
NOWHERE = 4  # outside of all circles: not placed in one yet
STEP = pi / 40
LANE = 6.0


def room(one: Around) -> float:
    """What a shape and a name cover."""
    return 4 * MARK * MARK + one.long * ROW * len(one.rows)


def both_ways(own: float) -> Iterator[float]:
    """One's own direction, then further and further from it to both sides."""
    yield own
    for n in range(1, int(pi / STEP) + 1):
        yield own + n * STEP
        yield own - n * STEP


def bands_of(days: Sequence[Sequence[Around]], reach: float) -> Sequence[tuple[float, float]]:
    """From where to where each circle reaches: the more are in it, the wider."""
    nowhere = any(one.circle is None for one in chain(*days))
    counted = [*CIRCLES, NOWHERE] if nowhere else [*CIRCLES]
    needed = [
        max(sum(room(one) for one in day if (one.circle or NOWHERE) == circle) for day in days)
        for circle in counted
    ]
    least = [2 * MARK + 4 if need else MARK + 4 for need in needed]
    spare = reach - NEAREST - sum(least)
    wides = [(reach - NEAREST) / len(counted)] * len(counted)
    for _ in range(4):
        middles = [NEAREST + sum(wides[:n]) + wides[n] / 2 for n in range(len(counted))]
        wanted = [(need + 1200) / middle for need, middle in zip(needed, middles, strict=True)]
        wides = [
            thin + spare * want / sum(wanted) for thin, want in zip(least, wanted, strict=True)
        ]
    ends = [NEAREST + sum(wides[: n + 1]) for n in range(len(counted))]
    return list(zip([NEAREST, *ends], ends, strict=False))


def lanes_of(inner: float, outer: float) -> Sequence[float]:
    """The middle of a circle first, then what is left on both sides of it."""
    middle, half = (inner + outer) / 2, max(0.0, (outer - inner) / 2)
    steps = [n * LANE for n in range(1, int(half / LANE) + 1)]
    return [middle, *(middle + s * sign for s in steps for sign in (1, -1))]
