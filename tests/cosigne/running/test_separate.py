"""Each kind of process by itself: the web of one service, the portal, each work behind a service."""

from __future__ import annotations

import pytest

from cosigne.plans import plans
from cosigne.running.kinds import needs_of
from shared.settings import KEYS, SERVICES, url_of
from tests.support.separate import cosigne, environment_of

pytestmark = pytest.mark.slow


@pytest.fixture
def given(house):
    return environment_of(house.installation.settings)


def only(given, needs):
    """Nothing but what a process of its own is said to need, and the secret of the databases."""
    also = {"COSIGNE_DATABASE_SECRET", "COSIGNE_LANG", "COSIGNE_WEB_PROCESSES", "COSIGNE_URL"}
    return {name: value for name, value in given.items() if name in needs | also}


@pytest.mark.parametrize("kind", ["seal", "project", "consume"])
def test_work_of_one_service_needs_no_more_than_it_is_said_to(given, kind):
    told = only(given, needs_of((kind,), {"plans": plans()["plans"]}))
    with cosigne(kind, "--service", "plans", "--health", "ADDRESS", given=told) as process:
        assert process.answers("/ready").json()["checks"]["started"] is True
        assert process.answers("/live").json() == {"status": "live"}


def test_what_is_left_is_done_by_a_process_of_its_own(given):
    words = ("work", "erase", "forget", "work", "--service", "directory", "--health", "ADDRESS")
    with cosigne(*words, given=given) as process:
        process.answers("/ready")


def test_sealing_knows_nothing_of_keys_and_of_other_services():
    needs = needs_of(("seal",), {"plans": plans()["plans"]})
    assert needs == {url_of("plans")}
    follows = needs_of(("consume",), {"plans": plans()["plans"]})
    assert url_of("directory") in follows
    assert url_of("network") not in follows
    assert url_of(KEYS) in follows


def test_a_service_is_served_alone_and_knows_no_other(given):
    told = only(
        given, {url_of("plans"), url_of(KEYS), "COSIGNE_KEYS_FOLDER", "COSIGNE_OIDC_ISSUER"}
    )
    with cosigne("serve", "--service", "plans", "--bind", "ADDRESS", given=told) as process:
        assert process.answers("/plans/v1/health/ready").json()["status"] == "ready"
        process.answers("/plans/v1/health/live")
        assert process.ask("/directory/v1/health/live").status_code == 404
        assert process.ask("/").status_code == 404


def test_views_of_its_own_log_and_of_others_are_told_apart():
    for name in SERVICES:
        plan = plans()[name]
        own = [view for view in plan.all_views if view.sources <= {name}]
        others = [view for view in plan.all_views if not view.sources <= {name}]
        assert own, name
        assert bool(others) == (name != "directory"), name
