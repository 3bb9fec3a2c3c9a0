"""The scene before the stories: organisations, places, people, roles, questionnaires, mandates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cosigne.demo.pages import Page
from cosigne.people import Person, cast, find, id_of, people, tenant_of

BEGUN = "2025-09-01T08:00:00+00:00"
MANDATE = {"begins": "2025-09-01", "until": "2028-12-31"}
PURPOSE = "Vérification annuelle de la coproduction des plans"
WHY = "Pour vous accompagner dans ce que vous voulez faire."
STAFF = frozenset({"practitioner", "peer_worker", "manager", "auditor", "privacy_officer"})

# from which birthday one consents alone, by the law of the country
AGE_OF_CONSENT: Mapping[str, Mapping[str, Any]] = {
    "CA-QC": {
        "age": 14,
        "fr": "Code civil du Québec, art. 14",
        "en": "Civil Code of Québec, s. 14",
    },
    "FR": {
        "age": 15,
        "fr": "loi Informatique et Libertés, art. 45",
        "en": "French Data Protection Act, s. 45",
    },
}


def scene() -> Iterator[Page]:
    """Every act of the scene, in order, each at its own time."""
    for organisation in cast()["organisations"]:
        yield from house(organisation)
    for relation in cast()["care_relations"]:
        if relation["person"] in persons_of_the_stories_told():
            yield care(relation)


def persons_of_the_stories_told() -> frozenset[str]:
    """Everyone but those whose own story begins with the relation."""
    first = {
        s["person"] for s in cast()["stories"] if s["events"][0]["type"] == "care_relation_started"
    }
    return frozenset(p["id"] for p in cast()["people"]) - first


def house(organisation: Mapping[str, Any]) -> Iterator[Page]:
    """One organisation, from its registration by the operator to its auditors' mandates."""
    key, at = organisation["id"], datetime.fromisoformat(BEGUN)
    staff = [p for p in cast()["people"] if p["organisation"] == key]
    first = next(p for p in staff if p["role"] == "administrator")
    admin = find(first["id"])

    def page(path: str, body: Mapping[str, Any], how: str = "POST") -> Page:
        return Page(at, admin, how, f"/directory/v1/{path}", body)

    registering = {
        "id": str(tenant_of(key)),
        "name": organisation["name"],
        "country": organisation["country"],
        "locale": organisation["locale"],
        "timezone": organisation["timezone"],
        "address_form": organisation["address_form"],
        "words": [{"word": w, "text": t} for w, t in organisation["words"].items()],
        "administrator": sign_in(admin),
    }
    yield Page(at, find("ode"), "POST", "/directory/v1/organisations", registering)
    for site in organisation["sites"]:
        told = {"id": str(id_of("site", site["id"])), "name": site["name"]}
        yield page("sites", {**told, "town": site["town"], "kind": site["kind"]})
    for programme in organisation["programmes"]:
        told = {"id": str(id_of("programme", programme["id"])), "name": programme["name"]}
        yield page("programmes", {**told, "site": str(id_of("site", programme["site"]))})
    yield page("help-lines", {"lines": organisation["help_lines"]}, "PUT")
    yield page("reading-delay", organisation["reading_delay"], "PUT")
    yield page("age-of-consent", AGE_OF_CONSENT[organisation["country"]], "PUT")
    yield from (page(*registering_of(told)) for told in staff if told is not first)
    yield Page(at, admin, "POST", "/assessment/v1/catalogues/defaults", {})
    for told in staff:
        if told["role"] == "auditor":
            auditor = find(told["id"])
            given = {"id": str(id_of("mandate", auditor.key)), "auditor": str(auditor.id)}
            yield page("audit-mandates", {**given, "purpose": PURPOSE, **MANDATE})


def registering_of(told: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Where and how someone is registered: a person for herself, others with their roles."""
    who = sign_in(find(told["id"]))
    if told["role"] == "person":
        return "persons", {**who, "age": told["age"]}
    return "parties", {**who, **places_of(told)}


def sign_in(who: Person) -> dict[str, Any]:
    return {"id": str(who.id), "name": who.name, "sign_in_subject": who.subject}


def places_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What kind of party, and which role at which sites."""
    role = told["role"]
    sites = told.get("sites") or ([told["site"]] if "site" in told else [None])
    roles = [
        {
            "role": role,
            **({"site": str(id_of("site", site))} if site else {}),
            **({"job": told["job"]} if "job" in told else {}),
        }
        for site in sites
    ]
    return {"kind": "staff" if role in STAFF else role, "roles": roles}


def care(relation: Mapping[str, Any]) -> Page:
    worker, person = find(relation["practitioner"]), find(relation["person"])
    role = "peer_worker" if worker.role == "peer_worker" else "practitioner"
    body = {
        "party": str(worker.id),
        "role": role,
        "site": str(id_of("site", relation["site"])),
        "programme": str(id_of("programme", relation["programme"])),
        "words": WHY,
    }
    at = datetime.fromisoformat(f"{relation['start']}T09:00:00+00:00")
    admin = administrator_of(person)
    return Page(at, admin, "POST", f"/directory/v1/persons/{person.id}/care-relations", body)


def administrator_of(person: Person) -> Person:
    return next(
        p
        for p in people().values()
        if p.role == "administrator" and p.organisation == person.organisation
    )
