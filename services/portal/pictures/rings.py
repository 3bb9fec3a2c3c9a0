"""Where each stands around her: circles, the nearer the closer, and no name over another.

Whoever was placed first keeps a direction of one's own, so that a map looks the same when somebody
comes, goes, or is moved to another circle, and "then" can be laid beside "now".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import atan2, cos, hypot, pi, sin, sqrt

from services.portal.pictures.around import (
    MARK,
    Around,
    Box,
    Taken,
    Ways,
    in_short,
    square,
    wide,
)
from services.portal.pictures.bands import CIRCLES, NOWHERE, bands_of, both_ways, lanes_of, room
from services.portal.pictures.placed import Placed, name_of, written

PHONE = 328.0  # what a phone of 360 px leaves to a picture
HEIGHTS = (1.0, 1.12, 1.25, 1.4, 1.55, 1.7, 1.85, 2.1)
FULL = 0.38  # no picture holds more than this of shapes and names
ROOMY = 1.4  # how much higher than wide a map of many is
GROWTH = 1.1
# how a name is written where there are so many: in how many rows of how many letters
WRITTEN = ((8, 3, 14), (14, 2, 12), (21, 1, 12), (30, 1, 10))
MANY = (1, 14)
FEW = 14  # of more than these, a place to which no line covers anybody is seldom found, and long looked for
ME = 20.0  # half of the room that "me" takes
EDGE = 3.0
GOLDEN = pi * (3 - sqrt(5))
RING_NAME = 12.0


@dataclass(frozen=True)
class Rings:
    """The whole picture: `radii` are the circles, half as wide and half as high as they are."""

    width: float
    height: float
    radii: Sequence[tuple[float, float]]
    placed: Sequence[Placed]

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
    days: Sequence[Sequence[Around]],
    names: Sequence[str] = ("", "", ""),
    order: Sequence[str] = (),
) -> Sequence[Rings]:
    """The map on one day, or on several beside each other: pictures of one size, the smallest.

    `names` are those of the circles; `order` says which direction is whose. Whoever is in the
    same circle on each day stands at the same place in each picture.
    """
    there = max(map(len, days))
    most, letters = next(((r, w) for n, r, w in WRITTEN if there <= n), MANY)
    days = [[replace(one, rows=in_short(one.name, most, letters)) for one in day] for day in days]
    circles: dict[str, list[int | None]] = {}
    for one in chain(*days):
        circles.setdefault(one.id, []).append(one.circle)
    turns = {id_: n * GOLDEN - pi / 3 for n, id_ in enumerate(order or circles)}
    stays = {id_ for id_, of in circles.items() if len(of) == len(days) and len({*of}) == 1}
    sure = [
        sorted(day, key=lambda one: (one.id not in stays, one.circle or NOWHERE)) for day in days
    ]
    found = (
        [
            Attempt(width, height, bands_of(days, width / 2 - EDGE), names, turns).made(day)
            for day in sure
        ]
        for width, height in sizes(max(sum(map(room, day)) for day in days))
    )
    return next([day for day in made if day] for made in found if all(made))


def sizes(needed: float) -> Iterator[tuple[float, float]]:
    """From the smallest that may do, each larger than the one before: sooner or later all fits."""
    for higher in HEIGHTS:
        if needed < FULL * PHONE * PHONE * higher:
            yield PHONE, round(PHONE * higher)
    width = max(PHONE, sqrt(needed / FULL / ROOMY))
    while True:
        width *= GROWTH
        yield round(width), round(width * ROOMY)


class Attempt:
    """To place all in a picture of one size: the first free place from each one's own direction."""

    def __init__(
        self,
        width: float,
        height: float,
        bands: Sequence[tuple[float, float]],
        names: Sequence[str],
        turns: Mapping[str, float],
    ) -> None:
        self.width, self.height, self.bands, self.turns = width, height, bands, turns
        self.high = height / width
        self.lanes = [lanes_of(inner + MARK, outer - MARK) for inner, outer in bands]
        self.taken = Taken(height)
        self.taken.take(square(width / 2, height / 2, ME))
        self.ways = Ways()
        for n, name in enumerate(names):
            self.taken.take(box := self.named(n, name))
            self.ways.take(-pi / 2, self.bands[n][1] - RING_NAME, (box.right - box.left) / 2)

    def named(self, n: int, name: str) -> Box:
        """Where the name of a circle is written: on top of it, inside."""
        half, top = wide(name, RING_NAME) / 2 + 2, self.height / 2 - self.bands[n][1] * self.high
        return Box(self.width / 2 - half, top + 1, self.width / 2 + half, top + RING_NAME + 5)

    def made(self, around: Sequence[Around]) -> Rings | None:
        placed = []
        few = self.width == PHONE and len(around) <= FEW
        for one in around:
            found = self.place(one, few=few)
            if found is None:
                return None
            self.taken.take(square(found.x, found.y, MARK))
            self.taken.take(name_of(found))
            east, south = found.x - self.width / 2, (found.y - self.height / 2) / self.high
            self.ways.take(atan2(south, east), hypot(east, south), MARK)
            placed.append(found)
        radii = [(round(r, 1), round(r * self.high, 1)) for _, r in self.bands[: len(CIRCLES)]]
        return Rings(self.width, self.height, radii, placed)

    def fits(self, box: Box) -> bool:
        return box.within(self.width, self.height) and self.taken.free(box)

    def place(self, one: Around, *, few: bool) -> Placed | None:
        """Of a few: where the line to someone covers nobody, if there is such a place; else where there is one."""
        if few and (found := next(self.places(one, clear=True), None)):
            return found
        return next(self.places(one), None)

    def covers(self, place: Placed) -> bool:
        return name_of(place).crossed(self.width / 2, self.height / 2, place.x, place.y)

    def places(self, one: Around, clear: bool = False) -> Iterator[Placed]:
        """Where there is room in the circle, from the direction of one's own on, to both sides."""
        lanes = self.lanes[(one.circle or NOWHERE) - 1]
        middle_x, middle_y, high = self.width / 2, self.height / 2, self.high
        for turn in both_ways(self.turns.get(one.id, 0.0)):
            across, down = cos(turn), sin(turn) * high
            for lane in lanes:
                if clear and not self.ways.open(turn, lane):
                    continue
                x, y = middle_x + lane * across, middle_y + lane * down
                if not self.taken.holds(x, y) and self.fits(square(x, y, MARK)):
                    named = written(one, round(x, 1), round(y, 1), across)
                    fit = (p for p in named if self.fits(name_of(p)))
                    yield from (p for p in fit if not (clear and self.covers(p)))
