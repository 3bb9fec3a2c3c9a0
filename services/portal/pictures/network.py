"""Her map as it is drawn: from what the network's service tells to shapes, lines and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from services.portal.pictures.around import Around
from services.portal.pictures.few import OTHERS, Standing, few, others
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
    there = [standing_on(day) for day in days]
    every = list({one.id: one for one in chain(*there)}.values())
    named = {one.id for one in every} if whole else few(every, how or {})
    shown = [
        [*(around_of(one.told) for one in day if one.id in named), *others(day, named)]
        for day in there
    ]
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


def standing_on(day: Told) -> Sequence[Standing]:
    told = [Standing(tie["tie"], tie["circle"], tie) for tie in on_the_map(day)]
    return [*told, *(Standing(one["tie"], None, one) for one in day["named"])]


def on_the_map(network: Told) -> list[Told]:
    return [tie for tie in network["ties"] if not tie["ended"]]


def around_of(told: Told) -> Around:
    rating, support = told.get("rating") or {}, told.get("support") or {}
    return Around(
        told["tie"],
        told["name"],
        told["kind"],
        told.get("circle"),
        rating.get("line"),
        received=bool(support.get("received")),
        given=bool(support.get("given")),
    )
