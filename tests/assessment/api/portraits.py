"""A portrait over HTTP, on a real installation."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tests.support.installation import House


@dataclass
class Portrait:
    """One person's assessment over HTTP: `portrait.by(someone, "ratings", theme=…, value=…)`."""

    house: House
    id: UUID
    opened: dict

    @property
    def path(self) -> str:
        return f"/assessment/v1/persons/{self.house.person.id}/assessments/{self.id}"

    def ask(self, someone, resource, **body):
        return someone.client.post(f"{self.path}/{resource}", json=body)

    def by(self, someone, resource, **body):
        answer = self.ask(someone, resource, **body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def seen_by(self, someone):
        answer = someone.client.get(self.path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def themes_seen_by(self, someone):
        return {theme["theme"]: theme for theme in self.seen_by(someone)["themes"]}

    def share(self, *parties, **fields):
        audience = [str(p.id) for p in parties]
        body = {"parts": ["quality_of_life"], "audience": audience, **fields}
        return self.by(self.house.person, "sharings", **body)


def defaults(house):
    answer = house.administrator.client.post("/assessment/v1/catalogues/defaults", json={})
    assert answer.status_code == 201, answer.text
    return {c["key"]: UUID(c["id"]) for c in answer.json()["catalogues"]}


def begin(house, catalogue):
    answer = house.person.client.post(
        f"/assessment/v1/persons/{house.person.id}/assessments",
        json={"catalogue": str(catalogue)},
    )
    assert answer.status_code == 201, answer.text
    return Portrait(house, UUID(answer.json()["id"]), answer.json())
