"""How often each tab asks the services: no page asks for nothing, and none asks for the same thing twice."""

import pytest

from shared.settings import SERVICES
from tests.assessment.api.portraits import begin, defaults

# of a life with something in every tab, once what is remembered for a minute is known
ASKS = {
    "life": ["her portrait", "what one could begin with"],
    "network": ["her map"],
    "strengths": ["her strengths", "her plans", "the open one"],
    "plan": ["her plans", "the open one", "names", "what waits"],
    "together": ["names", "her portraits", "her map", "what was noted", "what falls to her"],
    "summary": ["her summaries"],
    "history": ["the latest of it"],
    "rights": ["what she asked for"],
}


@pytest.fixture
def her(open_house, visiting):
    begin(open_house, defaults(open_house)["default"])
    client, at = open_house.person.client, open_house.person.id
    for path, body in (
        (f"/network/v1/persons/{at}/network/ties", {"name": "Simon"}),
        (
            f"/assessment/v1/persons/{at}/resources/strengths",
            {"kind": "personal", "words": "Je chante."},
        ),
        (f"/plans/v1/persons/{at}/plans", {}),
    ):
        assert client.post(path, json=body).status_code == 201
    open_house.installation.settled()
    return visiting(open_house.person)


@pytest.fixture
def asked(installation, monkeypatch):
    """What is asked of any service, as it passes on to it."""
    passed, onward = [], installation.front._dispatch

    def noted(environ, start):
        passed.append(f"{environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        return onward(environ, start)

    monkeypatch.setattr(installation.front, "_dispatch", noted)
    return lambda: [path for path in passed if path.startswith(tuple(f"/{s}/" for s in SERVICES))]


@pytest.mark.parametrize("tab", ASKS)
def test_a_tab_asks_what_it_shows_and_nothing_twice(her, asked, tab):
    her.read(f"/persons/{{me}}/{tab}")
    before = len(asked())
    her.read(f"/persons/{{me}}/{tab}")
    told = asked()[before:]
    assert len(told) == len(ASKS[tab]), (ASKS[tab], told)
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("path", ["/signed-in", "/help", "/help-now", "/about-this-site"])
def test_a_page_of_nobody_in_particular_asks_nothing(her, asked, path):
    her.read("/persons/{me}/strengths")
    before = len(asked())
    her.read(path)
    assert asked()[before:] == []
