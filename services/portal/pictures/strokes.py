"""The lines of the network's picture: to each one, between two of them, and which way support goes."""

from __future__ import annotations

from math import atan2, degrees, hypot
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
    east, south, long = direction(rings, placed)
    end = max(FROM_ME, long - SHAPE)
    # among many, whole lines would hide the names: the last stretch tells as much
    begin = max(FROM_ME, end - STRETCH) if rings.roomy else FROM_ME
    x, y, far = rings.x + begin * east, rings.y + begin * south, end - begin
    start = f"M{short(x)} {short(y)}"
    if placed.of.line != "tense":
        return f"{start}l{short(far * east)} {short(far * south)}"
    turns = max(2, int(far / WAVE))
    along_x, along_y = far / turns * east, far / turns * south
    aside_x, aside_y = -ZIG * south, ZIG * east
    # out to one side, over to the other and back, and in again: the same steps all along
    left, over, back, right = (
        f"{along_x + n * aside_x:.2f} {along_y + n * aside_y:.2f}" for n in (-1, 2, -2, 1)
    )
    between = [over if n % 2 else back for n in range(1, turns - 1)]
    return f"{start}l{' '.join([left, *between, left if turns % 2 else right])}"


def arrows(rings: Rings, placed: Placed) -> list[Arrow]:
    """Just before someone's shape: what comes to her points to her, what she gives points away."""
    if not (placed.of.received or placed.of.given):
        return []
    east, south, long = direction(rings, placed)
    along = round(degrees(atan2(south, east)))
    told, far = [], long - MARK - 3
    for there, turn in ((placed.of.received, 180), (placed.of.given, 0)):
        if there:
            x, y = rings.x + far * east, rings.y + far * south
            told.append(Arrow(round(x, 1), round(y, 1), along + turn))
            far -= 8
    return told


def curve(rings: Rings, one: Placed, other: Placed) -> str:
    """Between two who know each other: a thin curve that bends away from her."""
    x, y = (one.x + other.x) / 2, (one.y + other.y) / 2
    far = hypot(x - rings.x, y - rings.y) or 1.0
    bend = BEND * hypot(other.x - one.x, other.y - one.y)
    bent_x, bent_y = x + bend * (x - rings.x) / far, y + bend * (y - rings.y) / far
    return f"M{short(one.x)} {short(one.y)}Q{short(bent_x)} {short(bent_y)} {short(other.x)} {short(other.y)}"


def direction(rings: Rings, placed: Placed) -> tuple[float, float, float]:
    """From her to someone: how much of it goes to the right, how much down, and how far it is."""
    x, y = placed.x - rings.x, placed.y - rings.y
    long = hypot(x, y)
    return (x / long, y / long, long) if long else (1.0, 0.0, 0.0)


def short(number: float) -> str:
    """A number of a path, as short as can be seen."""
    return f"{number:.1f}".removesuffix(".0")
