"""What a picture of the network shows of each: a shape, a name in short, and how much room it needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from math import atan2, ceil, pi
from textwrap import wrap
from typing import NamedTuple

SIZE = 13.0  # of names, in units of the picture: a unit is a pixel on a small phone
ROW = 14.0
MARK = 12.0  # half of the square that a shape keeps to itself: wide enough for a finger's tip
GRAIN = 2.0  # how finely the room that is taken is known
# how wide a letter is, in parts of its height; the font that comes with the portal is a little less
NARROW, WIDE = "iljtfrI.,'’ -:!()", "mwMWÉ@%œŒ"


@dataclass(frozen=True)
class Around:
    """Someone or something around her, as the picture needs it."""

    id: str
    name: str
    kind: str = "person"
    circle: int | None = None
    line: str | None = None
    received: bool = False
    given: bool = False
    rows: tuple[str, ...] = ()  # the name as the picture writes it

    @cached_property
    def long(self) -> float:
        """How wide the name is, as the picture writes it."""
        return max(map(wide, self.rows))


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def within(self, width: float, height: float) -> bool:
        return self.left >= 1 and self.top >= 1 and self.right < width and self.bottom < height

    def crossed(self, x: float, y: float, to_x: float, to_y: float) -> bool:
        """Whether a line from one point to another goes through it."""
        begin, end = 0.0, 1.0
        for at, along, least, most in (
            (x, to_x - x, self.left, self.right),
            (y, to_y - y, self.top, self.bottom),
        ):
            if not along:
                if not least < at < most:
                    return False
                continue
            near, far = sorted(((least - at) / along, (most - at) / along))
            begin, end = max(begin, near), min(end, far)
        return begin < end


class Taken:
    """The room that is taken, as rows of bits: no name is written over another."""

    def __init__(self, height: float) -> None:
        self.rows = [0] * (int(height / GRAIN) + 2)

    def take(self, box: Box) -> None:
        top, bottom, bits = self.covered(box)
        for row in range(top, bottom):
            self.rows[row] |= bits

    def holds(self, x: float, y: float) -> bool:
        """Whether this very point is taken: asked before a whole box, most places fall out by it."""
        return bool(self.rows[int(y / GRAIN)] >> int(x / GRAIN) & 1)

    def free(self, box: Box) -> bool:
        top, bottom, bits = self.covered(box)
        return not any(map(bits.__and__, self.rows[top:bottom]))

    def covered(self, box: Box) -> tuple[int, int, int]:
        left, right = int(box.left / GRAIN), ceil(box.right / GRAIN)
        bits = ((1 << (right - left)) - 1) << left
        return int(box.top / GRAIN), ceil(box.bottom / GRAIN), bits


class Ways:
    """The directions in which something stands: a line that goes further would cover it."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, float, float]] = []

    def take(self, turn: float, far: float, half: float) -> None:
        self.taken.append((turn, far, atan2(half, far)))

    def open(self, turn: float, far: float) -> bool:
        return not any(
            there < far and abs((turn - at + pi) % (2 * pi) - pi) < half
            for at, there, half in self.taken
        )


def square(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def in_short(name: str, most: int, letters: int) -> tuple[str, ...]:
    """A name in so many rows of so many letters; what is longer ends in an ellipsis and stands whole in the list."""
    if most == 1:
        return (cut(name, letters),)
    rows = wrap(name, letters) or [""]
    if len(rows) <= most:
        return tuple(rows)
    return (*rows[: most - 1], cut(" ".join(rows[most - 1 :]), letters))


def cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1].rstrip(" ’'-") + "…"


def wide(text: str, size: float = SIZE) -> float:
    """How wide a text is at most, in units of the picture."""
    return size * sum(map(part_of, text))


@cache
def part_of(letter: str) -> float:
    if letter in NARROW:
        return 0.36
    if letter in WIDE:
        return 0.92
    return 0.7 if letter.isupper() else 0.58
