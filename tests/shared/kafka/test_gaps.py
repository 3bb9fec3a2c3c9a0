"""What Kafka loses, doubles, forges or no longer keeps is mended from the sealed log."""

import time
from contextlib import closing
from uuid import uuid4

import pytest
from kafka import KafkaAdminClient, TopicPartition

from shared.kafka.cluster import Cluster
from shared.kafka.record import Arrived, record_of
from shared.settings import Kafka
from shared.store.projector import Projector
from shared.store.source import Sealed
from tests.shared.kafka.conftest import PATIENCE, Followed, kafka_log, relay_of, step
from tests.shared.kafka.test_relay import published
from tests.support.phrases import Phrases, PhraseSaid
from tests.support.telling import Telling


@pytest.fixture
def people(by_kafka: Followed) -> list:
    return [by_kafka.telling.her, by_kafka.telling.him, *(uuid4() for _ in range(18))]


def say(followed: Followed, people: list, phrase: str = "bonjour") -> None:
    for person in people:
        followed.telling.tell(PhraseSaid, person, phrase=phrase)


def send(cluster: Cluster, *records: Arrived, partitions: int = 4) -> None:
    with closing(cluster.producer()) as producer:
        for event, before in records:
            key, value, headers = record_of(event, before)
            where = {"partition": event.lane % partitions, "key": key, "headers": headers}
            producer.send(cluster.topic("assessment"), value=value, **where)
        producer.flush()


def heard(followed: Followed) -> list[int]:
    return sorted(r[3] for r in followed.telling.rows("phrases"))


def test_records_that_come_again_and_in_another_order_change_nothing(
    by_kafka: Followed, cluster: Cluster, people: list
) -> None:
    projector = by_kafka.projector(Phrases())
    for _ in range(3):
        say(by_kafka, people)
    by_kafka.sealed()
    send(cluster, *reversed(published(cluster)))
    by_kafka.caught_up(projector)
    say(by_kafka, people)
    by_kafka.sealed()
    send(cluster, *published(cluster)[::-2])
    by_kafka.caught_up(projector)
    for _ in range(50):
        step(projector)
    assert heard(by_kafka) == [4] * 20


def test_it_is_kafka_that_brings_events_while_nothing_is_missing(
    by_kafka: Followed, people: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError("the log was read")

    projector = only_by_kafka(by_kafka, monkeypatch)
    for _ in range(3):
        say(by_kafka, people)
        by_kafka.sealed()
        with monkeypatch.context() as patched:
            patched.setattr(projector.sources["assessment"]._log, "page", never)
            by_kafka.caught_up(projector)
    assert heard(by_kafka) == [3] * 20


def test_a_record_that_was_lost_is_read_from_the_log(
    by_kafka: Followed, cluster: Cluster, people: list
) -> None:
    """Nothing of an event is in the topic, while what follows it in its lane is."""
    projector, telling = by_kafka.projector(Phrases()), by_kafka.telling
    say(by_kafka, people)
    by_kafka.sealed()
    by_kafka.caught_up(projector)
    say(by_kafka, people, "perdu")
    telling.seal()
    lost(telling)  # the relay believes that it has sent these
    say(by_kafka, people, "encore")
    by_kafka.sealed()
    by_kafka.caught_up(projector)
    phrases = [r[2] for r in telling.rows("phrases")]
    assert [phrases.count(one) for one in ("bonjour", "perdu", "encore")] == [20, 20, 20]


def test_the_last_record_is_missed_too(by_kafka: Followed, people: list) -> None:
    projector, telling = by_kafka.projector(Phrases()), by_kafka.telling
    say(by_kafka, people)
    by_kafka.sealed()
    by_kafka.caught_up(projector)
    say(by_kafka, people, "perdu")
    telling.seal()
    lost(telling)
    by_kafka.caught_up(projector)
    assert len(telling.rows("phrases")) == 40


def test_what_the_brokers_no_longer_keep_is_read_from_the_log(
    by_kafka: Followed, cluster: Cluster, people: list
) -> None:
    for _ in range(5):
        say(by_kafka, people)
    by_kafka.sealed()
    topic = cluster.topic("assessment")
    with (
        closing(cluster.consumer(None)) as asking,
        closing(KafkaAdminClient(bootstrap_servers=list(cluster.told.servers))) as admin,
    ):
        ends = asking.end_offsets([TopicPartition(topic, n) for n in range(4)])
        admin.delete_records({of: end for of, end in ends.items() if end})
    say(by_kafka, people)
    by_kafka.sealed()
    by_kafka.caught_up(by_kafka.projector(Phrases()))
    assert heard(by_kafka) == [6] * 20


def test_what_the_log_never_sealed_is_not_believed(
    by_kafka: Followed, cluster: Cluster, people: list
) -> None:
    projector, telling = by_kafka.projector(Phrases()), by_kafka.telling
    say(by_kafka, people)
    by_kafka.sealed()
    by_kafka.caught_up(projector)
    real = published(cluster)[-1]
    forged = Sealed(*real.event)._replace(gpos=1_000_000)
    send(cluster, Arrived(forged, real.event.gpos))
    with closing(cluster.producer()) as producer:
        producer.send(cluster.topic("assessment"), value=b"noise", partition=0)
        producer.flush()
    say(by_kafka, people)
    by_kafka.sealed()
    by_kafka.caught_up(projector)
    assert heard(by_kafka) == [2] * 20
    assert telling.store.ask("reader", "SELECT max(gpos) FROM lane_cursor") <= 40


def test_an_event_that_is_not_what_was_written_parks_its_person_only(
    by_kafka: Followed, cluster: Cluster, people: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling = by_kafka.telling
    say(by_kafka, people[:3])
    telling.seal()
    lost(telling)
    first, *rest = telling.source().page(0, 10).events
    broken = first._replace(body=b"\x00" * 40)
    relay_of(telling, cluster).producer  # noqa: B018 - makes the topic
    send(cluster, Arrived(broken, 0), *in_lanes(rest, before={first.lane: first.gpos}))
    by_kafka.caught_up(only_by_kafka(by_kafka, monkeypatch))
    assert heard(by_kafka) == [1, 1]
    parked = "SELECT reason FROM parked WHERE subject_id = %s"
    assert telling.store.ask("reader", parked, people[0]) == "Tampered"


def test_without_brokers_views_go_on_from_the_log(telling: Telling, by_log: Followed) -> None:
    nowhere = Cluster(Kafka(servers=("127.0.0.1:1",)))
    followed = Followed(telling, lambda: kafka_log(telling, nowhere, patience=0.3), None)
    projector = followed.projector(Phrases())
    say(followed, [telling.her, telling.him])
    followed.sealed()
    followed.caught_up(projector)
    assert heard(followed) == [1, 1]
    projector.close()


def test_two_members_share_the_partitions_and_one_takes_over(
    by_kafka: Followed, people: list
) -> None:
    one, two = by_kafka.projector(Phrases()), by_kafka.projector(Phrases())
    for _ in range(3):
        say(by_kafka, people)
        by_kafka.sealed()
        by_kafka.caught_up(one, two)
    until = time.monotonic() + PATIENCE
    while not shared_out(one, two):
        assert time.monotonic() < until
        step(one)
        step(two)
    two.close()
    say(by_kafka, people)
    by_kafka.sealed()
    by_kafka.caught_up(one)
    assert heard(by_kafka) == [4] * 20


def shared_out(*members: Projector) -> bool:
    shares = [p.sources["assessment"]._partitions.mine for p in members]
    return all(shares) and sorted(n for mine in shares for n in mine) == [0, 1, 2, 3]


def only_by_kafka(followed: Followed, monkeypatch: pytest.MonkeyPatch) -> Projector:
    """One that does not lose patience."""
    made = followed.projector(Phrases())
    monkeypatch.setattr("shared.kafka.missing.AWAY_SECONDS", 300.0)
    monkeypatch.setattr(made.sources["assessment"]._missing, "patience", 300.0)
    return made


def in_lanes(events: list[Sealed], before: dict[int, int]) -> list[Arrived]:
    found = []
    for event in events:
        found.append(Arrived(event, before.get(event.lane, 0)))
        before = {**before, event.lane: event.gpos}
    return found


def lost(telling: Telling) -> None:
    """Everything sealed counts as sent, and nothing of it was."""
    with telling.store.connect("reader") as reader:
        reader.execute(
            "INSERT INTO lane_cursor (consumer, source, era, lane, gpos) "
            "SELECT 'relay', 'assessment', era, lane, max(gpos) FROM published GROUP BY era, lane "
            "UNION SELECT 'relay', 'assessment', era, -1, gpos FROM published_head "
            "ON CONFLICT (consumer, source, era, lane) DO UPDATE SET gpos = EXCLUDED.gpos"
        )
