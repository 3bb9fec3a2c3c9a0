"""Told to stop, a server says so first and still serves: with real processes."""

from __future__ import annotations

import signal

import pytest

from tests.support.separate import cosigne, environment_of

pytestmark = pytest.mark.slow


@pytest.fixture
def given(house):
    return environment_of(house.installation.settings)


def serving(given, **more):
    words = ("serve", "--service", "plans", "--bind", "ADDRESS")
    return cosigne(*words, given={**given, **more})


def test_it_says_first_that_it_is_not_ready_and_still_serves_until_nobody_comes(given):
    with serving(given, COSIGNE_DRAIN_SECONDS="20") as process:
        process.answers("/plans/v1/health/ready")
        process.send(signal.SIGTERM)
        told = process.answers("/plans/v1/health/ready", 503).json()
        assert told["checks"]["staying"] is False
        assert told["checks"]["database"] is True
        process.answers("/plans/v1/health/live")
        assert process.ask("/plans/v1/openapi.json").status_code == 200
        process.send(signal.SIGTERM)  # told twice, it waits no longer
        assert process.ends() == 0


def test_without_a_time_to_drain_it_stops_at_once(given):
    with serving(given) as process:
        process.answers("/plans/v1/health/ready")
        process.send(signal.SIGTERM)
        assert process.ends() == 0
