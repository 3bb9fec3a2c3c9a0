"""Words go, one entry at a time, once a sealed event names it; position, leaf and proof stand."""

from uuid import uuid4

import orjson
import pytest

from shared.postgres.arrays import take_arrays
from shared.store.appending import Appending, append
from tests.support.appending import one, row
from tests.support.sealed import assert_sealed
from tests.support.stores import refused

STANDS = "ES003"
ERASE = "SELECT make_unreadable(%s, %s, %s)"
LEFT = "SELECT body FROM published WHERE stream_id = %s AND version = %s"


@pytest.fixture
def app(store):
    connection = store.connect("app")
    take_arrays(connection)
    return connection


@pytest.fixture
def entry(app, tenant):
    """Something someone said, which will be taken back."""
    said = one(tenant, uuid4(), 1, body=b"said too much")
    append(app, said)
    return said.rows[0]


def id_of(stored):
    return orjson.loads(stored.envelope)["id"]


def naming(entry, version=2, kind="assessment.words_withdrawn", stream=None):
    return Appending.of(
        [
            row(
                entry.tenant_id,
                stream or entry.originator_id,
                version,
                kind=kind,
                entry=id_of(entry),
            )
        ]
    )


def seal(store):
    while store.ask("sealer", "SELECT seal(100)") > 0:
        pass


def erase(store, entry, version=2):
    return store.ask("eraser", ERASE, entry.tenant_id, entry.originator_id, version)


@pytest.mark.parametrize("kind", ["assessment.words_withdrawn", "plans.entry_misfiled"])
def test_named_and_sealed_its_words_go_and_all_else_stands(app, store, entry, kind):
    append(app, naming(entry, kind=kind))
    seal(store)
    before = store.connect("relay").execute("SELECT leaf, body_sha FROM published").fetchall()
    assert erase(store, entry) == 1
    assert store.ask("relay", LEFT, entry.originator_id, 1) is None
    assert store.ask("relay", LEFT, entry.originator_id, 2) is not None
    after = store.connect("relay").execute("SELECT leaf, body_sha FROM published").fetchall()
    assert after == before
    assert_sealed(store, [])


def test_asked_twice_it_is_done_once(app, store, entry):
    append(app, naming(entry))
    seal(store)
    assert [erase(store, entry), erase(store, entry)] == [1, 0]


def test_not_before_the_naming_event_is_sealed(app, store, entry):
    seal(store)
    append(app, naming(entry))
    assert refused(store, "eraser", ERASE, entry.tenant_id, entry.originator_id, 2) == STANDS


def test_not_before_the_entry_itself_is_sealed(store, app, entry, tenant):
    """Its leaf needs the body."""
    append(app, naming(entry))
    assert refused(store, "eraser", ERASE, entry.tenant_id, entry.originator_id, 2) == STANDS
    seal(store)
    assert_sealed(store, [])


def test_not_without_a_naming_event(store, entry):
    seal(store)
    change = "UPDATE events SET body = NULL WHERE stream_id = %s"
    assert refused(store, "eraser", change, entry.originator_id) == STANDS


def test_not_by_an_event_of_another_kind(app, store, entry):
    append(app, naming(entry, kind="assessment.contribution_confirmed"))
    seal(store)
    assert refused(store, "eraser", ERASE, entry.tenant_id, entry.originator_id, 2) == STANDS


def test_not_by_an_event_of_another_stream(app, store, entry):
    append(app, naming(entry, version=1, stream=uuid4()))
    seal(store)
    change = "UPDATE events SET body = NULL WHERE stream_id = %s"
    assert refused(store, "eraser", change, entry.originator_id) == STANDS


def test_not_another_entry_than_the_named_one(app, store, entry):
    other = one(entry.tenant_id, entry.originator_id, 2)
    append(app, other)
    append(app, naming(entry, version=3))
    seal(store)
    change = "UPDATE events SET body = NULL WHERE stream_id = %s AND version = 2"
    assert refused(store, "eraser", change, entry.originator_id) == STANDS


def test_never_to_other_words(app, store, entry):
    append(app, naming(entry))
    seal(store)
    change = "UPDATE events SET body = 'kinder words' WHERE stream_id = %s AND version = 1"
    assert refused(store, "eraser", change, entry.originator_id) == STANDS


def test_by_nobody_but_the_eraser(app, store, entry):
    append(app, naming(entry))
    seal(store)
    for role in ("app", "combine", "sealer", "reader", "relay"):
        asked = (ERASE, entry.tenant_id, entry.originator_id, 2)
        assert refused(store, role, *asked) == "42501"
