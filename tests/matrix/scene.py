"""An organisation with one of everything in it, made through the public commands only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx

from tests.support.installation import Installation, Someone

STAFF = {
    "second": "administrator",
    "manager": "manager",
    "officer": "privacy_officer",
    "auditor": "auditor",
    "practitioner": "practitioner",
    "colleague": "practitioner",
    "stand_in": "practitioner",
}
NEAR = ("relative", "representative", "assistant")
# whoever takes words back has her whole history told anew to every view: `brief` has a short one
PERSONS = ("person", "neighbour", "brief")
# everyone who may ask anything, and how she stands to them
ROLES = ("administrator", *STAFF, *NEAR, *PERSONS, "operator")
FAR = "2099-12-31"
ORGANISATION = {
    "name": "Maison des Tisserands",
    "country": "CA-QC",
    "locale": "fr-CA",
    "timezone": "America/Toronto",
}


@dataclass
class Scene:
    """`scene.made("person", "assessment", "/persons/…/…", {…})` asks, and fails if refused."""

    installation: Installation
    tenant: str = field(default_factory=lambda: str(uuid4()))
    people: dict[str, Someone] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """The id of someone or something here."""
        return self.ids[name]

    def client(self, who: str) -> httpx.Client:
        return self.people[who].client

    def add(self, key: str) -> Someone:
        subject, tenant = f"{key}-{uuid4().hex[:8]}", self.tenant
        operator = key == "operator"

        def sign_in() -> httpx.Client:
            return self.installation.client(
                subject, None if operator else tenant, operator=operator
            )

        someone = Someone(key, uuid4(), subject, sign_in)
        self.people[key] = someone
        self.ids[key] = str(someone.id)
        return someone

    def ask(
        self,
        who: str,
        service: str,
        path: str,
        body: Any = None,
        *,
        method: str = "POST",
        match: int | None = None,
    ) -> httpx.Response:
        headers = {} if match is None else {"If-Match": f'"{match}"'}
        sent = None if method == "GET" else {} if body is None else body
        return self.client(who).request(method, f"/{service}/v1{path}", json=sent, headers=headers)

    def made(self, who: str, service: str, path: str, body: Any = None, **more: Any) -> Any:
        answer = self.ask(who, service, path, body, **more)
        assert answer.status_code in (200, 201), f"{who} {path} {answer.status_code} {answer.text}"
        return answer.json()

    def read(self, who: str, service: str, path: str) -> Any:
        return self.made(who, service, path, method="GET")

    def her(self, path: str = "", person: str = "person") -> str:
        return f"/persons/{self.ids[person]}{path}"

    def noted(self, person: str = "person") -> Mapping[str, Any]:
        """The act of someone who notes what she said."""
        return {"author": self[person], "setting": "together"}

    def settled(self) -> None:
        self.installation.settled()

    def leave(self) -> None:
        for someone in self.people.values():
            someone.leave()

    # ── people and places ────────────────────────────────────────────────────────────────────

    def register(self, key: str, kind: str, *roles: str) -> str:
        someone = self.add(key)
        body = {
            "id": str(someone.id),
            "kind": kind,
            "name": key.capitalize(),
            "sign_in_subject": someone.subject,
            "roles": [{"role": role} for role in roles],
        }
        self.made("administrator", "directory", "/parties", body)
        return str(someone.id)

    def stranger(self, kind: str = "staff", *roles: str) -> str:
        """Someone registered here who plays no other part."""
        body = {"kind": kind, "name": "Quelqu’un", "roles": [{"role": role} for role in roles]}
        found: str = self.made("administrator", "directory", "/parties", body)["id"]
        return found

    def cared_for_by(self, party: str, person: str = "person") -> str:
        """A care relation begins; its id."""
        body = {
            "party": party,
            "role": "practitioner",
            "site": self["site"],
            "programme": self["programme"],
            "words": "Pour faire connaissance.",
        }
        path = self.her("/care-relations", person)
        found: str = self.made("administrator", "directory", path, body)["entries"][0]
        return found

    def soon(self) -> str:
        return (datetime.now(UTC) + timedelta(hours=2)).isoformat(timespec="seconds")


def made_scene(installation: Installation) -> Scene:
    scene = Scene(installation)
    for step in (founded, inhabited, related, spared, served, subscribed, published):
        step(scene)
        scene.settled()
    return scene


def founded(scene: Scene) -> None:
    scene.add("operator")
    first = scene.add("administrator")
    administrator = {"id": str(first.id), "name": "Awa", "sign_in_subject": first.subject}
    body = {**ORGANISATION, "id": scene.tenant, "administrator": administrator}
    told = scene.made("operator", "directory", "/organisations", body)
    scene.ids |= {"organisation": scene.tenant, "poster": told["poster"]}


def inhabited(scene: Scene) -> None:
    site = scene.made("administrator", "directory", "/sites", {"name": "Maison du Quai"})["id"]
    body = {"site": site, "name": "Hébergement"}
    programme = scene.made("administrator", "directory", "/programmes", body)["id"]
    scene.ids |= {"site": site, "programme": programme}
    for key, role in STAFF.items():
        scene.register(key, "staff", role)
    for key in NEAR:
        scene.register(key, key, key)
    scene.register("partner", "partner")
    for key in (*PERSONS, "leaving"):
        someone = scene.add(key)
        body = {"id": str(someone.id), "name": key, "sign_in_subject": someone.subject}
        scene.made("administrator", "directory", "/persons", body)
    installed = scene.made("administrator", "assessment", "/catalogues/defaults")["catalogues"]
    scene.ids |= {"catalogue": next(c["id"] for c in installed if c["key"] == "default")}


def related(scene: Scene) -> None:
    scene.ids["relation"] = scene.cared_for_by(scene["practitioner"])
    scene.cared_for_by(scene["practitioner"], "brief")
    for key in ("representative", "assistant"):
        body = {
            "party": scene[key],
            "kind": "curatelle",
            "scope": ["papers", "sharing"],
            "until": FAR,
            "role": key,
        }
        path = scene.her("/representations")
        told = scene.made("administrator", "directory", path, body)
        scene.ids[f"representation_{key}"] = told["entries"][0]
    mandate = {"auditor": scene["auditor"], "purpose": "Vérification annuelle"}
    dates = {"begins": "2020-01-01", "until": FAR}
    told = scene.made("officer", "directory", "/audit-mandates", {**mandate, **dates})
    scene.ids["mandate"] = told["id"]
    consent = {
        "audience": scene["relative"],
        "tabs": ["quality_of_life", "strengths", "network", "plan"],
        "purpose": "care",
        "until": FAR,
    }
    told = scene.made("person", "directory", scene.her("/consents"), consent)
    scene.ids["consent"] = told["entries"][0]
    body = {"reason": "Inquiétude pour sa sécurité.", "expires": scene.soon()}
    told = scene.made("stand_in", "directory", scene.her("/emergency-accesses"), body)
    scene.ids["access"] = told["entries"][0]


def spared(scene: Scene) -> None:
    """What is only there so that its id is taken."""
    admin, house = "administrator", "directory"
    site = scene.made(admin, house, "/sites", {"name": "Ailleurs"})["id"]
    body = {"site": site, "name": "Rien"}
    scene.ids |= {
        "spare_site": site,
        "spare_programme": scene.made(admin, house, "/programmes", body)["id"],
        "spare_party": scene.stranger(),
        "spare_person": scene.made(admin, house, "/persons", {"name": "Noé"})["id"],
    }
    for name in ("import", "spare_import", "opened", "spare_opened"):
        scene.ids[name] = scene.made(admin, house, "/imports", {"source": "Rien"})["id"]
    mandate = {"auditor": scene["auditor"], "purpose": "Rien", "begins": "2020-01-01"}
    told = scene.made("officer", house, "/audit-mandates", {**mandate, "until": FAR})
    scene.ids["spare_mandate"] = told["id"]
    body = {"catalogue": scene["catalogue"]}
    told = scene.made("person", "assessment", scene.her("/assessments"), body)
    scene.ids |= {"spare_assessment": told["id"], "spare_entry": told["entries"][0]}
    body = {"title": "Rien", "parts": [{"words": "Rien"}]}
    told = scene.made("person", "reporting", scene.her("/summaries"), body)
    scene.ids["spare_summary"] = told["summary"]


def served(scene: Scene, number: int = 5) -> None:
    """More people who are served: as many as it takes for something to be said of all of them."""
    names = [f"served-{uuid4().hex[:8]}" for _ in range(number)]
    known = {
        name: scene.made("administrator", "directory", "/persons", {"name": name})["id"]
        for name in names
    }
    scene.settled()
    for name, id_ in known.items():
        scene.ids[name] = id_
        scene.cared_for_by(scene["practitioner"], name)
        del scene.ids[name]


def subscribed(scene: Scene) -> None:
    """A partner is granted a subscription; nobody has consented to it yet."""
    body = {
        "partner": scene["partner"],
        "name": "Logement communautaire",
        "types": ["plans.plan_opened", "plans.goal_agreed"],
        "purpose": "Préparer l’entrée dans le logement.",
        "until": FAR,
    }
    told = scene.made("administrator", "delivery", "/subscriptions", body)
    scene.ids |= {"subscription": told["id"], "event": str(uuid4())}
    told = scene.made("administrator", "delivery", "/subscriptions", {**body, "name": "Rien"})
    scene.ids["spare_subscription"] = told["id"]


def published(scene: Scene) -> None:
    scene.ids["release"] = scene.made("manager", "reporting", "/counts", {"k": 5})["release"]
