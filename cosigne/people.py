"""The fictional people of the demo and of the tests, each with ids that never change.

The demo's cast comes from `data/demo-cast.json`. Besides it, for the tests: Awa coordinates, Ben
is in her organisation and may only read, Eli belongs to another organisation, and Ode operates
the installation and belongs to none.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

CAST = uuid5(NAMESPACE_URL, "urn:cosigne:cast")


@dataclass(frozen=True, slots=True)
class Organisation:
    key: str
    id: UUID
    name: str
    locale: str = "fr-CA"
    timezone: str = "America/Toronto"
    country: str = "CA-QC"


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who can sign in: `id` is the party, `subject` what the issuer calls the sign-in."""

    key: str
    id: UUID
    name: str
    role: str
    organisation: Organisation | None
    operator: bool = False

    @property
    def subject(self) -> str:
        return str(id_of("sign-in", self.key))

    @property
    def tenant(self) -> UUID | None:
        return self.organisation.id if self.organisation else None

    @property
    def locale(self) -> str:
        return self.organisation.locale if self.organisation else "fr"


class Unknown(LookupError):
    """Nobody of that name is in the cast."""


def id_of(kind: str, key: str) -> UUID:
    """The id of an organisation, party, site, programme, mandate … by its key in the cast."""
    return uuid5(CAST, f"{kind}/{key}")


@cache
def cast() -> Mapping[str, Any]:
    """The demo as told in its data file: organisations, people, care relations, stories."""
    text = files("cosigne").joinpath("data", "demo-cast.json").read_text("utf-8")
    told: Mapping[str, Any] = json.loads(text)
    return told


@cache
def organisations() -> Mapping[str, Organisation]:
    """The demo's organisations, then those which only the tests know."""
    of_the_demo = [
        Organisation(
            o["id"],
            id_of("organisation", o["id"]),
            o["name"],
            o["locale"],
            o["timezone"],
            o["country"],
        )
        for o in cast()["organisations"]
    ]
    of_the_tests = [
        Organisation("tisserands", id_of("organisation", "tisserands"), "Maison des Tisserands"),
        Organisation(
            "rive-nord",
            id_of("organisation", "rive-nord"),
            "Centre de la Rive-Nord",
            "fr-FR",
            "Europe/Paris",
            "FR",
        ),
    ]
    return {o.key: o for o in (*of_the_demo, *of_the_tests)}


@cache
def people() -> Mapping[str, Person]:
    """Everyone who can sign in at the embedded issuer, by key."""
    of_the_demo = [
        Person(
            p["id"],
            id_of("party", p["id"]),
            p["name"],
            p["role"],
            organisations()[p["organisation"]],
        )
        for p in cast()["people"]
    ]
    here, elsewhere = organisations()["tisserands"], organisations()["rive-nord"]
    others = [
        Person("awa", id_of("party", "awa"), "Awa Diarra", "administrator", here),
        Person("ben", id_of("party", "ben"), "Ben Okafor", "auditor", here),
        Person("eli", id_of("party", "eli"), "Eli Castaing", "administrator", elsewhere),
        Person("ode", id_of("party", "ode"), "Ode Perrin", "operator", None, operator=True),
    ]
    return {p.key: p for p in (*of_the_demo, *others)}


def find(key: str) -> Person:
    try:
        return people()[key]
    except KeyError:
        raise Unknown(key) from None


def tenant_of(organisation: str) -> UUID:
    return id_of("organisation", organisation)
