"""Brokers that ask for TLS and a password: whoever has both comes in; nobody else, who is told why."""

import gc
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from shared.brokers import kafka_of
from shared.given import Given
from shared.kafka.cluster import Cluster, UnreachableError
from tests.shared.kafka.conftest import PATIENCE, Followed, kafka_log, relay_of
from tests.shared.kafka.test_relay import published
from tests.support.certificates import Authority
from tests.support.phrases import Phrases, PhraseSaid
from tests.support.secured import PASSWORD, USER, Secured
from tests.support.telling import Telling

# a client that is not let in leaves its sockets to the collector
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")

OPENED: dict[str, Callable[[Cluster], object]] = {
    "topics": lambda cluster: cluster.make_topics("assessment"),
    "producer": lambda cluster: cluster.producer(),
    "consumer": lambda cluster: cluster.consumer("views"),
}
anybody = pytest.mark.parametrize("opened", OPENED.values(), ids=OPENED)


@pytest.fixture(autouse=True)
def swept() -> Iterator[None]:
    yield
    gc.collect()


def told(secured: Secured, **other: object) -> Cluster:
    """As an operator tells it, with a password in a file."""
    given = {
        "KAFKA": secured.server,
        "KAFKA_PREFIX": f"cosigne-{uuid4().hex[:12]}",
        "KAFKA_SECURITY": "SASL_SSL",
        "KAFKA_CA": secured.authority.file,
        "KAFKA_USER": USER,
        "KAFKA_PASSWORD": PASSWORD,
        **other,
    }
    kafka = kafka_of(Given({f"COSIGNE_{name}": str(one) for name, one in given.items()}), "tests")
    assert kafka is not None
    return Cluster(kafka)


def test_events_are_relayed_and_followed_over_tls(telling: Telling, secured: Secured) -> None:
    cluster = told(secured)
    relay = relay_of(telling, cluster)
    # with so much patience nothing is read from the log instead
    followed = Followed(telling, lambda: kafka_log(telling, cluster, patience=PATIENCE), relay)
    projector = followed.projector(Phrases())
    with closing(projector):
        for phrase in ("bonjour", "merci", "bonjour"):
            telling.tell(PhraseSaid, telling.her, phrase=phrase)
        followed.sealed()
        assert [a.event for a in published(cluster)] == list(telling.source().page(0, 9).events)
        followed.caught_up(projector)
    assert followed.said() == [("bonjour", 2), ("merci", 1)]


@anybody
def test_a_wrong_password_is_told_as_such(opened, secured: Secured) -> None:
    with pytest.raises(
        UnreachableError, match=r"invalid credentials|the password may be wrong"
    ) as refused:
        opened(told(secured, KAFKA_PASSWORD="another"))
    assert "another" not in str(refused.value)


@anybody
def test_a_certificate_that_nobody_known_vouches_for_is_told_as_such(
    opened, secured: Secured, tmp_path: Path
) -> None:
    another = Authority.made(tmp_path, "another")
    with pytest.raises(UnreachableError, match=r"certificate verify failed"):
        opened(told(secured, KAFKA_CA=another.file))


@anybody
def test_who_says_no_name_does_not_come_in(opened, secured: Secured) -> None:
    with pytest.raises(UnreachableError):
        opened(told(secured, KAFKA_SECURITY="SSL"))
