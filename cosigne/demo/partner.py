"""The scene of a sandbox: a house of invented people, a partner, what it is granted, their consents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cosigne.demo.door import Door
from cosigne.demo.pages import Page
from cosigne.demo.scene import BEGUN, administrator_of, care, house
from cosigne.demo.teller import Teller
from cosigne.people import Person, cast, find, id_of

HOUSE = "grand-heron"
CLIENT = "demo-partner"  # what the embedded issuer calls the partner's own sign-in
PARTNER, NAME = id_of("party", "quai"), "Logement communautaire du Quai"
PURPOSE = "Préparer ensemble l’entrée dans le logement."
FAR = "2099-12-31"
TYPES = (
    "plans.plan_opened",
    "plans.goal_agreed",
    "plans.goal_achieved",
    "plans.action_added",
    "plans.action_accepted",
    "plans.action_done",
)
OF_AGE = 18


def subscription_of(payload: str) -> UUID:
    """One for thin and one for full: its id is known before it is granted."""
    return id_of("subscription", f"{CLIENT}/{payload}")


def persons() -> Sequence[Person]:
    """Those of the house who consent for themselves."""
    return [
        find(told["id"])
        for told in cast()["people"]
        if told["organisation"] == HOUSE and told["role"] == "person" and told["age"] >= OF_AGE
    ]


def sandbox(payload: str) -> Iterator[Page]:
    """All of it, in order; told again, each page is known again."""
    yield from house(next(told for told in cast()["organisations"] if told["id"] == HOUSE))
    here = persons()
    for relation in cast()["care_relations"]:
        if find(relation["person"]) in here:
            yield care(relation)
    admin = administrator_of(here[0])
    yield page(admin, "/directory/v1/parties", partner())
    yield page(admin, "/delivery/v1/subscriptions", terms(payload))
    for person in here:
        yield page(person, f"/directory/v1/persons/{person.id}/consents", consent())


def tell(door: Door, payload: str) -> None:
    """At the hour it is: what a partner is granted begins with that."""
    teller = Teller(door, lambda _: None)
    for number, one in enumerate(sandbox(payload), 1):
        teller.turn_to(f"sandbox/{payload}/{number}")
        teller.ask(one.at, one.who, one.path, one.body, one.how)


def page(who: Person, path: str, body: Mapping[str, Any]) -> Page:
    return Page(datetime.fromisoformat(BEGUN).astimezone(UTC), who, "POST", path, body)


def partner() -> dict[str, Any]:
    return {"id": str(PARTNER), "kind": "partner", "name": NAME, "sign_in_subject": CLIENT}


def terms(payload: str) -> dict[str, Any]:
    return {
        "id": str(subscription_of(payload)),
        "partner": str(PARTNER),
        "name": NAME,
        "types": list(TYPES),
        "purpose": PURPOSE,
        "until": FAR,
        "payload": payload,
    }


def consent() -> dict[str, Any]:
    """To this partner alone, for her plan."""
    return {"audience": str(PARTNER), "tabs": ["plan"], "purpose": "partner", "until": FAR}
