"""A store whose sealed log is followed in two ways: read directly, or by Kafka."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from shared.kafka.cluster import Cluster
from shared.kafka.relay import Relay
from shared.kafka.relayed import RelayedLog
from shared.kafka.source import KafkaLog
from shared.store.cursors import OvertakenError
from shared.store.projector import Projector
from shared.store.source import Source
from shared.store.subjects import SubjectLog
from shared.store.tables import create_tables
from shared.store.told import Teller
from shared.store.views import View
from tests.support.keys import (  # noqa: F401 - fixtures
    key_files,
    keys,
    keys_database,
    keys_pool,
    new_process,
)
from tests.support.telling import Telling

PATIENCE = 240.0


@dataclass
class Followed:
    """Facts told and sealed by `telling`; views kept by projectors over one of the two adapters."""

    telling: Telling
    source_of: Callable[[], Source]
    relay: Relay | None
    opened: list[Any] = field(default_factory=list)

    def projector(self, *views: View[Any]) -> Projector:
        """Another one each time: as another process would have it."""
        with self.telling.store.connect("owner") as owner:
            for view in (SubjectLog("assessment"), *views):
                create_tables(owner, "assessment", view)
        made = Projector(
            self.telling.store.conninfo("reader"),
            {"assessment": self.source_of()},
            views,
            Teller(self.telling.keys),
        )
        self.opened.append(made)
        return made

    def sealed(self) -> int:
        """Everything told is sealed, and on its way; how far the log goes."""
        self.telling.seal()
        self.relayed()
        index = self.telling.projector()
        while index.step():
            pass
        return self.head()

    def relayed(self) -> None:
        while self.relay is not None and (sent := self.relay.step()):
            assert sent > 0, "another relay is at it"

    def head(self) -> int:
        return self.telling.store.ask("relay", "SELECT gpos FROM published_head")

    def floor(self, consumer: str) -> int:
        asked = "SELECT gpos FROM lane_cursor WHERE consumer = %s AND lane = -1"
        return self.telling.store.ask("reader", asked, consumer) or 0

    def caught_up(self, *projectors: Projector, view: str = "phrases_v1") -> None:
        """Until the view's floor is at the head: everything was seen."""
        head, until = self.head(), time.monotonic() + PATIENCE
        while self.floor(view) < head:
            assert time.monotonic() < until, f"{view} stays at {self.floor(view)} of {head}"
            for projector in projectors:
                step(projector)

    def said(self) -> list[tuple[str, int]]:
        return [(r[2], r[3]) for r in self.telling.rows("phrases")]


def step(projector: Projector) -> None:
    """As `run` does it, in the test's own thread."""
    try:
        if not projector.step():
            time.sleep(0.01)
    except OvertakenError:
        pass


def kafka_log(telling: Telling, cluster: Cluster, group: str = "views", **more: Any) -> KafkaLog:
    return KafkaLog(
        RelayedLog("assessment", telling.store.conninfo("relay")), cluster, group, **more
    )


def relay_of(telling: Telling, cluster: Cluster) -> Relay:
    made = Relay(telling.source(), telling.store.conninfo("reader"), cluster)
    telling.opened.append(made)
    return made


@pytest.fixture
def by_kafka(telling: Telling, cluster: Cluster) -> Iterator[Followed]:
    made = Followed(
        telling, lambda: kafka_log(telling, cluster, patience=0.5), relay_of(telling, cluster)
    )
    yield made
    for one in made.opened:
        one.close()


@pytest.fixture
def by_log(telling: Telling) -> Iterator[Followed]:
    made = Followed(telling, telling.source, None)
    yield made
    for one in made.opened:
        one.close()


@pytest.fixture(params=["by_log", "by_kafka"])
def followed(request: pytest.FixtureRequest) -> Followed:
    """The same tests for both adapters of the source port."""
    return request.getfixturevalue(request.param)
