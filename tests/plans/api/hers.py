"""A plan over HTTP, on a real installation: `hers.by(someone, "goals", words=…)`."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from tests.support.installation import House, Someone


@dataclass
class HerPlan:
    """The plan of the house's person; who asks is named, and everything goes over the socket."""

    house: House
    id: str = ""

    @property
    def plans(self) -> str:
        return f"/plans/v1/persons/{self.house.person.id}/plans"

    @property
    def path(self) -> str:
        return f"{self.plans}/{self.id}"

    def ask(self, someone: Someone, resource: str, verb: str = "POST", **body):
        headers = {"Idempotency-Key": str(uuid4())}
        if needs_match(resource) and "match" not in body:
            headers["If-Match"] = f'"{self.version}"'
        elif body.get("match"):
            headers["If-Match"] = body["match"]
        body.pop("match", None)
        url = f"{self.path}/{resource}"
        return someone.client.request(verb, url, json=body, headers=headers)

    def by(self, someone: Someone, resource: str, verb: str = "POST", **body):
        answer = self.ask(someone, resource, verb, **body)
        assert answer.is_success, answer.text
        return answer.json()

    def refused(self, someone: Someone, resource: str, verb: str = "POST", **body):
        answer = self.ask(someone, resource, verb, **body)
        assert not answer.is_success, answer.text
        return answer.status_code, answer.json()["code"]

    @property
    def version(self) -> int:
        return self.seen_by(self.house.person)["version"]

    def seen_by(self, someone: Someone):
        answer = someone.client.get(self.path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def goal(self, words="Terminer ma chimie du secondaire.", by: Someone | None = None, **body):
        return self.by(by or self.house.person, "goals", words=words, **body)["goal"]

    def agreed(self, *args, **body):
        goal = self.goal(*args, **body)
        self.by(self.house.person, f"goals/{goal}/agreements")
        return goal

    def status(self, goal: str) -> str:
        (found,) = (g for g in self.seen_by(self.house.person)["goals"] if g["goal"] == goal)
        return found["status"]


def needs_match(resource: str) -> bool:
    return resource.rsplit("/", 1)[-1] in (
        "agreements",
        "wordings",
        "goals-order",
        "attainment-levels",
    )


def opened(house: House, by: Someone | None = None, **body) -> HerPlan:
    hers = HerPlan(house)
    answer = (by or house.person).client.post(hers.plans, json=body)
    assert answer.status_code == 201, answer.text
    hers.id = answer.json()["id"]
    return hers


def with_(someone: Someone, part: str = "agreed", **more):
    """An act in which someone else took part."""
    return {"contributors": [{"party": str(someone.id), "part": part}], **more}


def noted_for(someone: Someone, **more):
    """An act noted in someone's name."""
    return {"author": str(someone.id), **more}
