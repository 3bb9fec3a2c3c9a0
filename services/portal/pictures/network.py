"""Her map as it is drawn: from what the network's service tells to shapes, lines and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from services.portal.pictures.around import Around
from services.portal.pictures.few import OTHERS, few, with_others
from services.portal.pictures.placed import Placed
from services.portal.pictures.rings import Rings, rings
from services.portal.pictures.strokes import Arrow, arrows, curve, spoke

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Drawn:
    """One of them: where, the line from her, and which way support goes."""

    placed: Placed
    spoke: str
    arrows: Sequence[Arrow]
    how: str  # came, went or changed, between two days


@dataclass(frozen=True)
class Drawing:
    rings: Rings
    around: Sequence[Drawn]
    together: Sequence[str]
    names: Sequence[str]
    there: int  # how many are on the map, those counted only among them

    @property
    def named(self) -> set[str]:
        return {one.placed.of.id for one in self.around}

    @property
    def whole(self) -> bool:
        """Everyone is named."""
        return all(one.placed.of.kind != OTHERS for one in self.around)


def drawn(
    days: Sequence[Told],
    names: Sequence[str],
    how: Mapping[str, str] | None = None,
    *,
    whole: bool = False,
) -> Sequence[Drawing]:
    """All whose tie has not ended, on each of some days; `how` says who came and who went.

    Those of whom only the name is told stand outside of the circles. Of many, some are named and the
    others counted, the same on each day, unless the `whole` map is asked for.
    """
    order = [tie["tie"] for day in reversed(days) for tie in day["ties"]]
    there = [around_of(day) for day in days]
    every = list({one.id: one for one in chain(*there)}.values())
    named = {one.id for one in every} if whole else few(every, how or {})
    shown = [with_others(day, named) for day in there]
    found = rings(shown, names, list(dict.fromkeys(order)))
    return [
        drawing(day, one, names, how or {}, len(around))
        for day, one, around in zip(days, found, there, strict=True)
    ]


def drawing(
    day: Told, found: Rings, names: Sequence[str], how: Mapping[str, str], there: int
) -> Drawing:
    at = {placed.of.id: placed for placed in found.placed}
    pairs = [(at[a], at[b]) for a, b in day["lines"] if a in at and b in at]
    around = [
        Drawn(p, spoke(found, p) if p.of.line else "", arrows(found, p), how.get(p.of.id, ""))
        for p in found.placed
    ]
    return Drawing(found, around, [curve(found, one, other) for one, other in pairs], names, there)


def around_of(day: Told) -> Sequence[Around]:
    named = [Around(one["tie"], one["name"], one["kind"]) for one in day["named"]]
    return [*map(one_of, on_the_map(day)), *named]


def on_the_map(network: Told) -> list[Told]:
    return [tie for tie in network["ties"] if not tie["ended"]]


def one_of(tie: Told) -> Around:
    rating, support = tie.get("rating") or {}, tie.get("support") or {}
    return Around(
        tie["tie"],
        tie["name"],
        tie["kind"],
        tie["circle"],
        rating.get("line"),
        received=bool(support.get("received")),
        given=bool(support.get("given")),
    )
