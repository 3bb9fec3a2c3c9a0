"""A real broker, one for the run, and topics of each test's own; whoever hurts it takes another."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from cosigne.embedded.broker import Broker
from cosigne.words import words_for
from shared.kafka.cluster import Cluster
from shared.kernel import Refused
from shared.settings import Kafka

ASKS_FOR_IT = ("broker", "cluster", "secured")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has the broker, whose start takes a while."""
    for item in items:
        if set(ASKS_FOR_IT) & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("kafka"))


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    """Nothing is skipped where it cannot run: it says then what to install."""
    started = Broker(tmp_path_factory.mktemp("broker") / "kafka")
    try:
        started.start()
    except Refused as refused:
        pytest.fail(words_for({"COSIGNE_LANG": "en"}).refusal(refused))
    yield started
    started.stop()


def cluster_of(broker: Broker, **more: object) -> Cluster:
    """Topics that nobody else has."""
    given = {"prefix": f"cosigne-{uuid4().hex[:12]}", "partitions": 4, **more}
    return Cluster(Kafka(servers=(broker.bootstrap,), **given))


@pytest.fixture
def cluster(broker: Broker) -> Cluster:
    return cluster_of(broker)
