"""Where an organisation works: its sites, and the programmes given at them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from services.directory.domain import checked
from services.directory.domain import events as e
from shared.kernel import Command, Fact, Invalid, NotFound, Refused, Stamp


@dataclass(frozen=True, kw_only=True)
class OpenSite(Command):
    site: UUID
    name: str
    town: str | None = None
    kind: str | None = None


@dataclass(frozen=True, kw_only=True)
class CloseSite(Command):
    site: UUID


@dataclass(frozen=True, kw_only=True)
class OpenProgramme(Command):
    programme: UUID
    site: UUID
    name: str


@dataclass(frozen=True, kw_only=True)
class CloseProgramme(Command):
    programme: UUID


PlaceCommand = OpenSite | CloseSite | OpenProgramme | CloseProgramme


@dataclass(frozen=True)
class Site:
    id: UUID
    name: str
    town: str | None = None
    kind: str | None = None
    open: bool = True


@dataclass(frozen=True)
class Programme:
    id: UUID
    site: UUID
    name: str
    open: bool = True


@dataclass(frozen=True)
class Places:
    sites: Mapping[UUID, Site] = field(default_factory=dict)
    programmes: Mapping[UUID, Programme] = field(default_factory=dict)

    def open_site(self, site: UUID) -> Site:
        """The site, if it is open: what is closed takes nothing new."""
        found = self.sites.get(site)
        if found is None:
            raise NotFound("site.unknown", field="site")
        if not found.open:
            raise Refused("site.closed", field="site", name=found.name)
        return found

    def open_programme(self, programme: UUID, site: UUID) -> Programme:
        """The programme, if it is open and given at this site."""
        found = self.programmes.get(programme)
        if found is None:
            raise NotFound("programme.unknown", field="programme")
        if found.site != site:
            raise Invalid("programme.elsewhere", field="programme", name=found.name)
        if not found.open:
            raise Refused("programme.closed", field="programme", name=found.name)
        return found

    def choose(self, command: PlaceCommand, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        if isinstance(command, OpenSite):
            return self.begin_site(command, stamps)
        if isinstance(command, CloseSite):
            return self.end_site(command, stamps)
        if isinstance(command, OpenProgramme):
            return self.begin_programme(command, stamps)
        known = self.programmes.get(command.programme)
        if known is None:
            raise NotFound("programme.unknown", field="programme")
        return [e.ProgrammeClosed(*next(stamps), known.id)] if known.open else []

    def begin_site(self, asked: OpenSite, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        name = checked.text(asked.name, "name")
        town, kind = checked.maybe(asked.town, "town"), checked.maybe(asked.kind, "kind")
        known = self.sites.get(asked.site)
        if known == Site(asked.site, name, town, kind):
            return []
        if known is not None:
            raise Refused("site.known_already", field="site", name=known.name)
        return [e.SiteOpened(*next(stamps), asked.site, name, town, kind)]

    def end_site(self, asked: CloseSite, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        """What is given at a site ends with it: its programmes are closed first."""
        known = self.sites.get(asked.site)
        if known is None:
            raise NotFound("site.unknown", field="site")
        if not known.open:
            return []
        given = [p for p in self.programmes.values() if p.site == known.id and p.open]
        closed = [e.ProgrammeClosed(*next(stamps), p.id) for p in given]
        return [*closed, e.SiteClosed(*next(stamps), known.id)]

    def begin_programme(self, asked: OpenProgramme, stamps: Iterator[Stamp]) -> Sequence[Fact]:
        name = checked.text(asked.name, "name")
        known = self.programmes.get(asked.programme)
        if known == Programme(asked.programme, asked.site, name):
            return []
        if known is not None:
            raise Refused("programme.known_already", field="programme", name=known.name)
        self.open_site(asked.site)
        return [e.ProgrammeOpened(*next(stamps), asked.programme, asked.site, name)]

    def evolve(self, fact: Any) -> Places:
        match fact:
            case e.SiteOpened(site=site):
                return self.with_site(Site(site, fact.name, fact.town, fact.kind))
            case e.SiteClosed(site=site):
                return self.with_site(replace(self.sites[site], open=False))
            case e.ProgrammeOpened(programme=programme):
                return self.with_programme(Programme(programme, fact.site, fact.name))
            case e.ProgrammeClosed(programme=programme):
                return self.with_programme(replace(self.programmes[programme], open=False))
            case _:
                return self

    def with_site(self, site: Site) -> Places:
        return replace(self, sites={**self.sites, site.id: site})

    def with_programme(self, programme: Programme) -> Places:
        return replace(self, programmes={**self.programmes, programme.id: programme})
