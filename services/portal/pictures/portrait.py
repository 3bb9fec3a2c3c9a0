"""The picture of a portrait: each answered theme on a line of its own, others' views beside hers.

Numbers in, places out: where each line and mark stands. Nothing is added up over themes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from services.portal.pictures.sitting import Portrait, Sphere, Theme, Told

WIDTH, LEFT, RIGHT = 340, 16, 324
HEADING, LABEL, LINE, GAP = 30, 20, 26, 14
SIZE, LARGER = 7.0, 11.0
# corners of each shape, and where the first one stands (in turns from the top); none is a circle
SHAPES = {
    "self": (0, 0.0),
    "practitioner": (4, 0.125),
    "peer_worker": (4, 0.0),
    "relative": (3, 0.0),
    "manager": (5, 0.0),
}
OTHER = (6, 0.0)


@dataclass(frozen=True)
class Mark:
    """`whose` is a perspective; its shape says so without a colour."""

    whose: str
    value: int
    x: float
    y: float
    shape: str
    before: bool = False  # of the earlier of two portraits


Marking = Callable[["Theme", float], tuple[Mark, ...]]


@dataclass(frozen=True)
class Row:
    theme: Theme
    y: float
    line: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Group:
    """One sphere, a drawing of its own: side by side where there is room."""

    sphere: Sphere
    rows: tuple[Row, ...]
    height: int


@dataclass(frozen=True)
class Picture:
    groups: tuple[Group, ...]
    ticks: tuple[float, ...]

    @property
    def perspectives(self) -> Sequence[str]:
        """Whose marks there are, hers first: for the key."""
        seen = {m.whose for g in self.groups for r in g.rows for m in r.marks}
        return sorted(seen, key=lambda whose: (whose != "self", whose))

    @property
    def starred(self) -> bool:
        return any(row.theme.star for group in self.groups for row in group.rows)


def picture_of(portrait: Portrait) -> Picture:
    """Each theme answered in a figure."""
    scale = Scale.of(portrait.told)

    def marks(theme: Theme, line: float) -> tuple[Mark, ...]:
        return () if theme.value is None else tuple(marks_of(theme, scale, line))

    return drawn(portrait, scale, marks)


def compared(later: Portrait, told: Told) -> Picture:
    """Two sittings on the same lines: the figure of then, and the figure of now."""
    scale = Scale.of(later.told)
    differences = {one["meaning"]: one for one in told["differences"]}

    def marks(theme: Theme, line: float) -> tuple[Mark, ...]:
        one = differences.get(theme.asked["meaning"])
        if one is None or one["points"] is None:
            return ()
        before, after = one["before"]["value"], one["after"]["value"]
        then = mark("self", before, scale, line, before=True)
        return then, mark("self", after, scale, line)

    return drawn(later, scale, marks)


def drawn(portrait: Portrait, scale: Scale, marks: Marking) -> Picture:
    """Sphere by sphere, the lines on which there is a mark."""
    groups = []
    for sphere in portrait.spheres:
        rows: list[Row] = []
        for theme in sphere.themes:
            y = HEADING + len(rows) * (LABEL + LINE) + LABEL
            if made := marks(theme, y + LINE / 2):
                rows.append(Row(theme, y, y + LINE / 2, made))
        if rows:
            height = HEADING + len(rows) * (LABEL + LINE) + GAP
            groups.append(Group(sphere, tuple(rows), height))
    return Picture(tuple(groups), tuple(scale.x(step["value"]) for step in portrait.steps))


@dataclass(frozen=True)
class Scale:
    lowest: int
    highest: int

    @classmethod
    def of(cls, told: Told) -> Scale:
        return cls(told["scale"]["lowest"], told["scale"]["highest"])

    def x(self, value: int) -> float:
        share = (value - self.lowest) / ((self.highest - self.lowest) or 1)
        return round(LEFT + share * (RIGHT - LEFT), 1)


def marks_of(theme: Theme, scale: Scale, y: float) -> Iterator[Mark]:
    """Hers, and around it, open and a little larger, what others see: neither hides the other."""
    if theme.value is not None:
        yield mark("self", theme.value, scale, y)
    for view in theme.views:
        if view["value"] is not None:
            yield mark(view["perspective"], view["value"], scale, y)


def mark(whose: str, value: int, scale: Scale, y: float, *, before: bool = False) -> Mark:
    x = scale.x(value)
    size = SIZE if whose == "self" else LARGER
    return Mark(whose, value, x, y, outline(whose, x, y, size), before)


def outline(whose: str, x: float, y: float, size: float = SIZE) -> str:
    """The outline of a perspective's shape, as an SVG path."""
    corners, first = SHAPES.get(whose, OTHER)
    if not corners:
        return f"M{x - size:g} {y:g}a{size:g} {size:g} 0 1 0 {2 * size:g} 0a{size:g} {size:g} 0 1 0 {-2 * size:g} 0Z"
    turns = (2 * pi * (first + corner / corners) for corner in range(corners))
    points = (f"{x + size * sin(t):.1f} {y - size * cos(t):.1f}" for t in turns)
    return "M" + "L".join(points) + "Z"
