"""A town for the revocation benchmark: persons, and for each revocation someone who may read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, cycle
from typing import Any
from uuid import uuid4

import httpx

from bench.running import Running

PERSONS, WRITERS = 12, 4
FAR = "2099-12-31"
THEMES = ("travail", "sommeil", "logement", "revenu", "famille", "loisirs")
Json = dict[str, Any]


@dataclass(frozen=True)
class Stood:
    """Someone who may read a person's record, and what takes it away."""

    kind: str
    person: str
    client: Callable[[], httpx.Client] = field(repr=False)
    revoke: Callable[[], None] = field(repr=False)


def hers(path: str) -> Callable[[Stood], str]:
    return lambda one: path.format(person=one.person)


# the reads of each service by which whoever stands so is let in; after `#`, what a list must hold
RECORD = {
    "assessment": hers("/assessment/v1/persons/{person}/assessments"),
    "network": hers("/network/v1/persons/{person}/network"),
    "plans": hers("/plans/v1/persons/{person}/plans"),
    "reporting": hers("/reporting/v1/persons/{person}/timeline"),
}
TEAM = {**RECORD, "directory": hers("/directory/v1/persons/{person}")}
NEAR = {**RECORD, "directory": hers("/directory/v1/me/persons#{person}")}
READS: Mapping[str, Mapping[str, Callable[[Stood], str]]] = {
    "consent withdrawn": NEAR,
    "care ended": TEAM,
    "restricted": TEAM,
    "party left": TEAM,
    "mandate ended": {"reporting": hers("/reporting/v1/persons/{person}/trail")},
}
KINDS = tuple(READS)


class Town:
    """Made through the public commands only."""

    def __init__(self, here: Running) -> None:
        self.here = here
        self.clients: dict[str, httpx.Client] = {}
        self.persons: list[tuple[str, str, str]] = []  # id, sign-in, assessment
        self.numbers = count()

    def client(self, subject: str) -> httpx.Client:
        if subject not in self.clients:
            operator = subject == "operator"
            self.clients[subject] = self.here.as_(subject, operator=operator)
        return self.clients[subject]

    def post(self, who: str, path: str, body: Json | None = None) -> Json:
        answer = self.client(who).post(path, json=body or {})
        for _ in range(100):
            if answer.status_code not in (403, 404, 503):
                break
            time.sleep(0.1)  # who was registered a moment ago is known everywhere a moment later
            answer = self.client(who).post(path, json=body or {})
        if not answer.is_success:
            raise SystemExit(f"{path}: {answer.status_code} {answer.text}")
        made: Json = answer.json()
        return made

    def founded(self) -> None:
        first = {"name": "Awa Diarra", "sign_in_subject": "admin"}
        registered = {
            "id": str(self.here.tenant),
            "name": "Maison des essais",
            "country": "CA-QC",
            "locale": "fr-CA",
            "timezone": "America/Toronto",
            "administrator": first,
        }
        self.post("operator", "/directory/v1/organisations", registered)
        self.site = self.post("admin", "/directory/v1/sites", {"name": "Quai"})["id"]
        body = {"site": self.site, "name": "Hébergement"}
        self.programme = self.post("admin", "/directory/v1/programmes", body)["id"]
        made = self.post("admin", "/assessment/v1/catalogues/defaults")["catalogues"]
        catalogue = next(c["id"] for c in made if c["key"] == "default")
        for number in range(PERSONS):
            subject = f"person-{number}"
            body = {"name": f"Personne {number}", "sign_in_subject": subject}
            person = self.post("admin", "/directory/v1/persons", body)["id"]
            path = f"/assessment/v1/persons/{person}/assessments"
            told = self.post(subject, path, {"catalogue": catalogue})
            self.persons.append((person, subject, told["id"]))

    def answers(self, number: int) -> Iterator[Callable[[], object]]:
        """One person after the other answers one theme after the other, without end.

        Each writer has persons of its own: nobody writes in two places at the same moment.
        """
        mine = self.persons[number::WRITERS]
        for value, (person, subject, assessment) in zip(count(), cycle(mine)):
            path = f"/assessment/v1/persons/{person}/assessments/{assessment}/ratings"
            theme = THEMES[(number + value // len(mine)) % len(THEMES)]
            body = {"theme": theme, "value": (7 * value + number) % 101}
            yield lambda path=path, body=body, subject=subject: self.post(subject, path, body)

    def stood(self, wanted: int) -> list[Stood]:
        """So many, the kinds in turn, each let in somewhere; and every service has heard of it."""
        makers = (self.let_in, self.caring, self.restricted, self.leaving, self.mandated)
        made = [makers[n % len(makers)](*self.persons[n % PERSONS][:2]) for n in range(wanted)]
        time.sleep(3)
        return made

    def registered(self, kind: str, role: str) -> tuple[str, str]:
        subject = f"{role}-{next(self.numbers)}"
        body = {
            "kind": kind,
            "name": subject,
            "sign_in_subject": subject,
            "roles": [{"role": role}],
        }
        return self.post("admin", "/directory/v1/parties", body)["id"], subject

    def stands(self, kind: str, person: str, subject: str, by: str, *asked: Any) -> Stood:
        def revoke() -> None:
            self.post(by, *asked)

        return Stood(kind, person, lambda: self.here.as_(subject), revoke)

    def let_in(self, person: str, herself: str) -> Stood:
        party, subject = self.registered("relative", "relative")
        tabs = ["quality_of_life", "strengths", "network", "plan"]
        body = {"audience": party, "tabs": tabs, "purpose": "care", "until": FAR}
        path = f"/directory/v1/persons/{person}/consents"
        entry = self.post(herself, path, body)["entries"][0]
        withdrawn = f"{path}/{entry}/withdrawals"
        return self.stands("consent withdrawn", person, subject, herself, withdrawn)

    def cared(self, person: str) -> tuple[str, str, str]:
        party, subject = self.registered("staff", "practitioner")
        body = {
            "party": party,
            "role": "practitioner",
            "site": self.site,
            "programme": self.programme,
            "words": "Pour faire connaissance.",
        }
        path = f"/directory/v1/persons/{person}/care-relations"
        return party, subject, f"{path}/{self.post('admin', path, body)['entries'][0]}/endings"

    def caring(self, person: str, herself: str) -> Stood:
        del herself
        _, subject, ending = self.cared(person)
        return self.stands("care ended", person, subject, "admin", ending)

    def restricted(self, person: str, herself: str) -> Stood:
        party, subject, _ = self.cared(person)
        path = f"/directory/v1/persons/{person}/restrictions"
        return self.stands("restricted", person, subject, herself, path, {"audience": party})

    def leaving(self, person: str, herself: str) -> Stood:
        del herself
        party, subject, _ = self.cared(person)
        path = f"/directory/v1/parties/{party}/departures"
        return self.stands("party left", person, subject, "admin", path)

    def mandated(self, person: str, herself: str) -> Stood:
        del herself
        party, subject = self.registered("staff", "auditor")
        body = {"auditor": party, "purpose": "Essai", "begins": "2020-01-01", "until": FAR}
        mandate = str(uuid4())
        self.post("admin", "/directory/v1/audit-mandates", {"id": mandate, **body})
        path = f"/directory/v1/audit-mandates/{mandate}/endings"
        return self.stands("mandate ended", person, subject, "admin", path)

    def leave(self) -> None:
        for client in self.clients.values():
            client.close()
