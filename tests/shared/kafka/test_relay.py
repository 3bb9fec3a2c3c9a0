"""The relay: in order, never less than was acknowledged, never more than was fenced."""

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any
from uuid import uuid4

import pytest
from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from cosigne.embedded.broker import Broker
from shared.kafka.cluster import Cluster
from shared.kafka.fence import fences
from shared.kafka.record import Arrived, arrived
from shared.kafka.relay import ANOTHER_IS_AT_IT, DoubtfulError, FencedError, Relay
from shared.kernel import Refused
from shared.settings import Kafka
from shared.store.sealer import NOT_REPLICATED
from tests.shared.kafka.conftest import relay_of
from tests.support.phrases import PhraseSaid
from tests.support.telling import Telling


def published(cluster: Cluster, service: str = "assessment") -> list[Arrived]:
    """Everything in the topic, by position; nothing that is not a record of ours."""
    found: list[Arrived] = []
    with closing(records_of(cluster, service)) as consumer:
        whole = consumer.assignment()
        ends = consumer.end_offsets(whole)
        while any(consumer.position(of) < end for of, end in ends.items()):
            for records in consumer.poll(timeout_ms=500).values():
                found += [arrived(r.headers, r.value) for r in records]
    return sorted(found, key=lambda a: a.event.gpos)


def records_of(cluster: Cluster, service: str) -> KafkaConsumer:
    consumer = cluster.consumer(None)
    topic = cluster.topic(service)
    consumer.assign([TopicPartition(topic, n) for n in range(cluster.told.partitions)])
    consumer.seek_to_beginning()
    return consumer


def say(telling: Telling, number: int = 20) -> None:
    for n in range(number):
        telling.tell(PhraseSaid, telling.him if n % 3 else telling.her, phrase=f"un secret {n}")
    telling.seal()


def test_every_event_is_published_once_with_the_one_before_it_in_its_lane(
    telling: Telling, cluster: Cluster
) -> None:
    relay = relay_of(telling, cluster)
    say(telling)
    assert relay.step() == 20
    say(telling)
    assert relay.step() == 20
    assert relay.step() == 0
    found = published(cluster)
    assert [a.event for a in found] == list(telling.source().page(0, 100).events)
    last: dict[int, int] = {}
    for one in found:
        assert one.before == last.get(one.event.lane, 0)
        last[one.event.lane] = one.event.gpos


def test_no_word_that_somebody_said_goes_through_kafka(telling: Telling, cluster: Cluster) -> None:
    relay = relay_of(telling, cluster)
    say(telling)
    relay.step()
    with closing(records_of(cluster, "assessment")) as consumer:
        records = [r for _ in range(6) for of in consumer.poll(500).values() for r in of]
    assert len(records) == 20
    for record in records:
        whole = b"".join([record.key, record.value, *(v for _, v in record.headers)])
        assert b"secret" not in whole


def test_a_relay_that_died_before_it_moved_its_place_sends_the_same_again(
    telling: Telling, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise KeyboardInterrupt

    dying = relay_of(telling, cluster)
    say(telling)
    with monkeypatch.context() as patched:
        patched.setattr(dying, "_publish", lambda *a: (Relay._publish(dying, *a), die()))
        with pytest.raises(KeyboardInterrupt):
            dying.step()
    dying.close()
    assert relay_of(telling, cluster).step() == 20
    found = published(cluster)
    assert len(found) == 40
    assert found[::2] == found[1::2]  # word for word the same, predecessors too


def test_nothing_is_moved_where_nothing_is_acknowledged(telling: Telling) -> None:
    nowhere = Cluster(Kafka(servers=("127.0.0.1:1",)))
    relay = relay_of(telling, nowhere)
    say(telling)
    with pytest.raises(ConnectionError):
        relay.step()
    asked = "SELECT gpos FROM lane_cursor WHERE consumer = 'relay' AND lane = -1"
    assert telling.store.ask("reader", asked) == 0


@contextmanager
def frozen(broker: Broker) -> Iterator[None]:
    """It holds its connections and answers nobody, as a machine that hangs does."""
    assert broker.process is not None
    broker.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        broker.process.send_signal(signal.SIGCONT)


def test_a_broker_that_answers_nobody_is_given_up_and_asked_again(
    telling: Telling, cluster: Cluster, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.kafka.relay.PUBLISH_SECONDS", 1.0)
    relay = relay_of(telling, cluster)
    say(telling)
    assert relay.step() == 20
    say(telling)
    place = "SELECT gpos FROM lane_cursor WHERE consumer = 'relay' AND lane = -1"
    before, page = telling.store.ask("reader", place), relay.source.page
    with ExitStack() as frost, monkeypatch.context() as patched:

        def at_the_worst_moment(*asked: Any) -> Any:
            frost.enter_context(frozen(broker))  # the fence is up, nothing of the page is sent
            return page(*asked)

        patched.setattr(relay.source, "page", at_the_worst_moment)
        begun = time.monotonic()
        with pytest.raises(KafkaError):
            relay.step()
        assert time.monotonic() - begun < 100, "it waited as long as the client tries"
        assert telling.store.ask("reader", place) == before
    relay.close()
    assert relay.step() == 20
    assert {a.event.gpos for a in published(cluster)} == set(range(1, 41))


def test_of_two_relays_one_works(telling: Telling, cluster: Cluster) -> None:
    one, two = relay_of(telling, cluster), relay_of(telling, cluster)
    say(telling)
    one.step()
    say(telling)
    with one.connection.transaction():
        one.connection.execute("SELECT 1 FROM lane_cursor WHERE consumer = 'relay' FOR UPDATE")
        assert two.step() == ANOTHER_IS_AT_IT
    assert two.step() == 20
    assert one.step() == 0
    assert len(published(cluster)) == 40


def test_the_fence_stands_before_anything_is_published(
    telling: Telling, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = relay_of(telling, cluster)
    say(telling)
    fenced: list[int] = []

    def look(*_: Any) -> dict[int, int]:
        fenced.append(fences(cluster)["assessment", 1])
        return {}

    monkeypatch.setattr(relay, "_publish", look)
    relay.step()
    assert fenced == [20]
    assert (
        telling.store.ask("reader", "SELECT gpos FROM lane_cursor WHERE consumer = 'relay_fence'")
        == 20
    )


def test_a_server_that_knows_less_than_was_published_publishes_nothing(
    telling: Telling, cluster: Cluster
) -> None:
    relay = relay_of(telling, cluster)
    say(telling)
    relay.step()
    cluster_fence(cluster, 1, 4000)  # by a relay of the server as it was before the restore
    relay.close()
    say(telling)
    with pytest.raises(FencedError, match="up to 4000 of era 1, this server knows 40"):
        relay.step()
    assert len(published(cluster)) == 20
    with telling.store.connect("admin") as admin:
        admin.execute("SELECT new_era()")  # what was published beyond it is given up, and said so
    assert relay.step() == 40
    assert {a.event.era for a in published(cluster)[-20:]} == {2}


def test_a_server_from_before_the_last_era_publishes_nothing(
    telling: Telling, cluster: Cluster
) -> None:
    relay = relay_of(telling, cluster)
    say(telling)
    relay.step()
    cluster_fence(cluster, 2, 3)  # an era began after the copy was made that stands here now
    relay.close()
    say(telling)
    with pytest.raises(FencedError, match="of era 2"):
        relay.step()
    assert len(published(cluster)) == 20


def test_a_fence_is_not_lowered_by_one_who_slept(cluster: Cluster) -> None:
    cluster.make_topics("assessment")
    cluster_fence(cluster, 1, 500)
    cluster_fence(cluster, 1, 100)
    assert fences(cluster) == {("assessment", 1): 500}


def test_what_is_not_known_to_stand_on_a_standby_is_not_published(
    telling: Telling, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    relay = relay_of(telling, cluster)
    say(telling)
    relay.step()
    say(telling)
    cancelled = type("Told", (), {"sqlstate": NOT_REPLICATED})()
    with monkeypatch.context() as patched:
        # as the server says it when somebody ends the wait for a standby
        patched.setattr("shared.kafka.relay.move", lambda *_: relay._hear(cancelled))
        with pytest.raises(DoubtfulError):
            relay.step()
    assert len(published(cluster)) == 20
    relay.close()
    assert relay.step() == 20


def test_partitions_that_are_asked_for_are_added(broker, cluster: Cluster) -> None:
    cluster.make_topics("assessment")
    Cluster(
        Kafka(servers=(broker.bootstrap,), prefix=cluster.told.prefix, partitions=6)
    ).make_topics("assessment")
    with closing(cluster.consumer(None)) as consumer:
        assert consumer.partitions_for_topic(cluster.topic("assessment")) == set(range(6))


def test_a_user_without_a_password_is_asked_for_it() -> None:
    with pytest.raises(Refused, match=r"settings\.missing"):
        Kafka(servers=("kafka.example:9093",), security="SASL_SSL", user="cosigne")


def cluster_fence(cluster: Cluster, era: int, gpos: int) -> None:
    with closing(cluster.producer()) as producer:
        key = f"assessment/{era}/{uuid4()}".encode()
        producer.send(cluster.fences, key=key, value=b"%d" % gpos, partition=0)
        producer.flush()
