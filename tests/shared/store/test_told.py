from dataclasses import replace
from uuid import uuid4

import orjson
import pytest

from shared.kernel import Fact
from shared.store.cipher import Tampered, leaf_of, seal
from shared.store.codec import Undecodable
from shared.store.mapper import FactMapper
from shared.store.source import Sealed
from shared.store.told import Teller, takes_back
from tests.shared.store.test_envelope import BARE, STREAM
from tests.support.sample import LineAnswered, LinePut


@pytest.fixture
def line():
    act = replace(BARE, tenant=uuid4(), subject=uuid4())
    return LinePut(STREAM, 3, act.at, act, "un mot", "fr")


def sealed(stored, **changed):
    row = Sealed(
        gpos=41,
        era=1,
        tenant_id=stored.tenant_id,
        position=7,
        lane=5,
        stream_id=stored.originator_id,
        version=stored.originator_version,
        subject_id=stored.subject_id,
        envelope=stored.envelope,
        body=stored.body,
        leaf=leaf_of(stored.envelope, stored.state),
    )
    return row._replace(**changed)


@pytest.fixture
def put(keys, line):
    return lambda fact=line: FactMapper(keys).to_stored_event(fact)


@pytest.fixture
def tell(keys):
    return Teller(keys)


def test_a_sealed_event_is_told_with_its_place_its_act_and_its_words(tell, put, line):
    told = tell("sample", sealed(put()))
    assert (told.source, told.era, told.gpos, told.position, told.lane) == ("sample", 1, 41, 7, 5)
    assert (told.id, told.tenant, told.subject) == (line.id, line.act.tenant, line.act.subject)
    assert (told.stream, told.version, told.type, told.schema) == (STREAM, 3, line.TOPIC, 2)
    assert (told.act, told.fact, told.readable) == (line.act, line, True)
    assert told.body == {"text": "un mot", "language": "fr"}
    assert told.entry is None
    assert not told.takes_back


def test_a_fact_of_a_service_that_this_process_lacks_is_told_by_its_fields(
    tell, put, line, monkeypatch
):
    row = sealed(put())
    monkeypatch.delitem(Fact.registry, LinePut.TOPIC)
    told = tell("sample", row)
    assert (told.fact, told.readable) == (None, True)
    assert told.body == {"text": "un mot", "language": "fr"}


def test_a_fact_of_a_newer_release_is_told_by_its_fields(tell, put, monkeypatch):
    row = sealed(put())
    monkeypatch.setattr(LinePut, "class_version", 1)
    told = tell("sample", row)
    assert (told.fact, told.schema, told.body["text"]) == (None, 2, "un mot")


def test_an_old_body_is_told_as_it_would_be_written_today(tell, put, keys, line):
    envelope = orjson.loads(put().envelope)
    written = orjson.dumps({**envelope, "v": 1}, option=orjson.OPT_SORT_KEYS)
    body = seal(keys.sealing_key(line.act.tenant, line.act.subject), written, b'{"line":"jadis"}')
    told = tell("sample", sealed(put(), envelope=written, body=body))
    assert (told.schema, told.body) == (1, {"text": "jadis", "language": "fr"})


def test_destroyed_words_leave_the_act(tell, put, line):
    told = tell("sample", sealed(put(), body=None))
    assert (told.readable, told.body, told.fact, told.act) == (False, {}, None, line.act)


def test_the_words_of_an_erased_person_leave_the_act(tell, put, keys, line):
    row = sealed(put())
    keys.destroy(line.act.tenant, line.act.subject)
    told = tell("sample", row)
    assert (told.readable, told.body, told.act) == (False, {}, line.act)


def test_the_event_that_is_answered_is_told_even_when_the_words_are_gone(tell, put, line):
    answer = LineAnswered(STREAM, 4, line.act.at, line.act, line.id)
    assert tell("sample", sealed(put(answer))).entry == line.id
    assert tell("sample", sealed(put(answer), body=None)).entry == line.id


def test_a_silent_event_says_nothing_more(tell, put, line):
    silent = tell("sample", sealed(put())).silent()
    assert (silent.readable, silent.body, silent.fact, silent.id) == (False, {}, None, line.id)


@pytest.mark.parametrize(
    ("name", "takes"),
    [
        ("sample.words_withdrawn", True),
        ("sample.entry_misfiled", True),
        ("directory.person_erased", True),
        ("sample.line_put", False),
    ],
)
def test_what_takes_words_back_is_known_by_its_name(name, takes):
    assert takes_back(name) is takes


@pytest.mark.parametrize(
    "changed",
    [
        {"tenant_id": uuid4()},
        {"subject_id": uuid4()},
        {"stream_id": uuid4()},
        {"version": 8},
        {"envelope": b"{}"},
        {"envelope": b"\xff"},
    ],
)
def test_an_envelope_that_is_not_its_rows_is_refused(tell, put, changed):
    with pytest.raises(Tampered):
        tell("sample", sealed(put(), **changed))


def test_words_that_are_not_what_was_written_are_refused_when_they_are_asked_for(tell, put):
    told = tell("sample", sealed(put(), body=b"short"))
    for asked in ("body", "readable", "fact"):
        with pytest.raises(Tampered):
            getattr(told, asked)


def test_an_envelope_that_was_changed_under_its_words_is_refused_with_them(tell, put, line):
    row = sealed(put())
    forged = row.envelope.replace(str(line.act.actor).encode(), str(uuid4()).encode())
    with pytest.raises(Tampered):
        _ = tell("sample", row._replace(envelope=forged)).body


def test_a_body_that_fits_no_class_is_refused(tell, put, keys, line):
    envelope = put().envelope
    key = keys.sealing_key(line.act.tenant, line.act.subject)
    told = tell("sample", sealed(put(), body=seal(key, envelope, b"{}")))
    with pytest.raises(Undecodable):
        _ = told.fact
    told = tell("sample", sealed(put(), body=seal(key, envelope, b"?")))
    with pytest.raises(Undecodable):
        _ = told.body


def test_a_page_is_prepared_with_its_keys_and_a_spoiled_row_does_not_stop_it(
    new_process, put, line
):
    other = replace(line, act=replace(line.act, subject=uuid4()))
    page = [
        sealed(put()),
        sealed(put(other)),
        sealed(put(), envelope=b"?"),
        sealed(put(), body=None),
    ]
    keys = new_process()
    tell = Teller(keys)
    tell.prepare(page)
    keys._pool = None  # whoever asks the database now, fails
    assert [tell("sample", row).fact for row in page[:2]] == [line, other]
