"""Where each stands around her: circles, the nearer the closer, and no name over another.

Whoever was placed first keeps a direction of one's own, so that a map looks the same when somebody
comes, goes, or is moved to another circle, and "then" can be laid beside "now".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import cos, pi, sin, sqrt

from services.portal.pictures.around import MARK, ROW, Around, Box, Taken, in_short, square, wide

PHONE = 328.0  # what a phone of 360 px leaves to a picture
HEIGHTS = (1.0, 1.12, 1.25, 1.4, 1.55, 1.7, 1.85)
FULL = 0.45  # no picture holds more than this of shapes and names
ROOMY = 1.4  # how much higher than wide a map of many is
GROWTH = 1.1
FEW = 14  # so many have room for a name in two rows
ME, NEAREST = 20.0, 32.0  # half of the room that "me" takes, and where the first circle begins
EDGE = 3.0
CIRCLES = (1, 2, 3)
NOWHERE = 4  # outside of all circles: not placed in one yet
GOLDEN = pi * (3 - sqrt(5))
STEP = pi / 40
RING_NAME = 11.0


@dataclass(frozen=True)
class Placed:
    """Where one stands: the middle of the shape, and the first row of the name."""

    of: Around
    x: float
    y: float
    text_x: float
    text_y: float
    anchor: str


@dataclass(frozen=True)
class Rings:
    """The whole picture: `radii` are the circles, half as wide and half as high as they are."""

    width: float
    height: float
    radii: Sequence[tuple[float, float]]
    placed: Sequence[Placed]
    together: Sequence[tuple[Placed, Placed]] = ()

    @property
    def x(self) -> float:
        return self.width / 2

    @property
    def y(self) -> float:
        return self.height / 2

    @property
    def roomy(self) -> bool:
        """Wider than a small phone: looked at piece by piece there."""
        return self.width > PHONE


def rings(
    around: Sequence[Around],
    together: Iterable[tuple[str, str]] = (),
    names: Sequence[str] = ("", "", ""),
    order: Mapping[str, int] | None = None,
) -> Rings:
    """The smallest picture that holds them all; `names` are those of the circles.

    `order` says which direction is whose where two pictures of the same life are compared.
    """
    most = 2 if len(around) <= FEW else 1
    around = [replace(one, rows=in_short(one.name, most)) for one in around]
    found = next(filter(None, (Attempt(*s, around, names, order).made() for s in sizes(around))))
    at = {placed.of.id: placed for placed in found.placed}
    lines = [(at[one], at[other]) for one, other in together if one in at and other in at]
    return Rings(found.width, found.height, found.radii, found.placed, lines)


def sizes(around: Sequence[Around]) -> Iterator[tuple[float, float]]:
    """From the smallest that may do, each larger than the one before: sooner or later all fits."""
    needed = sum(room(one) for one in around)
    for higher in HEIGHTS:
        if needed < FULL * PHONE * PHONE * higher:
            yield PHONE, round(PHONE * higher)
    width = max(PHONE, sqrt(needed / FULL / ROOMY))
    while True:
        width *= GROWTH
        yield round(width), round(width * ROOMY)


def room(one: Around) -> float:
    """What a shape and a name cover."""
    return 4 * MARK * MARK + max(map(wide, one.rows)) * ROW * len(one.rows)


class Attempt:
    """To place all in a picture of one size: the first free place from each one's own direction."""

    def __init__(
        self,
        width: float,
        height: float,
        around: Sequence[Around],
        names: Sequence[str],
        order: Mapping[str, int] | None,
    ) -> None:
        self.width, self.height, self.around = width, height, around
        self.order = order or {one.id: n for n, one in enumerate(around)}
        self.high = height / width
        self.bands = bands_of(around, width / 2 - EDGE)
        self.taken = Taken(height)
        self.taken.take(square(width / 2, height / 2, ME))
        for n, name in enumerate(names):
            self.taken.take(self.named(n, name))

    def named(self, n: int, name: str) -> Box:
        """Where the name of a circle is written: on top of it, inside."""
        half, top = wide(name, RING_NAME) / 2 + 2, self.height / 2 - self.bands[n][1] * self.high
        return Box(self.width / 2 - half, top + 1, self.width / 2 + half, top + RING_NAME + 5)

    def made(self) -> Rings | None:
        placed = {}
        for one in sorted(self.around, key=lambda one: one.circle or NOWHERE):
            found = next(self.places(one), None)
            if found is None:
                return None
            self.taken.take(square(found.x, found.y, MARK))
            self.taken.take(name_of(found))
            placed[one.id] = found
        radii = [(round(r, 1), round(r * self.high, 1)) for _, r in self.bands[: len(CIRCLES)]]
        return Rings(self.width, self.height, radii, [placed[one.id] for one in self.around])

    def fits(self, box: Box) -> bool:
        return box.within(self.width, self.height) and self.taken.free(box)

    def places(self, one: Around) -> Iterator[Placed]:
        """Where there is room in the circle, from the direction of one's own on, to both sides."""
        inner, outer = self.bands[(one.circle or NOWHERE) - 1]
        lanes = lanes_of(inner + MARK, outer - MARK)
        own = self.order.get(one.id, 0) * GOLDEN - pi / 3
        for n in range(int(pi / STEP) + 1):
            for turn in {own + n * STEP, own - n * STEP}:
                for lane in lanes:
                    x = self.width / 2 + lane * cos(turn)
                    y = self.height / 2 + lane * self.high * sin(turn)
                    if self.fits(square(x, y, MARK)):
                        named = written(one, round(x, 1), round(y, 1), cos(turn))
                        yield from (p for p in named if self.fits(name_of(p)))


def bands_of(around: Sequence[Around], reach: float) -> Sequence[tuple[float, float]]:
    """From where to where each circle reaches: the more are in it, the wider."""
    counted = [*CIRCLES, NOWHERE] if any(one.circle is None for one in around) else [*CIRCLES]
    needed = [sum(room(o) for o in around if (o.circle or NOWHERE) == c) for c in counted]
    least = 2 * MARK + 4
    spare = reach - NEAREST - least * len(counted)
    wides = [(reach - NEAREST) / len(counted)] * len(counted)
    for _ in range(4):
        middles = [NEAREST + sum(wides[:n]) + wides[n] / 2 for n in range(len(counted))]
        wanted = [(need + 2500) / middle for need, middle in zip(needed, middles, strict=True)]
        wides = [least + spare * want / sum(wanted) for want in wanted]
    ends = [NEAREST + sum(wides[: n + 1]) for n in range(len(counted))]
    return list(zip([NEAREST, *ends], ends, strict=False))


def lanes_of(inner: float, outer: float) -> Sequence[float]:
    """The middle of a circle first, then what is left on both sides of it."""
    middle, half = (inner + outer) / 2, max(0.0, (outer - inner) / 2)
    steps = [n * MARK for n in range(1, int(half / MARK) + 1)]
    return [middle, *(middle + s * sign for s in steps for sign in (1, -1))]


def written(one: Around, x: float, y: float, side: float) -> Iterator[Placed]:
    """A name to the outer side of its shape, else below it, above it, or to the inner side."""
    high = ROW * len(one.rows)
    beside = y - high / 2 + ROW - 3.5
    right = Placed(one, x, y, x + MARK, beside, "start")
    left = Placed(one, x, y, x - MARK, beside, "end")
    below = Placed(one, x, y, x, y + MARK + ROW - 4, "middle")
    above = Placed(one, x, y, x, y - MARK - high + ROW - 2, "middle")
    yield from (right, below, above, left) if side >= 0 else (left, below, above, right)


def name_of(placed: Placed) -> Box:
    """The room of a name."""
    rows = placed.of.rows
    long = max(map(wide, rows))
    left = placed.text_x - {"start": 0.0, "middle": long / 2, "end": long}[placed.anchor]
    top = placed.text_y - ROW + 3
    return Box(left, top, left + long, top + ROW * len(rows))
