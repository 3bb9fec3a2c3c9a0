"""How a person's relations are shown, and which of them to whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from services.directory.domain.relations import Relations

Section = Callable[[Relations, date], Any]


def care_relations(known: Relations, day: date) -> list[dict[str, Any]]:
    del day
    return [asdict(relation) for relation in known.care.relations.values()]


def representations(known: Relations, day: date) -> list[dict[str, Any]]:
    return [
        {
            "id": r.id,
            "party": r.party,
            "role": r.role,
            "kind": r.kind,
            "scope": r.scope,
            "until": r.until,
            "parental": r.parental,
            "current": r.current(day),
        }
        for r in known.representations.known.values()
    ]


def consents(known: Relations, day: date) -> list[dict[str, Any]]:
    running = {c.id for c in known.consents_in_force(day)}
    return [
        {
            "id": c.id,
            "audience": c.audience,
            "category": c.category,
            "tabs": c.tabs,
            "purpose": c.purpose,
            "until": c.until,
            "words": c.words,
            "ethics": c.ethics,
            "in_force": c.id in running,
            "attestation": known.entries[c.id].says(known.entries[c.id].act.author),
        }
        for c in known.consents.given.values()
    ]


def restrictions(known: Relations, day: date) -> list[dict[str, Any]]:
    del day
    return [asdict(restriction) for restriction in known.restrictions.current.values()]


def restrictions_without_reason(known: Relations, day: date) -> list[dict[str, Any]]:
    """Why she keeps someone away is hers to say."""
    return [{**shown, "reason": None} for shown in restrictions(known, day)]


def emergency_accesses(known: Relations, day: date) -> list[dict[str, Any]]:
    del day
    return [asdict(access) for access in known.emergencies.opened.values()]


def notices(known: Relations, day: date) -> list[dict[str, Any]]:
    del day
    return [
        {"text": text, "version": version, "language": language, "form": form, "given": given}
        for (text, version, language, form), given in known.notices.given.items()
    ]


def way_of_working(known: Relations, day: date) -> dict[str, Any] | None:
    del day
    return asdict(known.notices.way) if known.notices.way else None


def rights(known: Relations, day: date) -> list[dict[str, Any]]:
    del day
    return [asdict(request) for request in known.rights.requests.values()]


def erasures(known: Relations, day: date) -> list[dict[str, Any]]:
    """Each that was granted and how far it is: until its day she finds here what to call off."""
    del day
    return [
        {"id": x.id, "request": x.request, "after": x.after, "stage": x.stage}
        for x in known.erasures.known.values()
    ]


def profile(known: Relations, day: date) -> dict[str, Any] | None:
    del day
    told = known.profile
    if told is None:
        return None
    named = ("name", "sign_in_subject", "born", "age")
    return {name: getattr(told, name) for name in named}


def name_only(known: Relations, day: date) -> dict[str, Any] | None:
    del day
    return {"name": known.profile.name} if known.profile else None


EVERYTHING: Mapping[str, Section] = {
    "profile": profile,
    "care_relations": care_relations,
    "representations": representations,
    "consents": consents,
    "restrictions": restrictions,
    "emergency_accesses": emergency_accesses,
    "notices": notices,
    "way_of_working": way_of_working,
    "rights": rights,
    "erasures": erasures,
}
# what someone who stands so to the person may read of her relations
SEEN: Mapping[str, Mapping[str, Section]] = {
    "self": EVERYTHING,
    "care": {
        "profile": name_only,
        "care_relations": care_relations,
        "representations": representations,
        "notices": notices,
        "way_of_working": way_of_working,
    },
    "administrator": {
        "profile": profile,
        "care_relations": care_relations,
        "representations": representations,
        "notices": notices,
    },
    "privacy_officer": {
        **EVERYTHING,
        "restrictions": restrictions_without_reason,
        "profile": name_only,
    },
}


def seen(known: Relations, standing: str, day: date) -> dict[str, Any]:
    return {name: show(known, day) for name, show in SEEN.get(standing, {}).items()}


def named(shown: Mapping[str, Any]) -> list[UUID]:
    """Everyone whom what is shown names, so that the reader gets names and not only ids."""
    found: set[UUID] = set()
    for section in shown.values():
        for one in section if isinstance(section, list) else ():
            parties: Iterable[UUID | None] = (
                one.get("party"),
                one.get("audience"),
                one.get("reviewer"),
            )
            found |= {party for party in parties if party is not None}
    return sorted(found)
