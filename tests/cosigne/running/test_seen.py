"""Each process tells of itself by itself: begun after the fork, under its own name, and sent to the end."""

from __future__ import annotations

import pytest

from tests.support.otlp import receiving, said
from tests.support.separate import cosigne, environment_of

pytestmark = pytest.mark.slow


@pytest.fixture
def receiver():
    with receiving() as made:
        yield made


@pytest.fixture
def given(house, receiver):
    return {
        **environment_of(house.installation.settings),
        "OTEL_EXPORTER_OTLP_ENDPOINT": receiver.endpoint,
        "OTEL_METRIC_EXPORT_INTERVAL": "500",
        "OTEL_TRACES_SAMPLER_ARG": "1",
    }


def instances(receiver, metric):
    """Which processes told it: their names and instances."""
    return {
        (about["service.name"], about["service.instance.id"])
        for asked in receiver.asked["metrics"]
        for resource in asked.resource_metrics
        for scope in resource.scope_metrics
        if metric in {one.name for one in scope.metrics}
        for about in [said(resource.resource.attributes)]
    }


def test_web_processes_are_told_apart_and_name_the_route_not_the_person(house, given, receiver):
    given |= {"COSIGNE_WEB_PROCESSES": "2"}
    person, told = house.person, house.person.client.headers["Authorization"]
    path = f"/plans/v1/persons/{person.id}/plans"
    with cosigne("serve", "--service", "plans", "--bind", "ADDRESS", given=given) as process:
        process.answers("/plans/v1/health/ready")
        process.client.headers["Authorization"] = told
        process.answers(path)
        process.ask(f"/plans/v1/persons/{person.id}/nothing")
        receiver.wait(lambda: len(instances(receiver, "db.client.connection.count")) == 2)
        process.finish()
        assert process.ends() == 0
        output = process.said
    names = {name for name, _ in instances(receiver, "db.client.connection.count")}
    assert names == {"cosigne-web"}
    asked = {span.name: said(span.attributes) for span in receiver.spans if span.kind == 2}
    assert asked["GET /v1/persons/<uuid:person>/plans"]["http.response.status_code"] == 200
    assert asked["GET"]["http.response.status_code"] == 404
    assert not [span for span in receiver.spans if "health" in span.name]
    everything = receiver.everything() + output
    assert str(person.id) not in everything
    assert person.subject not in everything


def test_a_sealer_tells_of_what_it_seals_and_of_nothing_else(house, given, receiver):
    told = {name: value for name, value in given.items() if "DATABASE" not in name}
    # it signs in as the one role that it works as
    told["COSIGNE_PLANS_SEALER_DATABASE_URL"] = house.installation.settings.conninfo(
        "plans", "sealer"
    )
    with cosigne("seal", "--service", "plans", given=told):
        [(name, _)] = receiver.wait(lambda: instances(receiver, "cosigne.unsealed.age"))
    assert name == "cosigne-seal"
    services = {a["cosigne.service"] for a, _ in receiver.points("cosigne.unsealed.age")}
    assert services == {"plans"}
    assert receiver.points("cosigne.view.lag") == []


def test_without_a_receiver_nothing_is_told_and_all_is_served(given, receiver):
    given.pop("OTEL_EXPORTER_OTLP_ENDPOINT")
    with cosigne("serve", "--service", "plans", "--bind", "ADDRESS", given=given) as process:
        process.answers("/plans/v1/health/ready")
    assert receiver.asked == {"traces": [], "metrics": [], "logs": []}
