"""Her map as it is drawn: from what the network's service tells to shapes, lines and names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.portal.pictures.around import Around
from services.portal.pictures.rings import Placed, Rings, rings
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


def drawn(
    network: Told,
    names: Sequence[str],
    order: Mapping[str, int] | None = None,
    how: Mapping[str, str] | None = None,
) -> Drawing:
    """All whose tie has not ended; those of whom only the name is told stand outside the circles."""
    around = [around_of(tie) for tie in on_the_map(network)]
    around += [Around(one["tie"], one["name"], one["kind"]) for one in network.get("named", ())]
    found = rings(around, [(a, b) for a, b in network.get("lines", ())], names, order)
    return Drawing(
        found,
        [
            Drawn(
                p,
                spoke(found, p) if p.of.line else "",
                arrows(found, p),
                (how or {}).get(p.of.id, ""),
            )
            for p in found.placed
        ],
        [curve(found, one, other) for one, other in found.together],
        names,
    )


def on_the_map(network: Told) -> list[Told]:
    return [tie for tie in network["ties"] if not tie["ended"]]


def around_of(tie: Told) -> Around:
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
