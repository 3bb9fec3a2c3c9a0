"""What is sent of people is written into their registers together, whoever wrote some of it before."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from services.delivery.domain.register import Sent
from services.delivery.ledger import DeliveryLedger
from shared.store.factory import SealedFactory
from tests.support.keys import (  # noqa: F401 - fixtures
    key_files,
    keys,
    keys_database,
    keys_pool,
)
from tests.support.stores import Store, new_store  # noqa: F401 - a fixture

AT = datetime(2030, 1, 1, tzinfo=UTC)
HOUSE, PARTNER, SUBSCRIPTION = uuid4(), uuid4(), uuid4()


@pytest.fixture
def store(new_store) -> Store:  # noqa: F811 - a fixture
    return new_store("delivery")


@pytest.fixture
def factory(store: Store, keys) -> Iterator[SealedFactory]:  # noqa: F811 - a fixture
    made = SealedFactory.of(store.settings, "delivery", keys)
    made.open()
    yield made
    made.close()


def line(person: UUID | None = None) -> Sent:
    told = (PARTNER, SUBSCRIPTION, "plan", "thin", "Essai", date(2030, 1, 1))
    return Sent(HOUSE, person or uuid4(), *told)


def written(store: Store) -> int:
    return store.ask("admin", "SELECT count(*) FROM events")


def commits(store: Store) -> int:
    return store.ask("admin", "SELECT count(DISTINCT xid) FROM events")


def test_many_lines_are_written_in_one_commit_and_once(store, factory):
    lines = [line() for _ in range(20)]
    ledger = DeliveryLedger(factory)
    assert ledger.write_lines([*lines, *lines[:3]], AT) == frozenset()
    assert ledger.write_lines(lines, AT) == frozenset()
    assert (written(store), commits(store)) == (20, 1)


def test_no_id_stands_in_the_records_of_two_people(store, factory):
    DeliveryLedger(factory).write_lines([line() for _ in range(20)], AT)
    for each in ("command_id", "stream_id", "subject_id"):
        assert store.ask("admin", f"SELECT count(DISTINCT {each}) FROM events") == 20


def test_what_another_process_has_written_of_them_stays_and_the_rest_is_written(store, factory):
    lines = [line() for _ in range(5)]
    another, ours = DeliveryLedger(factory), DeliveryLedger(factory)
    another.write_lines(lines[:2], AT)
    assert ours.write_lines(lines, AT) == frozenset()
    assert written(store) == 5


def test_of_whom_nothing_can_be_written_is_told_and_the_others_lines_are_written(
    store,
    factory,
    keys,  # noqa: F811 - a fixture
):
    gone, others = line(), [line(), line()]
    keys.close(HOUSE, gone.person)
    ledger = DeliveryLedger(factory)
    assert ledger.write_lines([others[0], gone, others[1]], AT) == {gone.person}
    assert ledger.write_lines([gone], AT) == {gone.person}  # and is told again
    assert written(store) == 2
