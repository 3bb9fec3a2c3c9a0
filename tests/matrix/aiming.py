"""Any operation, aimed at one person's record: her ids in every place, her theme, her entries."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import httpx

from tests.matrix.calls import Untold, meant
from tests.matrix.scene import FAR, Scene
from tests.support.clients import Call, ask
from tests.support.operations import Operation

THEME = "travail"
NAMES: Mapping[str, str] = {"theme": THEME, "meaning": THEME, "sphere": "emploi"}
OTHER = 99  # what others would have her answer
# what a refused command must not have cost her: these stand for things nothing else rests on
SPARED = (
    "access",
    "consent",
    "mandate",
    "opened",
    "party",
    "programme",
    "relation",
    "representation",
    "site",
)
# where the version is read that a command must name
VERSIONED = (
    "/v1/persons/{person}/plans/{plan}",
    "/v1/persons/{person}/resources",
    "/v1/persons/{person}/network",
    "/v1/persons/{person}/summaries/{summary}",
    "/v1/catalogues/{catalogue}",
)


def aimed(operation: Operation, scene: Scene, who: str, **instead: str) -> Call:
    """The operation's example with everything in it hers; `instead` places other ids."""
    ids = {**scene.ids, **instead}
    places = {}
    for parameter in operation.parameters:
        name = parameter["name"]
        if parameter["in"] == "path":
            places[name] = NAMES.get(name) or id_for(name, ids)
    body = hers(operation.example)
    if isinstance(body, dict) and "expires" in body:
        body["expires"] = scene.soon()
    query = {}
    for slot in operation.slots:
        if slot.where == "body" and Call(who, body=body).at(slot):
            # whom she lets in or keeps out in the directory must not be one of those who try
            away = operation.service == "directory" and slot.name == "audience"
            name = "party" if away else meant(operation, slot)
            body = operation.with_id(body, slot.way, id_for(name, ids))
        elif slot.where == "query" and slot.name in ("before", "after"):
            query[slot.name] = ids["assessment"]
    return Call(who, places, body, query)


def id_for(name: str, ids: Mapping[str, str]) -> str:
    if name in SPARED and f"spare_{name}" in ids:
        return ids[f"spare_{name}"]
    if name not in ids:
        raise Untold(f"nothing of the scene is called {name!r}: make one in tests/matrix/quiet.py")
    return ids[name]


def hers(value: Any) -> Any:
    """An example about the theme she rated, with another figure than hers, and days to come."""
    if isinstance(value, dict):
        told = {k: NAMES.get(k) or hers(v) for k, v in value.items() if k not in ("id", "due")}
        told |= {"value": OTHER} if isinstance(told.get("value"), int) else {}
        return told | ({"until": FAR} if "until" in told else {})
    return [hers(v) for v in value] if isinstance(value, list) else value


def tried(
    operation: Operation, scene: Scene, who: str, client: httpx.Client, **instead: str
) -> Iterator[httpx.Response]:
    """The answers to everything that can be tried: as oneself, and as noted for her."""
    call = aimed(operation, scene, who, **instead)
    if not operation.changes:
        yield ask(client, operation, call)
        return
    acts: tuple[Mapping[str, Any] | None, ...] = (None,)
    if operation.about_her and "act" in (operation.body or {}).get("properties", {}):
        there = [{"party": scene["person"], "part": "agreed", "role": "person"}]
        acts = (None, {**scene.noted(), "contributors": there})
    for act in acts:
        body = call.body if act is None else {**call.body, "act": act}
        yield matched(operation, scene, client, replace(call, body=body))


def matched(operation: Operation, scene: Scene, client: httpx.Client, call: Call) -> httpx.Response:
    """Asked, and asked again with the version it must name."""
    answer = ask(client, operation, call)
    if answer.status_code != 428:
        return answer
    return ask(client, operation, replace(call, match=version(operation, scene, call.places)))


def version(operation: Operation, scene: Scene, places: Mapping[str, str]) -> int:
    """The version as she, or an administrator, reads it."""
    where = next(path for path in VERSIONED if operation.path.startswith(path))
    reader = "person" if "{person}" in where else "administrator"
    address = f"/{operation.service}{where.format(**places)}"
    return int(scene.client(reader).get(address).headers["ETag"].strip('"'))
