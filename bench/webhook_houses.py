"""Organisations with a partner and people who consent to it, for measuring webhooks."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from bench.running import Running

FAR, HANDS = "2099-12-31", 8


@dataclass
class House:
    """An organisation whose partner is told of people; `administrator` acts for it."""

    here: Running
    tenant: UUID
    administrator: httpx.Client
    subscription: str = ""

    def made(self, path: str, body: Any, client: httpx.Client | None = None) -> dict[str, Any]:
        answer = (client or self.administrator).post(path, json=body)
        if answer.status_code not in (200, 201):
            raise SystemExit(f"{path}: {answer.status_code} {answer.text}")
        told: dict[str, Any] = answer.json()
        return told

    def turn(self, resource: str, **body: Any) -> dict[str, Any]:
        return self.made(f"/delivery/v1/subscriptions/{self.subscription}/{resource}", body)

    def consenting(self, people: int) -> None:
        """So many people, each of whom consents: an event for each of them."""
        partner = self.partnered("plans.plan_opened")
        subjects = [f"person-{n}-{uuid4().hex[:6]}" for n in range(people)]
        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(lambda subject: self.consents(partner, subject), subjects))

    def partnered(self, *types: str) -> str:
        """A partner's id, to whom these are granted."""
        partner = str(
            self.made("/directory/v1/parties", {"kind": "partner", "name": "Le Quai"})["id"]
        )
        self.subscription = eventually(lambda: self.granted(partner, types))["id"]
        return partner

    def consents(self, partner: str, subject: str) -> str:
        """The id of a new person who signs in as this subject and consents to the partner."""
        body = {"name": subject, "sign_in_subject": subject}
        person = str(self.made("/directory/v1/persons", body)["id"])
        path = f"/directory/v1/persons/{person}/consents"
        consent = {"audience": partner, "tabs": ["plan"], "purpose": "partner", "until": FAR}
        with as_in(self.here, self.tenant, subject) as client:
            eventually(lambda: client.post(path, json=consent).status_code == 201)
        return person

    def granted(self, partner: str, types: Sequence[str]) -> dict[str, Any] | None:
        """Once this partner is known there."""
        body = {
            "partner": partner,
            "name": "Le Quai",
            "types": list(types),
            "purpose": "Essai",
            "until": FAR,
        }
        answer = self.administrator.post("/delivery/v1/subscriptions", json=body)
        return answer.json() if answer.status_code == 201 else None

    def goes_to(self, url: str) -> None:
        path = f"/delivery/v1/subscriptions/{self.subscription}/endpoint"
        answer = self.administrator.put(path, json={"url": url})
        if answer.status_code != 201:
            raise SystemExit(answer.text)

    def head(self) -> int:
        path = f"/delivery/v1/subscriptions/{self.subscription}"
        return int(self.administrator.get(path).json()["head"])


def as_in(here: Running, tenant: UUID, subject: str) -> httpx.Client:
    return Running(here.url, here.home, tenant).as_(subject)


def founded(here: Running) -> House:
    tenant, subject = uuid4(), f"administrator-{uuid4().hex[:6]}"
    administrator = {"id": str(uuid4()), "name": "Awa", "sign_in_subject": subject}
    body = {
        "id": str(tenant),
        "name": "Maison des mesures",
        "country": "CA-QC",
        "locale": "fr-CA",
        "timezone": "America/Toronto",
        "administrator": administrator,
    }
    with here.as_("operator", operator=True) as operator:
        answer = operator.post("/directory/v1/organisations", json=body)
        if answer.status_code != 201:
            raise SystemExit(answer.text)
    house = House(here, tenant, as_in(here, tenant, subject))
    eventually(lambda: house.administrator.get("/delivery/v1/subscriptions").status_code == 200)
    return house


def eventually(true: Any, patience: float = 60.0) -> Any:
    until = time.monotonic() + patience
    while not (found := true()):
        if time.monotonic() > until:
            raise SystemExit("it did not come true in time")
        time.sleep(0.05)
    return found
