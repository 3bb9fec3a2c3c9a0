"""With a password for each role, each process does all of its work by the URLs that its pod is told.

What it measures and how it says that it is ready are part of that: nothing else tells of it.
"""

from contextlib import ExitStack
from dataclasses import replace
from uuid import uuid4

import pytest
from werkzeug.test import Client

from cosigne.erasing.listed import Wanted
from cosigne.erasing.one_service import OneService
from cosigne.erasing.person import Erasing
from cosigne.plans import plans
from cosigne.running.measuring import measure
from cosigne.running.serving import front
from cosigne.running.standing import standing_of
from cosigne.running.worker import Worker
from shared.brokers import Kafka
from shared.http.service import keys_of
from shared.settings import DATABASE_ROLES, KEYS, SERVICES, url_of
from shared.telemetry import instruments as told
from shared.telemetry.metering import Gauge
from tests.support.chart import container, environment, pods, rendered
from tests.support.installation import eventually

pytestmark = [pytest.mark.xdist_group("chart"), pytest.mark.slow]

APART = ("medium", "outside")
TOGETHER = ("small", "outside")
SERVED = ("serve", "migrate", "positions", "sleep")
OF_VIEWS = {told.VIEW_LAG, told.VIEW_BEHIND, told.VIEW_PARKED}
MEASURED = {
    "seal": {told.UNSEALED, told.UNSEALED_AGE, told.SEALER_AGE},
    "project": OF_VIEWS,
    "consume": OF_VIEWS,
    "relay": {told.RELAY_LAG, told.RELAY_BEHIND},
}
OF_ONE = {
    "forget-directory": {told.ERASURES},
    "work-delivery": {told.WAITING, told.OLDEST, told.GIVEN_UP, told.STOPPED},
}


def settings_of(pod, whole):
    """As the pod's, on this run's server: what it is told of databases, and of nothing else."""
    given = environment(pod)
    assert "COSIGNE_DATABASE_SECRET_FILE" not in given
    databases = (*SERVICES, KEYS)
    return replace(
        whole,
        databases={name: whole.databases[name] for name in databases if url_of(name) in given},
        database_urls={
            f"{name}_{role}": whole.conninfo(name, role)
            for name in databases
            for role in DATABASE_ROLES
            if f"{url_of(f'{name}_{role}')}_FILE" in given
        },
        database_secret="",
        admin_database_url="",
    )


def works_of(pod):
    """Which kinds of work, for which service."""
    args = container(pod).get("args", ["sleep"])
    if args[0] in SERVED:
        return (), None
    until = args.index("--service")
    return tuple(args[1:until] if args[0] == "work" else args[:1]), args[until + 1]


@pytest.fixture
def gauges():
    """Those that are asked how something stands; nobody else's readings are left in them."""
    made = [one for one in told.EVERY if isinstance(one, Gauge)]
    for gauge in made:
        gauge.end()
    yield made
    for gauge in made:
        gauge.end()


@pytest.mark.parametrize("layout", [APART, TOGETHER], ids=["apart", "together"])
@pytest.mark.parametrize("service", SERVICES)
def test_work_is_done_measured_and_seen(layout, service, installation, gauges, caplog):
    done = set()
    for name, pod in pods(rendered(*layout)).items():
        kinds, of = works_of(pod)
        if of != service:
            continue
        settings, ours = settings_of(pod, installation.settings), {of: plans()[of]}
        worker = Worker(settings, ours, kinds, grace=0.2)
        try:
            worker.start()
            for check in standing_of(worker).values():
                assert check() is not False, name
            assert not worker.broken.is_set(), name
        finally:
            worker.stop()
        # brokers that nobody asks: what waits for them is read from the database
        measure(replace(settings, kafka=Kafka(servers=("127.0.0.1:1",))), ours, kinds)
        expected = set().union(*(MEASURED.get(kind, set()) for kind in kinds))
        expected |= set().union(*(OF_ONE.get(f"{kind}-{of}", set()) for kind in kinds))
        assert {gauge for gauge in gauges if list(gauge.readings())} == expected, name
        for gauge in gauges:
            gauge.end()
        done |= set(kinds)
    assert done == {"seal", "project", "consume", "relay", "erase", "forget", "work"}
    assert [line for line in caplog.messages if "not measured" in line] == []


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_served(service, installation):
    settings = settings_of(pods(rendered(*APART))[service], installation.settings)
    served = front(settings, {service: plans()[service]})
    try:
        asked = Client(served)
        eventually(lambda: asked.get(f"/{service}/v1/health/ready").status_code == 200, 30)
    finally:
        served.close()


def test_a_person_is_erased_and_it_is_certified(house):
    settings = settings_of(pods(rendered(*APART))["work-directory"], house.installation.settings)
    wanted = Wanted(house.tenant, house.person.id, uuid4(), house.officer.id)
    with keys_of(settings) as keys, ExitStack() as opened:
        services = [OneService(settings, plan, keys) for plan in plans().values()]
        for service in services:
            opened.callback(service.close)
        work = Erasing(settings, keys, services, grace=0.2)
        eventually(lambda: work.step(wanted, listed=True) == "certified", 180)
