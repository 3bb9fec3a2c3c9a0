"""The lines of the network's picture: to each one, between two of them, and which way support goes."""

from __future__ import annotations

from math import atan2, cos, degrees, hypot, sin
from typing import NamedTuple

from services.portal.pictures.around import MARK
from services.portal.pictures.placed import Placed
from services.portal.pictures.rings import Rings

FROM_ME, ZIG, WAVE = 17.0, 3.0, 7.0
SHAPE = 9.0  # half of a shape as it is drawn
BEND, STRETCH = 0.16, 36.0


class Arrow(NamedTuple):
    """A small head on the line: towards her, or from her."""

    x: float
    y: float
    turned: int


def spoke(rings: Rings, placed: Placed) -> str:
    """The line from her to someone: a strong or thin one is straight, a tense one goes zigzag."""
    along, long = direction(rings, placed)
    end = max(FROM_ME, long - SHAPE)
    # among many, whole lines would hide the names: the last stretch tells as much
    begin = max(FROM_ME, end - STRETCH) if rings.roomy else FROM_ME
    points = [begin, end]
    if placed.of.line == "tense":
        turns = max(2, int((end - begin) / WAVE))
        points = [begin + n * (end - begin) / turns for n in range(turns + 1)]
    told = []
    for n, far in enumerate(points):
        off = 0.0 if n in (0, len(points) - 1) else ZIG * (-1) ** n
        x = rings.x + far * cos(along) - off * sin(along)
        y = rings.y + far * sin(along) + off * cos(along)
        told.append(f"{short(x)} {short(y)}")
    return "M" + "L".join(told)


def arrows(rings: Rings, placed: Placed) -> list[Arrow]:
    """Just before someone's shape: what comes to her points to her, what she gives points away."""
    along, long = direction(rings, placed)
    told, far = [], long - MARK - 3
    for there, turn in ((placed.of.received, 180), (placed.of.given, 0)):
        if there:
            x, y = rings.x + far * cos(along), rings.y + far * sin(along)
            told.append(Arrow(round(x, 1), round(y, 1), round(degrees(along)) + turn))
            far -= 8
    return told


def curve(rings: Rings, one: Placed, other: Placed) -> str:
    """Between two who know each other: a thin curve that bends away from her."""
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    far = hypot(x - rings.x, y - rings.y) or 1.0
    bend = BEND * hypot(other.x - one.x, other.y - one.y)
    bent_x, bent_y = x + bend * (x - rings.x) / far, y + bend * (y - rings.y) / far
    return f"M{short(one.x)} {short(one.y)}Q{short(bent_x)} {short(bent_y)} {short(other.x)} {short(other.y)}"


def direction(rings: Rings, placed: Placed) -> tuple[float, float]:
    x, y = placed.x - rings.x, placed.y - rings.y
    return atan2(y, x), hypot(x, y)


def short(number: float) -> str:
    """A number of a path, as short as can be seen."""
    return f"{number:.1f}".removesuffix(".0")
