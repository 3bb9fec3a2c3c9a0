"""An organisation made through the public commands only, with everyone signed in."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.support.installation import Installation


@dataclass
class Person:
    id: UUID
    subject: str
    client: httpx.Client = field(repr=False)


@dataclass
class Town:
    installation: Installation
    tenant: UUID
    operator: httpx.Client = field(repr=False)
    site: UUID = field(default_factory=uuid4)
    programme: UUID = field(default_factory=uuid4)
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Person:
        return self.people[key]

    def add(self, key: str) -> Person:
        subject = f"{key}-{uuid4().hex[:8]}"
        self.people[key] = Person(uuid4(), subject, self.installation.client(subject, self.tenant))
        return self.people[key]

    def ask(self, method: str, who: str, path: str, body: Any = None) -> httpx.Response:
        client = self.operator if who == "operator" else self.people[who].client
        return client.request(method, f"/directory/v1{path}", json=body)

    def get(self, who: str, path: str) -> dict[str, Any]:
        answer = self.ask("GET", who, path)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def post(
        self, who: str, path: str, body: Any = None, *, status: int = 201, method: str = "POST"
    ) -> dict[str, Any]:
        """What was answered, once every service has heard of it."""
        answer = self.ask(method, who, path, {} if body is None else body)
        assert answer.status_code == status, answer.text
        self.installation.settled()
        told: dict[str, Any] = answer.json()
        return told

    def refused(
        self, who: str, path: str, body: Any = None, *, status: int = 409, method: str = "POST"
    ) -> str:
        answer = self.ask(method, who, path, {} if body is None and method != "GET" else body)
        assert answer.status_code == status, answer.text
        code: str = answer.json()["code"]
        assert answer.json()["detail"] != code, f"{code} has no sentence"
        return code

    def her(self, path: str = "", person: str = "awa") -> str:
        return f"/persons/{self[person].id}{path}"

    def register(self, key: str, kind: str, *roles: str, by: str = "admin") -> Person:
        made = self.add(key)
        body = {
            "id": str(made.id),
            "kind": kind,
            "name": key.capitalize(),
            "sign_in_subject": made.subject,
            "roles": [{"role": role} for role in roles],
        }
        self.post(by, "/parties", body)
        return made


REGISTERED = {
    "name": "Maison des Tisserands",
    "country": "CA-QC",
    "locale": "fr-CA",
    "timezone": "America/Toronto",
    "words": [{"word": "practitioner", "text": "intervenant"}],
}


def made_town(installation: Installation) -> Town:
    operator = installation.client(f"ode-{uuid4().hex[:8]}", None, operator=True)
    town = Town(installation, uuid4(), operator)
    admin = town.add("admin")
    first = {"id": str(admin.id), "name": "Awa Diarra", "sign_in_subject": admin.subject}
    registered = {**REGISTERED, "id": str(town.tenant), "administrator": first}
    town.post("operator", "/organisations", registered)
    town.post("admin", "/sites", {"id": str(town.site), "name": "Maison du Quai"})
    programme = {"id": str(town.programme), "site": str(town.site), "name": "Hébergement"}
    town.post("admin", "/programmes", programme)
    for key in ("kim", "roy"):
        town.register(key, "staff", "practitioner")
    town.register("nel", "staff", "privacy_officer")
    town.register("etienne", "staff", "auditor")
    town.register("may", "relative")
    awa = town.add("awa")
    person = {"id": str(awa.id), "name": "Awa", "sign_in_subject": awa.subject, "age": 34}
    town.post("admin", "/persons", person)
    town.post("admin", town.her("/care-relations"), care(town, "kim"))
    return town


def care(town: Town, party: str) -> dict[str, Any]:
    return {
        "party": str(town[party].id),
        "role": "practitioner",
        "site": str(town.site),
        "programme": str(town.programme),
        "words": f"{party.capitalize()} vous accompagne à la Maison du Quai.",
    }
