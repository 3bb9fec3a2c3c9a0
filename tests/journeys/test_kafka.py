"""Whatever breaks between two services: every acknowledged event is in each view once, in order.

A hundredth of `make kafka-run`, with all that may happen in it.
"""

from collections.abc import Iterator, Mapping
from uuid import UUID

import pytest

from bench.kafka_processes import HELD, held
from bench.kafka_run import Run, started, weathered
from bench.ledger import compared
from bench.weather import WEATHER
from cosigne.embedded.postgres import Server
from shared.postgres.pool import connect
from shared.settings import KEYS, Settings
from tests.support.installation import keys_made
from tests.support.stores import SECRET, cloned

EVENTS = 2000
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kafka")]


@pytest.fixture(scope="module")
def run(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = tmp_path_factory.mktemp("weather")
    databases = {
        name: server.url(cloned(server, name).database)
        for name in ("assessment", "reporting", "plans")
    }
    settings = Settings(
        databases={**databases, KEYS: keys_made(server)},
        database_secret=SECRET,
        admin_database_url=server.admin_conninfo,
        keys_folder=folder / "keys",
    )
    with started(settings, folder, EVENTS) as made:
        yield made


@pytest.fixture(scope="module")
def weather(run: Run) -> Run:
    weathered(run, EVENTS, lambda _: None)
    return run


def test_every_acknowledged_event_is_in_each_view_once_and_in_order(weather: Run) -> None:
    assert weather.happened == list(WEATHER)
    for name, found in weather.compared().items():
        assert found.whole, (name, found)
        assert found.acknowledged == found.held == EVENTS, (name, found)


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("heard || jsonb_build_array(heard -> 0)", "doubled"),
        ("heard - 0", "lost"),
        ("heard - 0 || jsonb_build_array(heard -> 0)", "out_of_order"),
        ("heard || jsonb_build_array('somebody said this/1')", "unknown"),
    ],
)
def test_the_ledger_sees_what_is_planted_in_a_view(weather: Run, planted: str, found: str) -> None:
    acknowledged = weather.writer.ledger.read()
    before = compared(acknowledged, held(weather.settings, "plans"))
    somebody = next(iter(acknowledged))
    after = with_planted(weather.settings, somebody, planted)
    told = compared(acknowledged, after)
    assert getattr(told, found) == getattr(before, found) + 1
    assert not told.whole


def with_planted(settings: Settings, person: UUID, planted: str) -> Mapping[UUID, list[str]]:
    """The view with one row changed; it is as it was afterwards."""
    changed = f"UPDATE heard_v1 SET heard = {planted} WHERE subject_id = %s"
    reader = settings.conninfo("plans", "reader")
    with connect(reader) as here, here.transaction(force_rollback=True):
        assert here.execute(changed, (person,)).rowcount == 1
        return dict(here.execute(HELD).fetchall())
