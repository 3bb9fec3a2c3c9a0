"""How far a goal has come over time: each party's own line beside the others', none made of two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 360, 212
LEFT, RIGHT, TOP, BOTTOM = 42, 344, 14, 176
LEAST_DAYS = 14  # a first word stands at the left, not in the middle of nothing
MARKS = (0, 50, 100)
# one shape a party: hers the first
SHAPES = ("round", "square", "diamond", "triangle")
SIZE = 6


@dataclass(frozen=True)
class Told:
    """How far, as a party said on a day."""

    party: str
    day: str
    value: int
    words: str = ""


@dataclass(frozen=True)
class Line:
    party: str
    told: Sequence[Told]
    shape: str


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    path: str


@dataclass(frozen=True)
class Drawn:
    """One party's line as it is drawn."""

    name: str
    shape: str
    points: str
    marks: Sequence[Mark]
    legend: str


@dataclass(frozen=True)
class Row:
    day: str
    name: str
    value: int
    words: str


@dataclass(frozen=True)
class Picture:
    lines: Sequence[Drawn]
    rows: Sequence[Row]
    levels: Sequence[tuple[int, float]]
    since: str
    until: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = RIGHT
    bottom: int = BOTTOM

    @property
    def told_words(self) -> bool:
        return any(row.words for row in self.rows)


def told_by(told: Iterable[Told], *, first: str) -> Sequence[Line]:
    """A line for each party, hers first, then in the order in which they spoke."""
    of: dict[str, list[Told]] = {}
    for one in told:
        of.setdefault(one.party, []).append(one)
    parties = sorted(of, key=lambda party: party != first)
    # her shape stays hers, also where she has said nothing
    start = 0 if first in of else 1
    return [
        Line(p, sorted(of[p], key=lambda t: t.day), SHAPES[(n + start) % len(SHAPES)])
        for n, p in enumerate(parties)
    ]


def drawn(lines: Sequence[Line], named: Callable[[str], str]) -> Picture:
    """The picture, and the same in rows, day by day."""
    every = sorted((t for line in lines for t in line.told), key=lambda t: t.day)
    since, until = every[0].day, every[-1].day
    days = max((date.fromisoformat(until) - date.fromisoformat(since)).days, LEAST_DAYS)

    def place(told: Told) -> tuple[float, float]:
        after = (date.fromisoformat(told.day) - date.fromisoformat(since)).days
        return round(LEFT + SIZE + (RIGHT - LEFT - 2 * SIZE) * after / days, 1), height(told.value)

    drawings = []
    for line in lines:
        at = [place(told) for told in line.told]
        points = " ".join(f"{x},{y}" for x, y in at)
        marks = [Mark(x, y, shaped(line.shape, x, y)) for x, y in at]
        drawings.append(
            Drawn(named(line.party), line.shape, points, marks, shaped(line.shape, 10, 10))
        )
    rows = [Row(t.day, named(t.party), t.value, t.words) for t in every]
    levels = [(mark, height(mark)) for mark in MARKS]
    return Picture(drawings, rows, levels, since, until if until != since else "")


def height(value: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / 100, 1)


def shaped(shape: str, x: float, y: float) -> str:
    """The outline of a mark, all about as large to the eye."""
    s = SIZE
    match shape:
        case "round":
            return f"M{x - s},{y}a{s},{s} 0 1 0 {2 * s},0a{s},{s} 0 1 0 {-2 * s},0z"
        case "square":
            return f"M{x - s},{y - s}h{2 * s}v{2 * s}h{-2 * s}z"
        case "diamond":
            return f"M{x},{y - s - 2}l{s + 2},{s + 2}l{-s - 2},{s + 2}l{-s - 2},{-s - 2}z"
        case _:
            return f"M{x},{y - s - 1}l{s + 1},{2 * s}h{-2 * s - 2}z"
