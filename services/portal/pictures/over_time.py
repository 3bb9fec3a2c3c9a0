"""One theme over time: her answers in figures, day by day, the first one first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.portal.pictures.portrait import outline

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 340, 16, 324, 28, 208


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    day: str
    shape: str


@dataclass(frozen=True)
class Line:
    dots: tuple[Dot, ...]
    path: str
    levels: tuple[tuple[float, int], ...]


def line_of(answers: Sequence[Mapping[str, Any]], scale: Mapping[str, int]) -> Line | None:
    """None when there are not two figures to join."""
    told = [one["answer"] for one in answers if one["answer"]["value"] is not None]
    if len(told) < 2:
        return None
    days = [date.fromisoformat(answer["occurred_at"][:10]) for answer in told]
    lowest, highest = scale["lowest"], scale["highest"]

    def y(value: float) -> float:
        share = (value - lowest) / ((highest - lowest) or 1)
        return round(BOTTOM - share * (BOTTOM - TOP), 1)

    span = (days[-1] - days[0]).days or 1
    dots = []
    for answer, day in zip(told, days, strict=True):
        x = round(LEFT + (day - days[0]).days / span * (RIGHT - LEFT), 1)
        at = y(answer["value"])
        dots.append(Dot(x, at, day.isoformat(), outline("self", x, at, 6)))
    path = "M" + "L".join(f"{dot.x:g} {dot.y:g}" for dot in dots)
    levels = tuple((y(v), v) for v in (lowest, (lowest + highest) // 2, highest))
    return Line(tuple(dots), path, levels)
