"""What is asked of the services for each kind of line. Pure: known things in, requests out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cosigne.importer.faults import Fault
from cosigne.importer.house import House, sorted_name
from cosigne.importer.records import Record

AT_ONCE = 200  # lines of one request
WHY = "Cet accompagnement est repris des dossiers de l’organisation."


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `lane` keeps what concerns one person in order; `each` answers line by line."""

    path: str
    body: Mapping[str, Any]
    records: tuple[Record, ...]
    lane: UUID
    key: str | None = None
    each: bool = False


Asked = list[Call] | Fault


def site(record: Record, house: House) -> Asked:
    told = {name: record[name] for name in ("name", "town", "kind") if record[name]}
    body = {"id": str(house.names.id("site", record["key"])), **told}
    return [Call("/directory/v1/sites", body, (record,), house.id)]


def programme(record: Record, house: House) -> Asked:
    at = house.sites.find(record["site"])
    if at is None:
        return record.fault("fault.site_unknown", "site")
    found = house.names.id("programme", record["key"])
    body = {"id": str(found), "site": str(at), "name": record["name"]}
    return [Call("/directory/v1/programmes", body, (record,), house.id)]


def practitioner(record: Record, house: House) -> Asked:
    at = house.sites.find(record["site"]) if record["site"] else None
    if record["site"] and at is None:
        return record.fault("fault.site_unknown", "site")
    party = house.names.id("party", record["key"])
    who = {"id": str(party), "kind": "staff", "name": record.name}
    post = {"role": record["role"], "job": record["job"], "site": at and str(at)}
    return [
        Call("/directory/v1/parties", who | signing_in(record), (record,), party),
        Call(f"/directory/v1/parties/{party}/roles", said(post), (record,), party),
    ]


def person(record: Record, house: House) -> Asked:
    her = house.names.id("person", record["key"])
    told = said({"id": str(her), "name": record.name, "born": record["born"]})
    return [Call("/directory/v1/persons", told | signing_in(record), (record,), her)]


def relation(record: Record, house: House) -> Asked:
    her = house.person(record["person"])
    if her is None:
        return record.fault("fault.person_unknown", "person")
    party = house.staff.find(record["practitioner"])
    if party is None:
        return record.fault("fault.staff_unknown", "practitioner")
    at, within = house.sites.find(record["site"]), house.programmes.find(record["programme"])
    if at is None:
        return record.fault("fault.site_unknown", "site")
    if within is None:
        return record.fault("fault.programme_unknown", "programme")
    body = {
        "party": str(party),
        "role": record["role"] or "practitioner",
        "site": str(at),
        "programme": str(within),
        "words": record["words"] or WHY,
    }
    if record["since"]:
        body["act"] = {"occurred_at": record["since"]}
    return [Call(f"/directory/v1/persons/{her}/care-relations", body, (record,), her)]


ONE_BY_ONE: Mapping[str, Callable[[Record, House], Asked]] = {
    "sites": site,
    "programmes": programme,
    "practitioners": practitioner,
    "persons": person,
    "relations": relation,
}


def learn(record: Record, house: House) -> None:
    """What has been noted may be named by the lines that follow."""
    names = house.names
    match record.mapped.kind.name:
        case "sites":
            house.sites.add(names.id("site", record["key"]), record["name"])
        case "programmes":
            house.programmes.add(names.id("programme", record["key"]), record["name"])
        case "practitioners":
            found = names.id("party", record["key"])
            house.staff.add(found, record.name, record["sign_in"])
        case "persons":
            house.persons.add(names.id("person", record["key"]), sorted_name(record.name))
        case _:
            pass


def signing_in(record: Record) -> dict[str, str]:
    return {"sign_in_subject": record["sign_in"]} if record["sign_in"] else {}


def said(body: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


# ── lines that are noted in a person's name, many in one request ─────────────────────────────


def line_of(record: Record, house: House, her: UUID) -> dict[str, Any] | Fault:
    """What of a record stands in the request's list."""
    names = house.names
    match record.mapped.kind.name:
        case "ratings":
            theme = house.theme(record["theme"])
            if theme is None:
                return record.fault("fault.theme_unknown", "theme")
            return said({"theme": theme, "value": record["value"], "comment": record["comment"]})
        case "goals":
            told = record["key"] or record["words"]
            return {"goal": str(names.id("goal", str(her), told)), "words": record["words"]}
        case _:
            told = record["key"] or sorted_name(record["name"])
            tie = {"tie": str(names.id("tie", str(her), told)), "name": record["name"]}
            more = ("relation", "circle", "kind", "quality", "closeness")
            return said(tie | {name: record[name] for name in more})


PLACES: Mapping[str, str] = {
    "ratings": "/assessment/v1/persons/{her}/assessments-from-files",
    "goals": "/plans/v1/persons/{her}/goals-from-files",
    "ties": "/network/v1/persons/{her}/ties-from-files",
}


def together(records: Iterable[Record], house: House, opened: UUID) -> Iterable[Call | Fault]:
    """One request for what is told of one person on one day."""
    groups: dict[tuple[UUID, str | None], list[tuple[Record, dict[str, Any]]]] = {}
    for record in records:
        her = house.person(record["person"])
        if her is None:
            yield record.fault("fault.person_unknown", "person")
            continue
        line = line_of(record, house, her)
        if isinstance(line, Fault):
            yield line
        else:
            groups.setdefault((her, record["day"]), []).append((record, line))
    for (her, day), told in groups.items():
        for start in range(0, len(told), AT_ONCE):
            yield noting(told[start : start + AT_ONCE], her, day, house, opened)


def noting(
    told: Sequence[tuple[Record, dict[str, Any]]],
    her: UUID,
    day: str | None,
    house: House,
    opened: UUID,
) -> Call:
    kind = told[0][0].mapped.kind.name
    body: dict[str, Any] = {"from_import": str(opened), "lines": [line for _, line in told]}
    if day:
        body["occurred_at"] = day
    if kind == "ratings":
        sitting = house.names.id("assessment", str(house.catalogue), str(her), str(day))
        body |= {"id": str(sitting), "catalogue": str(house.catalogue)}
    records = tuple(record for record, _ in told)
    key = house.names.key(f"{kind}/{her}", body)
    return Call(PLACES[kind].format(her=her), body, records, her, key, each=True)
