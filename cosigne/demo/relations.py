"""How the directory's events of a life are told: care, ways of working, restrictions, rights."""

from __future__ import annotations

from collections.abc import Mapping

from cosigne.demo.memory import Life
from cosigne.demo.portraits import Tell, send
from cosigne.demo.scene import WHY
from cosigne.demo.teller import Event, Teller
from cosigne.people import Person, cast, find, id_of

RIGHTS = {"copie du dossier": "copy"}
OUTCOMES = {"accordée": "granted"}
CHECKED = {"justifié": "justified"}
SCOPES = {"argent": "money", "papiers": "papers"}


def home(person: Person) -> str:
    return f"/directory/v1/persons/{person.id}"


def care_started(teller: Teller, event: Event, person: Person, _: Life) -> None:
    told = event["data"]
    worker = find(told["practitioner"])
    body = {
        "party": str(worker.id),
        "role": "peer_worker" if worker.role == "peer_worker" else "practitioner",
        "site": str(id_of("site", told["site"])),
        "programme": str(id_of("programme", told["programme"])),
        "words": WHY,
    }
    send(teller, event, person, home=home(person), path=f"{home(person)}/care-relations", body=body)


def way_agreed(teller: Teller, event: Event, person: Person, _: Life) -> None:
    path = f"{home(person)}/way-of-working"
    send(teller, event, person, home=home(person), path=path, body=event["data"])


def restricted(teller: Teller, event: Event, person: Person, _: Life) -> None:
    told = event["data"]
    body = {
        "audience": str(find(told["audience"]).id),
        "scope": ["everything"],
        "reason": told["reason"],
    }
    send(teller, event, person, home=home(person), path=f"{home(person)}/restrictions", body=body)


def right_requested(teller: Teller, event: Event, person: Person, life: Life) -> None:
    told = event["data"]
    body = {"right": RIGHTS[told["right"]], "due": told["due"]}
    answer = send(
        teller, event, person, home=home(person), path=f"{home(person)}/rights", body=body
    )
    life.ids["right"] = answer["entries"][0]


def right_answered(teller: Teller, event: Event, person: Person, life: Life) -> None:
    path = f"{home(person)}/rights/{life.ids['right']}/answers"
    body = {"outcome": OUTCOMES[event["data"]["outcome"]]}
    send(teller, event, person, home=home(person), path=path, body=body)


def represented(teller: Teller, event: Event, person: Person, _: Life) -> None:
    told = event["data"]
    representative = find(told["representative"])
    kind = next(p["kind"] for p in cast()["people"] if p["id"] == representative.key)
    body = {
        "party": str(representative.id),
        "kind": kind,
        "scope": [SCOPES[scope] for scope in told["scope"]],
        "until": told["until"],
    }
    path = f"{home(person)}/representations"
    send(teller, event, person, home=home(person), path=path, body=body)


def consent_given(teller: Teller, event: Event, person: Person, _: Life) -> None:
    told = event["data"]
    body = {
        "audience": str(find(told["audience"]).id),
        "tabs": told["scope"],
        "purpose": told["purpose"],
        "until": told["until"],
    }
    path, name = f"{home(person)}/consents", f"consent:{told['audience']}"
    send(teller, event, person, home=home(person), path=path, body=body, names=(name,))


def consent_withdrawn(teller: Teller, event: Event, person: Person, life: Life) -> None:
    consent = life.entries[f"consent:{event['data']['audience']}"]
    path = f"{home(person)}/consents/{consent}/withdrawals"
    body = {"words": event["data"]["words"]} if "words" in event["data"] else {}
    send(teller, event, person, home=home(person), path=path, body=body)


def emergency_opened(teller: Teller, event: Event, person: Person, life: Life) -> None:
    path = f"{home(person)}/emergency-accesses"
    answer = send(teller, event, person, home=home(person), path=path, body=event["data"])
    life.ids["emergency"] = answer["entries"][0]


def emergency_reviewed(teller: Teller, event: Event, person: Person, life: Life) -> None:
    path = f"{home(person)}/emergency-accesses/{life.ids['emergency']}/reviews"
    words = event["data"]["outcome"]
    body = {"outcome": CHECKED[words.partition(",")[0]], "words": words}
    send(teller, event, person, home=home(person), path=path, body=body)


RELATIONS: Mapping[str, Tell] = {
    "care_relation_started": care_started,
    "way_of_working_agreed": way_agreed,
    "access_restricted": restricted,
    "representation_started": represented,
    "emergency_access_opened": emergency_opened,
    "emergency_access_reviewed": emergency_reviewed,
    "consent_given": consent_given,
    "consent_withdrawn": consent_withdrawn,
    "right_requested": right_requested,
    "right_answered": right_answered,
}
