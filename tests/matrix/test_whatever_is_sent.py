"""Whatever someone who is signed in sends: a success or a clear refusal, in French and in English."""

import json
import random
import re
from uuid import uuid4

import httpx
import pytest

from tests.matrix import (  # noqa: F401 - each tells
    calls_answers,
    calls_delivery,
    calls_directory,
    calls_reporting,
)
from tests.matrix.calls import prepared
from tests.matrix.calls_assessment import whole
from tests.matrix.calls_network import mapped
from tests.matrix.calls_plans import planned
from tests.matrix.odd import BYTES, HEADERS, IDS, MOMENTS, NUMBERS, TEXTS, odd_bodies
from tests.matrix.scene import made_scene
from tests.support.clients import Call, ask
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-each-alone")
EVERY = [pytest.param(o, id=str(o)) for o in every_operation()]
PROBLEM = "application/problem+json"
BODIES, QUERIES = 14, 10  # tried of all there are, others for each operation
LANGUAGES = ("fr-CA", "en")


@pytest.fixture(scope="module")
def odd_house(installation):
    """An organisation of its own: what is sent here may be kept."""
    scene = made_scene(installation)
    for step in (whole, planned, mapped):
        step(scene)
    scene.settled()
    yield scene
    scene.leave()


def clear(answer: httpx.Response) -> None:
    sent = answer.request
    assert answer.status_code < 500, (sent.content, sent.headers, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == PROBLEM
        told = answer.json()
        assert told["status"] == answer.status_code
        assert all(" " in told[part] for part in ("detail",)), told
        assert all(" " in error["detail"] for error in told.get("errors", ())), told
        assert told["code"] not in told["detail"], told


def somewhere(operation) -> Call:
    """The example, sent to a place that is not there: what is refused before anyone looks."""
    needed = [p["name"] for p in operation.parameters if p["in"] == "query" and p.get("required")]
    places = {p["name"]: str(uuid4()) for p in operation.parameters if p["in"] == "path"}
    return Call("person", places, operation.example, {name: str(uuid4()) for name in needed})


def raw(client, operation, call, content, kind, **headers):
    url = f"/{operation.service}{operation.path.format(**call.places)}"
    sent = {"Content-Type": kind, **headers}
    return client.request(operation.method, url, content=content, headers=sent)


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].changes])
def test_an_odd_body_is_answered_clearly(operation, odd_house):
    call = prepared(operation, odd_house)
    client, by = odd_house.client(call.who), random.Random(str(operation))
    bodies = odd_bodies(operation, call.body)
    for body in by.sample(bodies, min(BODIES, len(bodies))):
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")
        match = {} if call.match is None else {"If-Match": f'"{call.match}"'}
        clear(raw(client, operation, call, content, "application/json", **match))
    for content, kind in by.sample(BYTES, 3):
        answer = raw(client, operation, call, content, kind)
        clear(answer)
        assert answer.status_code >= 400, content
    clear(ask(client, operation, call, by.choice(HEADERS)))


@pytest.mark.parametrize("operation", [o for o in EVERY if not o.values[0].changes])
def test_an_odd_query_is_answered_clearly(operation, odd_house):
    call = prepared(operation, odd_house)
    client, by = odd_house.client(call.who), random.Random(str(operation))
    values = [str(value) for value in (*TEXTS, *MOMENTS, *NUMBERS, *IDS) if value != ""]
    for _ in range(QUERIES):
        name = by.choice([*sorted(operation.query), "unknown"])
        query = {**call.query, name: by.choice(values)}
        clear(ask(client, operation, Call(call.who, call.places, query=query)))
    clear(ask(client, operation, call, by.choice(HEADERS)))
    unknown = Call(call.who, call.places, query={**call.query, "unknown": "1"})
    told = ask(client, operation, unknown)
    assert told.status_code in ((422,) if operation.query else (200, 422)), told.text


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].slots])
def test_a_place_nobody_could_have_been_given_is_unknown(operation, odd_house):
    names = [p["name"] for p in operation.parameters if p["in"] == "path"]
    for name in names[:1]:
        for value in ("x", "0" * 32, "%00", "%ff", "a%2Fb"):
            places = {n: str(uuid4()) for n in names} | {name: value}
            answer = ask(
                odd_house.client("administrator"), operation, Call("administrator", places, {})
            )
            clear(answer)
            assert answer.status_code in (403, 404, 422, 428), answer.text


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].open])
def test_what_needs_no_sign_in_is_the_same_for_everybody(operation, odd_house):
    assert not operation.about_her
    assert not operation.changes
    call = prepared(operation, odd_house)
    with httpx.Client(base_url=odd_house.installation.url, trust_env=False) as nobody:
        answer = ask(nobody, operation, call)
    assert answer.status_code == 200
    assert answer.text == ask(odd_house.client("administrator"), operation, call).text


@pytest.mark.parametrize("operation", [o for o in EVERY if not o.values[0].open])
def test_whoever_has_not_signed_in_is_told_so_in_both_languages(operation, odd_house):
    call, details = somewhere(operation), set()
    with httpx.Client(base_url=odd_house.installation.url, trust_env=False) as nobody:
        for language in LANGUAGES:
            answer = ask(nobody, operation, call, {"Accept-Language": language})
            clear(answer)
            assert (answer.status_code, answer.json()["code"]) == (401, "sign_in.needed")
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            details.add(answer.json()["detail"])
    assert len(details) == len(LANGUAGES)


@pytest.mark.parametrize("operation", [o for o in EVERY if o.values[0].changes])
def test_a_field_nobody_knows_is_refused_in_both_languages(operation, odd_house):
    call, details = somewhere(operation), set()
    for language in LANGUAGES:
        asked = Call(call.who, call.places, {**(call.body or {}), "perspective": "self"})
        answer = ask(odd_house.client(call.who), operation, asked, {"Accept-Language": language})
        clear(answer)
        assert answer.status_code == 422
        (error,) = answer.json()["errors"]
        assert (error["code"], error["pointer"]) == ("field.unknown", "#/perspective")
        details.add(error["detail"])
    assert len(details) == len(LANGUAGES)


def test_all_that_was_accepted_can_be_folded(odd_house, installation):
    """Nothing odd that got in keeps anybody's views from being brought up to date."""
    odd_house.settled()
    for service in installation.front.services:
        assert installation._ask(service, "SELECT * FROM parked") == [], service


def test_each_service_says_where_it_is_and_shows_what_is_sent_and_answered():
    for operation in every_operation():
        assert [s["url"] for s in operation.document["servers"]], operation
        content = operation.told.get("requestBody", {}).get("content", {})
        assert all("example" in c for c in content.values()), operation
        assert re.fullmatch(r"[a-z_.-]+", operation.told["operationId"]), operation
