"""A house from its first day on: places, people of the house, newcomers and those who leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from cosigne.crowd import House
from cosigne.demo.scale import staff
from cosigne.demo.scale.days import LAST, day, instant
from cosigne.demo.scale.moments import Moment
from cosigne.people import Person, find, id_of

PURPOSE = "Vérification annuelle de la coproduction des plans"


def scene(house: House) -> Iterator[Moment]:
    """All at night, before anyone else begins: who leaves first, who comes after."""
    numbers = count(1)

    def moment(
        at: datetime, who: Person, path: str, body: dict[str, Any], how: str = "POST"
    ) -> Moment:
        name = f"scene/{next(numbers)}"
        return Moment(at, house.key, name, who.key, f"/directory/v1/{path}", body, how)

    at, admin = instant(0, 0), house.one("a", 1)
    yield moment(at, find("ode"), "organisations", registering(house, admin))
    for path, body, how in places(house):
        at += timedelta(seconds=10)
        yield moment(at, admin, path, body, how)
    defaults = moment(at, admin, "", {})
    yield Moment(at, house.key, defaults.name, admin.key, "/assessment/v1/catalogues/defaults", {})
    for told in offices(house):
        yield moment(at, admin, "parties", told)
    auditor = house.one("v", 1)
    mandate = {
        "id": str(id_of("mandate", auditor.key)),
        "auditor": str(auditor.id),
        "purpose": PURPOSE,
        "begins": str(day(0)),
        "until": str(day(LAST + 730)),
    }
    yield moment(at, admin, "audit-mandates", mandate)
    for monday, leaves, number in turns(house):
        worker = house.one("i", number)
        night = max(at, instant(monday, 3 if leaves else 4))
        if leaves:
            yield moment(night, admin, f"parties/{worker.id}/departures", {})
        else:
            yield moment(night, admin, "parties", employing(house, worker, number))


def turns(house: House) -> list[tuple[int, bool, int]]:
    """Who leaves or comes on which Monday, those who leave first."""
    numbers = range(1, house.practitioners + 1)
    came = [(staff.comes(house, n), False, n) for n in numbers]
    left = [(gone, True, n) for n in numbers if (gone := staff.goes(house, n)) is not None]
    return sorted((*came, *left), key=lambda turn: (turn[0], not turn[1], turn[2]))


def registering(house: House, admin: Person) -> dict[str, Any]:
    told, organisation = house.told, house.organisation
    return {
        "id": str(organisation.id),
        "name": told["organisation"],
        "country": told["country"],
        "locale": told["locale"],
        "timezone": told["timezone"],
        "address_form": "vous",
        "administrator": sign_in(admin),
    }


def places(house: House) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Sites in invented towns, the programmes of each, and what people are told of the house."""
    lot, told = Random(f"{house.crowd.seed}/places/{house.key}"), house.told
    for site in range(house.sites):
        body = {
            "id": str(id_of("site", f"{house.key}/{site}")),
            "name": f"{lot.choice(told['houses'])} {lot.choice(told['called'])}",
            "town": told["towns"][site % len(told["towns"])],
        }
        yield "sites", body, "POST"
    for programme in range(house.programmes):
        site = staff.site_of(house, programme)
        body = {
            "id": str(id_of("programme", f"{house.key}/{programme}")),
            "site": str(id_of("site", f"{house.key}/{site}")),
            "name": told["programmes"][programme % len(told["programmes"])],
        }
        yield "programmes", body, "POST"
    yield "help-lines", {"lines": told["help_lines"]}, "PUT"
    yield "reading-delay", told["reading_delay"], "PUT"
    yield "age-of-consent", told["age_of_consent"], "PUT"


def offices(house: House) -> Iterator[dict[str, Any]]:
    """Managers, the privacy officer, the auditor, who does research here."""
    for kind in ("g", "c", "v", "s"):
        for number in range(1, house.count(kind) + 1):
            who = house.one(kind, number)
            yield {**sign_in(who), "kind": "staff", "roles": [{"role": who.role}]}


def employing(house: House, worker: Person, number: int) -> dict[str, Any]:
    site = staff.site_of(house, staff.programme_of(house, number))
    job = house.told["jobs"][number % len(house.told["jobs"])]
    role = {
        "role": worker.role,
        "site": str(id_of("site", f"{house.key}/{site}")),
        "job": job,
    }
    return {**sign_in(worker), "kind": "staff", "roles": [role]}


def sign_in(who: Person) -> dict[str, Any]:
    return {"id": str(who.id), "name": who.name, "sign_in_subject": who.subject}
