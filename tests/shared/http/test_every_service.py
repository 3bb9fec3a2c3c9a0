"""Every operation of every service: described whole, and never broken by what is sent to it."""

import json
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from cosigne.plans import plans
from shared.http.app import description_of, service_app
from shared.http.document import operations, without_example
from shared.http.errors import SignInNeeded
from shared.http.messages import Sentences
from tests.support.codes import ROOT

SERVICES = sorted(plans())
EXAMPLE_ID = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b11"


class NobodyThere:
    """A desk that asks everyone to sign in: what comes before it is what is tried here."""

    def __getattr__(self, name):
        def ask(*args, **kwargs):
            raise SignInNeeded("sign_in.needed")

        return ask


@cache
def app_of(service):
    plan = plans()[service]
    return service_app(
        plan.name,
        plan.title,
        [routes(NobodyThere()) for routes in plan.routes],
        sentences=Sentences(ROOT / "shared" / "messages", plan.folder / "messages"),
        servers=[{"url": f"http://127.0.0.1/{service}"}],
        issuer="http://127.0.0.1/issuer",
    )


@cache
def document_of(service):
    return description_of(app_of(service))


def operations_of_all():
    return [
        pytest.param(service, path, method, operation, id=f"{service} {method} {path}")
        for service in SERVICES
        for path, method, operation in operations(document_of(service))
    ]


EVERY = pytest.mark.parametrize(("service", "path", "method", "operation"), operations_of_all())


def contents(operation):
    """Each documented body of an operation: what is sent, and what comes back when all is well."""
    yield from operation.get("requestBody", {}).get("content", {}).items()
    for status, response in operation["responses"].items():
        if status.startswith("2"):
            yield from response.get("content", {}).items()


def faults(service, schema, value):
    root = Resource.opaque(document_of(service))
    registry = Registry().with_resource("urn:service", root)
    pointed = json.loads(json.dumps(schema).replace('"#/', '"urn:service#/'))
    components = json.loads(json.dumps(document_of(service)).replace('"#/', '"urn:service#/'))
    registry = Registry().with_resource("urn:service", Resource.opaque(components))
    found = Draft202012Validator(pointed, registry=registry).iter_errors(value)
    return [f"{'/'.join(map(str, e.path))}: {e.message}" for e in found]


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_of_a_service_has_an_example(service):
    assert without_example(document_of(service)) == []


@EVERY
def test_every_example_is_what_its_schema_says(service, path, method, operation):
    for kind, content in contents(operation):
        if not kind.startswith("application/json"):
            continue
        told = [content["example"]] if "example" in content else []
        told += [e["value"] for e in content.get("examples", {}).values()]
        for example in told:
            assert faults(service, content["schema"], example) == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_of_a_service_has_a_name_of_its_own_and_a_sentence(service):
    found = list(operations(document_of(service)))
    assert len({o["operationId"] for *_, o in found}) == len(found)
    assert [f"{m} {p}" for p, m, o in found if not o.get("summary")] == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_reference_of_a_service_leads_somewhere(service):
    document = document_of(service)
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document))):
        here = document
        for part in reference.split("/"):
            here = here[part]


def sent(service, path, method, **request):
    address = re.sub(r"\{[^}]+\}", EXAMPLE_ID, path)
    return app_of(service).test_client().open(address, method=method.upper(), **request)


def clear(answer):
    assert 400 <= answer.status_code < 500, answer.text
    assert answer.mimetype == "application/problem+json"
    assert " " in answer.json["detail"]


@EVERY
def test_the_example_of_every_operation_gets_as_far_as_signing_in(service, path, method, operation):
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    query = {
        p["name"]: p.get("example") or EXAMPLE_ID
        for p in operation["parameters"]
        if p.get("in") == "query" and p.get("required")
    }
    for example in [body["example"]] if body and "example" in body else [None]:
        request = {"json": example} if example is not None else {}
        answer = sent(service, path, method, query_string=query, **request)
        assert (answer.status_code, answer.json["code"]) == (401, "sign_in.needed"), answer.text


NASTY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8)
    | st.sampled_from(["\0", EXAMPLE_ID, "2026-01-16", "", 10**40, -1, 1.5, "🎈"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


@EVERY
def test_no_operation_breaks_on_what_is_sent(service, path, method, operation):
    clear(sent(service, path, method, query_string={"limit": "x", "cursor": "\0", "y": "9" * 50}))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body is None:
        return
    example = body.get("example", {})
    places = sorted({*example, "act", "x"})

    @settings(max_examples=12, deadline=None, derandomize=True, database=None)
    @given(st.sampled_from(places), NASTY)
    def attempt(place, nasty):
        raw = json.dumps({**example, place: nasty})
        clear(sent(service, path, method, data=raw, content_type="application/json"))

    attempt()
    for raw in (b"", b"{", b"[]", b"null", b"\xff", b'{"a": 1}', b"[" * 2000):
        clear(sent(service, path, method, data=raw, content_type="application/json"))
