"""Whoever runs an installation sees what it does, from a click to a partner's webhook, and nobody's life."""

from __future__ import annotations

import io
import logging
import os
from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from cosigne.plans import plans
from cosigne.running.measuring import measure
from shared.ledger import Ledger
from shared.telemetry import instruments, process
from tests.delivery.partner import partner_of
from tests.delivery.receiver import receiving as webhooks
from tests.journeys.seen import NAME, WORDS, Seen, as_json, leaks
from tests.portal.conftest import opened as open_portal
from tests.portal.conftest import signed_in
from tests.support.installation import eventually, installed, made_house
from tests.support.otlp import receiving, said

pytestmark = pytest.mark.xdist_group("seen")  # what one test provokes, another looks for


@pytest.fixture(scope="module")
def seen(server, tmp_path_factory) -> Iterator[Seen]:
    """An installation that was begun with telemetry, all of it in this process."""
    output, root = io.StringIO(), logging.getLogger()
    handler, level = as_json(output), root.level
    with receiving() as receiver, pytest.MonkeyPatch.context() as given:
        given.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint)
        given.setenv("OTEL_TRACES_SAMPLER_ARG", "1")
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        telemetry = process.begin("cosigne-test", os.environ)
        with (
            closing_telemetry(telemetry),
            installed(server, tmp_path_factory.mktemp("seen")) as made,
        ):
            measure(made.settings, plans(), made.worker.kinds)
            house = open_portal(made_house(made))
            yield Seen(house, receiver, telemetry, output)
        root.removeHandler(handler)
        root.setLevel(level)


def closing_telemetry(telemetry):
    telemetry.close = telemetry.end
    return closing(telemetry)


@pytest.fixture(scope="module")
def story(seen):
    """She opens her plan with a click, and her partner hears of it; other things go wrong meanwhile."""
    house = seen.house
    partner = partner_of(house, NAME)
    with webhooks() as endpoint:
        partner.grant(url=endpoint.url).consented()
        with browser(house) as browsing:
            path = f"/persons/{house.person.id}/plan/begin"
            answer = browsing.post(path, data={"words": WORDS})
            assert answer.status_code == 200, answer.text
        eventually(lambda: endpoint.received)
        received = endpoint.received[:]
    house.installation.settled()
    goes_wrong(house)
    return received


def browser(house):
    return httpx.Client(
        base_url=house.installation.url,
        cookies=signed_in(house, house.person),
        headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": "fr"},
        follow_redirects=True,
        trust_env=False,
        timeout=30,
    )


def goes_wrong(house):
    """What people and programs do wrong, and what breaks, each with words or ids in it."""
    client, who = house.person.client, house.person.id
    client.post(f"/plans/v1/persons/{who}/plans", json={"words": 3, NAME: WORDS})
    client.get(f"/plans/v1/persons/{who}/{NAME}")
    client.get(f"/plans/v1/persons/{house.neighbour.id}/plans")
    client.request("BREW", f"/plans/v1/persons/{who}/plans")
    client.get(f"/{NAME}/{who}")
    house.practitioner.client.get(
        f"/plans/v1/persons/{who}/plans", headers={"traceparent": NAME.encode("latin-1")}
    )
    with pytest.MonkeyPatch.context() as broken:

        def breaks(*_, **__):
            raise ValueError(f"{NAME}: {WORDS}")

        broken.setattr(Ledger, "facts", breaks)
        broken.setattr(Ledger, "load", breaks)
        answer = client.post(
            f"/assessment/v1/persons/{who}/assessments", json={"catalogue": str(who)}
        )
        assert answer.status_code == 500


def test_one_trace_leads_from_the_click_to_the_partners_webhook(seen, story):
    def clicked():
        seen.telemetry.sending.flush()
        return [
            s for s in seen.receiver.spans if s.name == "POST /persons/<uuid:person>/plan/begin"
        ]

    [click] = seen.receiver.wait(clicked)
    wanted = {"command OpenPlan", "append", "seal", "project", "place", "deliver"}
    trace = click.trace_id.hex()
    seen.receiver.wait(lambda: wanted <= {s.name for s in seen.of(trace)})
    whole = seen.of(trace)
    by_name = {span.name: span for span in whole}
    by_id = {span.span_id: span for span in whole}
    command = by_name["command OpenPlan"]
    answered = by_id[command.parent_span_id]
    assert said(answered.attributes)["cosigne.service"] == "plans"
    asked = by_id[answered.parent_span_id]
    assert said(asked.attributes) == {
        "cosigne.service": "plans",
        "http.request.method": "POST",
        "http.response.status_code": 201,
    }
    assert by_id[asked.parent_span_id] is not None
    assert by_id[asked.parent_span_id].span_id == click.span_id
    assert by_name["append"].parent_span_id == command.span_id
    for later in ("seal", "project", "place", "deliver"):
        assert by_name[later].parent_span_id == answered.span_id
    views = {said(s.attributes)["cosigne.service"] for s in whole if s.name == "project"}
    assert {"plans", "reporting", "delivery"} <= views
    assert said(by_name["deliver"].attributes) == {
        "cosigne.outcome": "done",
        "http.response.status_code": 204,
    }


def test_a_partner_is_handed_no_trace(story):
    assert story
    assert not [one for one in story if "traceparent" in one.headers or b"traceparent" in one.body]


def test_nobodys_words_names_or_ids_are_in_anything_that_left(seen, story):
    everything = seen.everything()
    assert "http.route" in everything
    assert '"exception.type":"ValueError"' in seen.output.getvalue()
    assert leaks(everything, seen.house) == []


@pytest.mark.parametrize("planted", [NAME, WORDS, "id", "sign-in"])
def test_what_leaks_would_be_found(seen, story, planted):
    person = seen.house.person
    word = {"id": str(person.id), "sign-in": person.subject}.get(planted, planted)
    span = seen.telemetry.sending.tracer.start("leak", "internal", None, None)
    span.set_attribute("planted", word)
    span.end()
    seen.telemetry.sending.flush()
    seen.receiver.wait(lambda: [s for s in seen.receiver.spans if s.name == "leak"])
    assert leaks(seen.everything(), seen.house)
    for asked in seen.receiver.asked["traces"]:
        for resource in asked.resource_spans:
            for scope in resource.scope_spans:
                kept = [s for s in scope.spans if s.name != "leak"]
                del scope.spans[:]
                scope.spans.extend(kept)


def test_every_metric_that_is_declared_is_told_by_a_real_run(seen, story):
    seen.telemetry.sending.flush()
    told = {metric.name for metric in seen.receiver.metrics}
    # nothing of it happened here: no brokers, no loss of a race, no erasure
    absent = {
        one.name
        for one in (
            instruments.SENT, instruments.CONSUMED, instruments.MESSAGING_TIME,
            instruments.RELAY_LAG, instruments.RELAY_BEHIND, instruments.CONFLICTS,
            instruments.KEYS_ERASED,
        )
    }  # fmt: skip
    assert told == {one.name for one in instruments.EVERY} - absent


def test_the_figures_are_those_of_what_happened(seen, story):
    seen.telemetry.sending.flush()
    last = {}
    for apart, point in seen.receiver.points("cosigne.access.decisions"):
        last[apart["cosigne.service"], apart["cosigne.outcome"], apart.get("cosigne.code")] = (
            point.as_int
        )
    assert last["plans", "allowed", None] > 0
    assert last["plans", "denied", "person.unknown"] >= 1
    unsealed = [p.as_int for a, p in seen.receiver.points("cosigne.unsealed.events")]
    assert unsealed[-1] == 0
    views = {
        (a["cosigne.service"], a["cosigne.view"])
        for a, _ in seen.receiver.points("cosigne.view.lag")
    }
    assert len(views) > 20
