"""The pages of the reference that are made from the code say what the code says."""

import json
from base64 import b64decode
from pathlib import Path

import orjson
import pytest
import yaml
from cloudevents.http import from_dict
from jsonschema import Draft202012Validator

from cosigne.reference import asyncapi, asyncapi_internal, events, telemetry
from cosigne.reference.access import PAGE, WHO, page
from cosigne.reference.actions import operation_actions
from cosigne.reference.channels import KEYS
from cosigne.reference.examples import AT, example
from cosigne.reference.offered import kinds
from cosigne.reference.partner_schemas import (
    FOLDER,
    envelope,
    event_schema,
    published,
    sent_schemas,
)
from services.delivery.domain.offer import CONTROL, OFFER, WITHHELD
from shared.access.policy import POLICY
from shared.contracts.changes import broken
from shared.http.webhooks import signed_headers
from shared.kafka.record import arrived
from shared.settings import SERVICES
from shared.store.cipher import leaf_of
from tests.support.registry import every_fact

ROOT = Path(__file__).parents[2]

PUBLISHED = [pytest.param(file, schema, id=file.stem) for file, schema in published()]


def test_the_page_on_access_is_the_one_that_the_code_makes():
    assert PAGE.read_text("utf-8") == page(), "run: make docs"


def test_every_way_to_stand_has_its_words():
    assert set(WHO) >= set().union(*POLICY.values())


def test_every_operation_asks_for_an_action_of_the_table():
    assert {o.action for o in operation_actions()} == set(POLICY)


@pytest.mark.parametrize(
    "made", [events, asyncapi, asyncapi_internal, telemetry], ids=lambda m: m.PAGE.name
)
def test_these_pages_are_those_that_the_code_makes(made):
    assert made.PAGE.read_text("utf-8") == made.page(), "run: make docs"


@pytest.mark.parametrize(("file", "now"), PUBLISHED)
def test_what_partners_count_on_only_grows(file, now):
    assert file.exists(), "run: make docs"
    was = json.loads(file.read_text("utf-8"))
    assert [str(one) for one in broken(was, now)] == []
    assert was == now, f"{file.name} has grown: run make docs"


def test_no_schema_stands_for_an_event_that_nobody_is_told():
    assert {file for file, _ in published()} == set(FOLDER.glob("*"))


def test_every_kind_of_event_has_its_words():
    assert {kind.stored for kind in kinds()} == {*OFFER, *CONTROL, WITHHELD}
    assert all(kind.fr and kind.en and kind.when for kind in kinds())


@pytest.mark.parametrize("number", range(len(kinds())), ids=lambda n: kinds()[n].stored)
def test_an_example_is_one_that_would_be_sent(number):
    """Thin and full: by the open schema, by the closed one, and by the libraries of others."""
    kind = kinds()[number]
    forms = sent_schemas(kind)
    for form, event in (
        ("thin", example(kind.stored, 1)),
        ("full", example(kind.stored, 1, full=True)),
    ):
        for schema in (envelope(), event_schema(kind), forms[form]):
            assert faults(schema, event) == []
        assert from_dict(event)["type"] == kind.type
        assert faults(event_schema(kind), {**event, "new": 1}) == []
        assert faults(forms[form], {**event, "new": 1}) != []
        more = {**event, "data": {**event["data"], "who": "x"}}
        assert faults(event_schema(kind), more) == []
        assert faults(forms[form], more) != []
    if len(forms["full"]["properties"]["data"]["properties"]) > len(kind.thin):
        assert faults(forms["thin"], example(kind.stored, 1, full=True)) != []


def test_the_examples_of_the_asyncapi_document_are_what_it_describes():
    document = yaml.safe_load(asyncapi.PAGE.read_text("utf-8"))
    parts = {"components": document["components"]}
    seen = 0
    for message in (
        *document["components"]["messages"].values(),
        *document["channels"]["feed"]["messages"].values(),
        *document["channels"]["stream"]["messages"].values(),
    ):
        for told in message["examples"]:
            seen += 1
            assert faults(message["payload"] | parts, told["payload"]) == []
            assert faults(message.get("headers", {}), told.get("headers", {})) == []
            if "webhook-id" in told.get("headers", {}):
                body = orjson.dumps(told["payload"])
                assert signed_headers([KEYS], told["payload"]["id"], AT, body) == told["headers"]
    assert seen > len(kinds())


def test_the_examples_of_the_internal_document_are_records_that_a_follower_takes():
    document = yaml.safe_load(asyncapi_internal.PAGE.read_text("utf-8"))
    parts = {"components": document["components"]}
    for service, message in document["components"]["messages"].items():
        [told] = message["examples"]
        assert faults(message["headers"] | parts, told["headers"]) == []
        assert faults(message["payload"] | parts, told["payload"]) == []
        other = {**told["headers"], "ce_type": "org.cosigne.elsewhere.happened.v1"}
        assert faults(message["headers"] | parts, other) != []
        leaf = b64decode(told["headers"]["leaf"])
        sent = {**{name: said.encode() for name, said in told["headers"].items()}, "leaf": leaf}
        one = arrived(list(sent.items()), b64decode(told["payload"]))
        envelope = orjson.loads(one.event.envelope)
        assert envelope["service"] == service
        assert envelope["traceparent"] == told["headers"]["ce_traceparent"]
        assert leaf_of(one.event.envelope, b64decode(told["payload"])) == leaf
    assert set(document["channels"]) == {*SERVICES, "published"}


def test_every_fact_stands_in_the_internal_document_with_its_contract_and_none_is_for_partners():
    document = yaml.safe_load(asyncapi_internal.PAGE.read_text("utf-8"))
    told = [m["x-contracts"] for m in document["components"]["messages"].values()]
    files = [file for files in told for file in files]
    assert len(files) == len(set(files)) == len(every_fact())
    assert [file for file in files if not (ROOT / file).exists()] == []
    assert "INTERNAL" in document["info"]["description"]
    public = asyncapi.PAGE.read_text("utf-8")
    assert "kafka" not in public.lower()
    assert "laneprev" not in public


def faults(schema, told):
    check = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    return [error.message for error in check.iter_errors(told)]


def test_formats_are_looked_at():
    """Two libraries must be there for it, or a date-time could be anything."""
    assert {"date-time", "date", "uri", "uuid"} <= set(Draft202012Validator.FORMAT_CHECKER.checkers)
