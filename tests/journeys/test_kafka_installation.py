"""A whole installation whose services follow each other by Kafka, and go on when it is away."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from cosigne.embedded.broker import Broker
from cosigne.embedded.postgres import Server
from shared.kafka.cluster import Cluster
from shared.kafka.fence import fences
from shared.settings import Kafka
from tests.support.installation import House, Installation, eventually, installed, made_house

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kafka")]
PATIENCE = 90


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Broker]:
    with Broker(tmp_path_factory.mktemp("broker") / "kafka") as started:
        yield started


@pytest.fixture(scope="module")
def here(
    server: Server, own: Broker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    kafka = Kafka(servers=(own.bootstrap,), partitions=4)
    with installed(server, tmp_path_factory.mktemp("installation"), kafka=kafka) as made:
        yield made


def portraits(house: House, who: str = "practitioner") -> int:
    client = getattr(house, who).client
    return client.get(f"/assessment/v1/persons/{house.person.id}/assessments").status_code


def test_what_the_directory_records_lets_in_and_keeps_out_elsewhere(here: Installation) -> None:
    house = made_house(here)
    eventually(lambda: portraits(house) == 200, PATIENCE)
    assert portraits(house, "colleague") == 404
    house.care(house.person, house.colleague)
    eventually(lambda: portraits(house, "colleague") == 200, PATIENCE)


def test_every_log_is_published_and_fenced(here: Installation, own: Broker) -> None:
    house = made_house(here)
    head = here.sealed_head("directory")
    kafka = here.settings.kafka
    assert kafka is not None
    eventually(lambda: fences(Cluster(kafka)).get(("directory", 1), 0) >= head, PATIENCE)
    with closing(Cluster(kafka).consumer(None)) as consumer:
        assert Cluster(kafka).topic("directory") in consumer.topics()
    eventually(lambda: portraits(house) == 200, PATIENCE)


def test_while_the_brokers_are_away_people_are_let_in_and_kept_out_as_before(
    here: Installation, own: Broker
) -> None:
    house = made_house(here)
    eventually(lambda: portraits(house) == 200, PATIENCE)
    own.kill()
    try:
        house.care(house.person, house.colleague)
        eventually(lambda: portraits(house, "colleague") == 200, PATIENCE)
        time.sleep(6)  # longer than what is known of relations may be old
        eventually(lambda: portraits(house) == 200, PATIENCE)
    finally:
        own.start()
    house.care(house.person, house.add("newcomer", "practitioner", "practitioner"))
    eventually(lambda: portraits(house, "newcomer") == 200, PATIENCE)
