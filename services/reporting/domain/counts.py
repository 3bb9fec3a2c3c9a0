"""The counts an organisation has published: what may be said now, beside all that was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from services.reporting.domain.cells import LEAST_K, LEAST_K_OUTSIDE, Earlier, Figure, sayable
from services.reporting.domain.counting import FIGURES, METHOD, VERSION, WHOLE, Counted
from services.reporting.domain.events import VOICES, CountedPlace, CountsPublished
from services.reporting.domain.places import Named, Place, Sums, units_of
from shared import coproduction
from shared.kernel import Command, Fact, Invalid, Refused

EVERYWHERE, SITE, PROGRAMME = "everywhere", "site", "programme"


@dataclass(frozen=True, kw_only=True)
class PublishCounts(Command):
    """`counted` is what the record comes to now; `outside` whether it may leave the house."""

    opens: ClassVar[bool] = True

    counted: Counted
    k: int = LEAST_K
    outside: bool = False


@dataclass(frozen=True)
class Release:
    """What was published at once, by figure: the total and the named places."""

    entry: UUID
    at: datetime
    fact: CountsPublished
    said: Mapping[str, Mapping[Place | str, int]]

    def earlier(self, figure: str) -> Earlier | None:
        said = self.said.get(figure)
        if said is None:
            return None
        places = [place for place in said if place != EVERYWHERE]
        named = Named(
            frozenset(p for p in places if not isinstance(p, tuple)),  # type: ignore[misc]
            frozenset(p for p in places if isinstance(p, tuple)),
        )
        whole = WHOLE[figure]
        return Earlier(named, sums(said, named), sums(self.said[whole], named) if whole else None)


def sums(said: Mapping[Place | str, int], named: Named) -> Sums:
    return Sums(said[EVERYWHERE], {place: said[place] for place in named.places})


@dataclass(frozen=True)
class Counts(coproduction.Coproduced):
    """One stream for each organisation: every release, since none can be taken back."""

    voices = VOICES

    releases: tuple[Release, ...] = ()

    def choose(self, command: PublishCounts) -> Sequence[Fact]:
        least = LEAST_K_OUTSIDE if command.outside else LEAST_K
        if command.k < least:
            raise Invalid("counts.k_too_small", field="k", least=least)
        places = said_of(command, self.releases)
        if not any(place.figures for place in places):
            raise Refused("counts.nothing_to_say", k=command.k)
        last = self.releases[-1].fact if self.releases else None
        if last and (last.places, last.k, last.outside) == (places, command.k, command.outside):
            return []
        return [
            CountsPublished(
                *self.stamp(command),
                k=command.k,
                outside=command.outside,
                method=METHOD,
                method_version=VERSION,
                places=places,
            )
        ]

    def evolve(self, fact: Fact) -> Counts:
        state = replace(self, version=fact.originator_version)
        if not isinstance(fact, CountsPublished):
            return state
        release = Release(fact.id, fact.act.at, fact, said_in(fact))
        return replace(state, releases=(*self.releases, release))


def said_of(command: PublishCounts, before: Sequence[Release]) -> tuple[CountedPlace, ...]:
    """Every place with the figures that may be said of it."""
    named: dict[str, Named] = {}
    told: dict[Place | str, dict[str, int]] = {EVERYWHERE: {}}
    for name in FIGURES:
        whole = WHOLE[name]
        if whole is not None and whole not in named:
            continue
        figure = Figure(command.counted[name], command.counted[whole] if whole else None)
        earlier = [e for r in before if (e := r.earlier(name)) is not None]
        places = sayable(figure, named[whole] if whole else None, command.k, earlier)
        if places is None:
            continue
        named[name] = places
        told[EVERYWHERE][name] = sum(figure.inside.values())
        for place in places.places:
            inside = sum(figure.inside.get(u, 0) for u in units_of(place, figure.units))
            told.setdefault(place, {})[name] = inside
    return tuple(
        counted_place(place, figures)
        for place, figures in sorted(told.items(), key=lambda one: ordered(one[0]))
    )


def ordered(place: Place | str) -> tuple[str, ...]:
    if place == EVERYWHERE:
        return ("",)
    return tuple(str(part) for part in (place if isinstance(place, tuple) else (place,)))


def counted_place(place: Place | str, figures: Mapping[str, int]) -> CountedPlace:
    names, values = tuple(figures), tuple(figures.values())
    if place == EVERYWHERE:
        return CountedPlace(EVERYWHERE, figures=names, values=values)
    if isinstance(place, tuple):
        return CountedPlace(PROGRAMME, place[0], place[1], names, values)
    return CountedPlace(SITE, place, None, names, values)  # type: ignore[arg-type]


def said_in(fact: CountsPublished) -> Mapping[str, Mapping[Place | str, int]]:
    """The same by figure."""
    found: dict[str, dict[Place | str, int]] = {}
    for row in fact.places:
        place: Place | str = row.site
        if row.level == EVERYWHERE:
            place = EVERYWHERE
        elif row.level == PROGRAMME:
            place = (row.site, row.programme)
        for name, value in zip(row.figures, row.values, strict=True):
            found.setdefault(name, {})[place] = value
    return found
