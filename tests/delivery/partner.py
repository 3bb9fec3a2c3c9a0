"""A partner of one test's own: granted by the administrator, let in by the person, reading its feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx
from cloudevents.http import CloudEvent, from_dict

from tests.plans.api.hers import HerPlan
from tests.support.installation import House, Someone, eventually

FAR = "2099-12-31"
EVERY = (
    "plans.plan_opened",
    "plans.goal_agreed",
    "plans.goal_achieved",
    "plans.goal_paused",
    "plans.action_added",
    "plans.action_done",
)


@dataclass
class Partner:
    house: House
    someone: Someone
    subscription: str = ""
    granted: dict[str, Any] = field(default_factory=dict)

    def grant(self, types: Iterable[str] = EVERY, **more: Any) -> Partner:
        body = {
            "partner": str(self.someone.id),
            "name": "Logement communautaire du Quai",
            "types": list(types),
            "purpose": "Préparer ensemble l’entrée dans le logement.",
            "until": FAR,
            **more,
        }
        self.granted = made(self.house.administrator, "/delivery/v1/subscriptions", body)
        self.subscription = self.granted["id"]
        return self

    def consented(self, person: Someone | None = None, **more: Any) -> str:
        """She lets this partner see her plan; the id of her consent."""
        who = person or self.house.person
        body = {
            "audience": str(self.someone.id),
            "tabs": ["plan"],
            "purpose": "partner",
            "until": FAR,
            **more,
        }
        told = made(who, f"/directory/v1/persons/{who.id}/consents", body)
        self.house.installation.settled()
        return told["entries"][0]

    def path(self, rest: str) -> str:
        return f"/delivery/v1/feed/{self.subscription}/{rest}"

    def asked(self, rest: str, **query: Any) -> httpx.Response:
        return self.someone.client.get(self.path(rest), params=query)

    def events(self, **query: Any) -> list[dict[str, Any]]:
        answer = self.asked("events", **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def waits_for(self, number: int, **query: Any) -> list[dict[str, Any]]:
        """So many events of its feed, as soon as they are there."""
        return eventually(lambda: len(found := self.events(**query)) >= number and found)

    def settled(self) -> None:
        """Wait until nothing that was acknowledged so far can get a place any more."""
        self.house.installation.settled()
        installation = self.house.installation
        heads = {name: installation.sealed_head(name) for name in ("directory", "plans")}
        asked = "SELECT source, gpos FROM lane_cursor WHERE consumer = 'places' AND lane = -1"

        def decided() -> bool:
            at = dict(installation._ask("delivery", asked))
            return all(at.get(name, 0) >= head for name, head in heads.items())

        eventually(decided)

    def turn(self, resource: str, by: Someone | None = None, **body: Any) -> dict[str, Any]:
        who = by or self.house.administrator
        return made(who, f"/delivery/v1/subscriptions/{self.subscription}/{resource}", body)

    def seen(self) -> dict[str, Any]:
        answer = self.someone.client.get(f"/delivery/v1/subscriptions/{self.subscription}")
        assert answer.status_code == 200, answer.text
        return answer.json()


def made(who: Someone, path: str, body: dict[str, Any], method: str = "POST") -> dict[str, Any]:
    answer = who.client.request(method, path, json=body)
    assert answer.status_code in (200, 201), f"{path}: {answer.status_code} {answer.text}"
    return answer.json()


def partner_of(house: House, name: str = "partner") -> Partner:
    someone = house.add(name, "partner")
    house.installation.settled()
    return Partner(house, someone)


def kinds(events: Iterable[dict[str, Any]]) -> list[str]:
    return [e["type"].removeprefix("org.cosigne.").removesuffix(".v1") for e in events]


def parsed(event: dict[str, Any]) -> CloudEvent:
    """As the official library reads it."""
    return from_dict(event)


__all__ = ["FAR", "HerPlan", "Partner", "kinds", "made", "parsed", "partner_of"]
