"""What the organisation holds already, by the words its files use for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cosigne.importer.door import Door
from cosigne.importer.headings import plain
from cosigne.importer.naming import Names
from shared.kernel import Refused

DEFAULT = "quality_of_life"


@dataclass
class Known:
    """Things by id, and by name where a name is one thing's only."""

    kind: str
    names: Names
    ids: set[UUID] = field(default_factory=set)
    called: dict[str, UUID | None] = field(default_factory=dict)

    def add(self, found: UUID, *calls: str | None) -> None:
        self.ids.add(found)
        for call in filter(None, calls):
            name = plain(call)
            self.called[name] = found if self.called.get(name, found) == found else None

    def find(self, told: str) -> UUID | None:
        """By the organisation's own code, else by its name."""
        coded = self.names.id(self.kind, told)
        return coded if coded in self.ids else self.called.get(plain(told))


@dataclass
class House:
    """Filled from the services once, and by every line that is noted since."""

    names: Names
    id: UUID
    name: str
    sites: Known
    programmes: Known
    staff: Known
    persons: Known
    catalogue: UUID
    themes: Mapping[str, str]

    @classmethod
    def asked(cls, door: Door, catalogue: str | None = None) -> House:
        """Raises Refused where nobody may bring in files, or there is no questionnaire to use."""
        names = Names(door.get("/directory/v1/imports/naming-key")["naming_key"])
        told = door.get("/directory/v1/organisation")
        sites, programmes = Known("site", names), Known("programme", names)
        staff, persons = Known("party", names), Known("person", names)
        for known, listed in ((sites, told["sites"]), (programmes, told["programmes"])):
            for one in listed:
                if one["open"]:
                    known.add(UUID(one["id"]), one["name"])
        for one in door.each("/directory/v1/parties", "parties"):
            if one["left_at"] is None:
                staff.add(UUID(one["id"]), one["name"], one["sign_in_subject"])
        for one in door.each("/directory/v1/persons", "persons"):
            persons.add(UUID(one["id"]), sorted_name(one["name"]))
        chosen, themes = questionnaire(door, catalogue)
        return cls(
            names, UUID(told["id"]), told["name"], sites, programmes, staff, persons, chosen, themes
        )

    def person(self, told: str) -> UUID | None:
        """By number only: two people may have one name."""
        found = self.names.id("person", told)
        return found if found in self.persons.ids else None

    def theme(self, told: str) -> str | None:
        return self.themes.get(plain(told))


def questionnaire(door: Door, key: str | None) -> tuple[UUID, Mapping[str, str]]:
    """The published one of this key, else the first about quality of life; its themes by name."""
    listed = door.get("/assessment/v1/catalogues")["catalogues"]
    published = [c for c in listed if c["stage"] == "published"]
    wanted = [c for c in published if key in (c["key"], None) and (key or c["kind"] == DEFAULT)]
    if not wanted:
        if key is None:
            return UUID(int=0), {}
        raise Refused("import.no_catalogue", name=key)
    chosen = max(wanted, key=lambda c: c["edition"])
    whole = door.get(f"/assessment/v1/catalogues/{chosen['id']}")
    return UUID(chosen["id"]), dict(theme_names(whole["themes"]))


def theme_names(themes: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    """Titles first, so that a name which is another theme's title stays that theme's name."""
    listed = list(themes)
    for title in ("en", "fr", "theme"):
        yield from ((plain(one[title]), one["theme"]) for one in listed)


def sorted_name(name: str) -> str:
    """« Tremblay, Luc » and « Luc TREMBLAY » alike."""
    return " ".join(sorted(plain(name).split()))
