"""Places and sums over them: every person counts in one, and what is named cuts them into groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Unit = tuple[UUID | None, UUID | None]  # site, programme
Site = UUID | None
Place = Unit | Site
Group = frozenset[Unit]
Values = Mapping[Unit, int]


@dataclass(frozen=True)
class Named:
    """The places of which a figure is said: sites, and programmes within them."""

    sites: frozenset[Site] = frozenset()
    programmes: frozenset[Unit] = frozenset()

    @classmethod
    def every(cls, units: Iterable[Unit]) -> Named:
        known = list(units)
        return cls(frozenset(site for site, _ in known), frozenset(known))

    @property
    def places(self) -> list[Place]:
        return [*self.programmes, *self.sites]

    def without(self, place: Place) -> Named:
        """One place less; a site takes its programmes along."""
        if isinstance(place, tuple):
            return Named(self.sites, self.programmes - {place})
        left = frozenset(unit for unit in self.programmes if unit[0] != place)
        return Named(self.sites - {place}, left)

    def common(self, other: Named) -> Named:
        """The places that both name."""
        return Named(self.sites & other.sites, self.programmes & other.programmes)

    def groups(self, units: Iterable[Unit]) -> list[Group]:
        """Of what the sums can be worked out: each programme, the rest of each site, of all."""
        found: dict[object, set[Unit]] = {}
        for unit in units:
            found.setdefault(self.key(unit), set()).add(unit)
        return [frozenset(group) for group in found.values()]

    def key(self, unit: Unit) -> Any:
        if unit in self.programmes:
            return unit
        return ("rest of a site", unit[0]) if unit[0] in self.sites else "rest"


def units_of(place: Place, units: Iterable[Unit]) -> Group:
    if isinstance(place, tuple):
        return frozenset({place})
    return frozenset(unit for unit in units if unit[0] == place)


@dataclass(frozen=True)
class Sums:
    """What has been said of a figure: of the total, and of each named place."""

    total: int
    of: Mapping[Place, int]

    @classmethod
    def counted(cls, values: Values, named: Named) -> Sums:
        of = {p: sum(values.get(u, 0) for u in units_of(p, values)) for p in named.places}
        return cls(sum(values.values()), of)

    def group(self, named: Named, key: Any) -> int:
        """The sum of one of the groups that `named` cuts the places into."""
        if key == "rest":
            return self.total - sum(self.of[site] for site in named.sites)
        if isinstance(key, tuple) and key[0] == "rest of a site":
            programmes = (p for p in named.programmes if p[0] == key[1])
            return self.of[key[1]] - sum(self.of[p] for p in programmes)
        return self.of[key]


def joined(groups: Iterable[Group]) -> list[Group]:
    """The finest cut of which all these are parts: groups that overlap become one."""
    found: list[Group] = []
    for group in groups:
        whole, others = group, []
        for one in found:
            if one & whole:
                whole |= one
            else:
                others.append(one)
        found = [*others, whole]
    return [group for group in found if group]
