"""Which figures may be said of which places: none about fewer than k, none had by subtracting.

A figure is safe to say of a group when it is true of at least k in it, and untrue of at least k: so
a count of all, or of none, is not told either. Named places and what is left over cut the persons
into groups that do not overlap; whatever is added up or subtracted, the sums of these groups are
all that can be worked out. So each of them has to be safe. What was said before counts along.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.reporting.domain.places import (
    Group,
    Named,
    Place,
    Sums,
    Unit,
    Values,
    joined,
    units_of,
)

LEAST_K, LEAST_K_OUTSIDE = 5, 11


@dataclass(frozen=True)
class Figure:
    """Of how many of a `whole` something is true, by place; `whole` None for all who are counted."""

    inside: Values
    whole: Values | None = None

    @property
    def units(self) -> Group:
        """The places where there is anybody of the whole."""
        counted = self.inside if self.whole is None else self.whole
        return frozenset(unit for unit, value in counted.items() if value)

    def sums(self, group: Iterable[Unit]) -> tuple[int, ...]:
        """Of how many it is true, and of how many it is not."""
        units = list(group)
        inside = sum(self.inside.get(unit, 0) for unit in units)
        if self.whole is None:
            return (inside,)
        return inside, sum(self.whole.get(unit, 0) for unit in units) - inside

    def safe(self, group: Iterable[Unit], k: int) -> bool:
        return min(self.sums(group)) >= k


@dataclass(frozen=True)
class Earlier:
    """What was said of the figure before; `whole` None as in the figure."""

    named: Named
    inside: Sums
    whole: Sums | None = None

    @property
    def places(self) -> Group:
        return self.named.programmes | {(site, None) for site in self.named.sites}

    def sums(self, group: Group) -> tuple[int, ...]:
        """As it was then; the group is made of whole groups of that time."""
        keys = {self.named.key(unit) for unit in group}
        inside = sum(self.inside.group(self.named, key) for key in keys)
        if self.whole is None:
            return (inside,)
        return inside, sum(self.whole.group(self.named, key) for key in keys) - inside


def sayable(
    figure: Figure, within: Named | None, k: int, earlier: Sequence[Earlier] = ()
) -> Named | None:
    """Of which places it may be said, besides of all together; None when not even of all.

    `within` are the places of which its whole is said, None where it has none.
    """
    named = Named.every(figure.units) if within is None else within
    for one in earlier:
        # a place left unsaid once stays so: else what was left over then could be cut by it now
        named = named.common(one.named)
    if not figure.safe(figure.units, k):
        return None
    while (group := offending(figure, named, k, earlier)) is not None:
        withheld = to_withhold(figure, named, group)
        if withheld is None:
            return None
        named = named.without(withheld[0])
    return named


def offending(figure: Figure, named: Named, k: int, earlier: Sequence[Earlier]) -> Group | None:
    """A group of which something would be known that is about too few; None if there is none."""
    units = figure.units
    known = [*(units_of(place, units) for place in named.places), *named.groups(units)]
    too_small = (group for group in known if not figure.safe(group, k))
    # places that were named and where nobody is any more: that is not told
    every = units.union(*(one.places for one in earlier))
    moved = (
        group
        for one in earlier
        for group in joined([*named.groups(every), *one.named.groups(every)])
        if not steady(figure.sums(group), one.sums(group), k)
    )
    cut = (
        group
        for group in atoms(named, units, earlier)
        if not figure.safe(group, k) and not any(group in o.named.groups(units) for o in earlier)
    )
    return next((group for found in (too_small, moved, cut) for group in found), None)


def steady(now: Sequence[int], then: Sequence[int], k: int) -> bool:
    """Whether nothing has changed, or for no fewer than k: of those of whom it is true, and not."""
    changes = [abs(a - b) for a, b in zip(now, then, strict=True)]
    return not any(changes) or min(changes) >= k


def atoms(named: Named, units: Group, earlier: Sequence[Earlier]) -> list[Group]:
    """The groups of all times cut by each other: known to who assumes that nobody came or went."""
    found = named.groups(units) if earlier else []
    for one in earlier:
        found = [a & cut for a in found for cut in one.named.groups(units) if a & cut]
    return found


def to_withhold(figure: Figure, named: Named, group: Group) -> tuple[Place] | None:
    """One more named place that goes unsaid because of a group: itself, else the smallest near it."""
    units = figure.units
    itself = [place for place in named.places if units_of(place, units) == group & units]
    sites = {site for site, _ in group}
    within = named.sites & sites if len(sites) == 1 else frozenset()
    beside = [place for place in named.programmes if place[0] in within]
    near: Sequence[Place] = itself or beside or [*within] or [*named.sites]
    if not near:
        return None
    return (min(near, key=lambda place: (min(figure.sums(units_of(place, units))), str(place))),)
