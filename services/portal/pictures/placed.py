"""Someone in the picture: where the shape stands, and the name beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from services.portal.pictures.around import MARK, ROW, Around, Box


@dataclass(frozen=True)
class Placed:
    """Where one stands: the middle of the shape, and the first row of the name."""

    of: Around
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str


def written(one: Around, x: float, y: float, side: float) -> Iterator[Placed]:
    """A name to the outer side of its shape, else below it, above it, or to the inner side."""
    high = ROW * len(one.rows)
    beside = y - high / 2 + ROW - 3.5
    right = Placed(one, x, y, x + MARK, beside, "start")
    left = Placed(one, x, y, x - MARK, beside, "end")
    below = Placed(one, x, y, x, y + MARK + ROW - 3, "middle")
    above = Placed(one, x, y, x, y - MARK - high + ROW - 3, "middle")
    yield from (right, below, above, left) if side >= 0 else (left, below, above, right)


def name_of(placed: Placed) -> Box:
    """The room of a name."""
    rows = placed.of.rows
    long = placed.of.long
    left = placed.text_x - {"start": 0.0, "middle": long / 2, "end": long}[placed.anchor]
    top = placed.text_y - ROW + 3
    return Box(left, top, left + long, top + ROW * len(rows))
