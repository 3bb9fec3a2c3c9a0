import hashlib
import sys
from dataclasses import replace
from uuid import uuid4

import orjson
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared.kernel import Unreadable
from shared.store.cipher import Tampered, leaf, leaf_of, seal, unseal
from shared.store.codec import Undecodable
from shared.store.keys import Erased
from shared.store.mapper import FactMapper
from tests.shared.store.test_envelope import BARE, STREAM
from tests.support.sample import LinePut, PersonForgotten, any_fact

# keys and server are the session's, whatever example is tried
over_session = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="session")
def mapper(keys):
    return FactMapper(keys)


@pytest.fixture
def line():
    act = replace(BARE, tenant=uuid4(), subject=uuid4())
    return LinePut(STREAM, 3, act.at, act, "à personne d'autre", "fr")


@given(any_fact)
@over_session
def test_a_fact_comes_back_the_same(mapper, fact):
    back = mapper.to_domain_event(mapper.to_stored_event(fact))
    assert back == fact
    assert type(back) is type(fact)
    assert vars(back) == vars(fact) | {"recorded_id": fact.id}
    assert back.id == fact.id


def test_nothing_that_was_said_stands_in_clear(mapper, line):
    stored = mapper.to_stored_event(line)
    assert b"personne" not in stored.envelope + stored.state


def test_a_retry_is_sealed_again(mapper, line):
    once, again = mapper.to_stored_event(line), mapper.to_stored_event(line)
    assert once.envelope == again.envelope
    assert once.state != again.state


def test_the_row_says_whose_it_is(mapper, line):
    stored = mapper.to_stored_event(line)
    assert (stored.tenant_id, stored.subject_id, stored.command_id) == (
        line.act.tenant,
        line.act.subject,
        line.act.command,
    )
    assert (stored.originator_id, stored.originator_version, stored.topic) == (
        STREAM,
        3,
        "sample.line_put",
    )


@given(st.data())
@over_session
def test_no_bit_of_an_envelope_can_be_turned(mapper, data):
    stored = mapper.to_stored_event(data.draw(any_fact))
    with pytest.raises(Tampered):
        mapper.to_domain_event(replace(stored, envelope=flipped(stored.envelope, data)))


@given(st.data())
@over_session
def test_no_bit_of_a_body_can_be_turned(mapper, data):
    stored = mapper.to_stored_event(data.draw(any_fact))
    with pytest.raises(Tampered):
        mapper.to_domain_event(replace(stored, state=flipped(stored.state, data)))


@given(st.data())
@over_session
def test_a_body_cut_short_is_refused(mapper, data):
    stored = mapper.to_stored_event(data.draw(any_fact))
    kept = data.draw(st.integers(1, len(stored.state) - 1))
    with pytest.raises(Tampered):
        mapper.to_domain_event(replace(stored, state=stored.state[:kept]))


def test_a_body_under_another_version_of_the_key_is_refused(mapper, line):
    stored = mapper.to_stored_event(line)
    for version in (b"subject.2", b"subject.0", b"subject.x", b"subject", b"tenant.1"):
        forged = stored.envelope.replace(b"subject.1", version)
        assert forged != stored.envelope
        with pytest.raises(Tampered):
            mapper.to_domain_event(replace(stored, envelope=forged))


def test_the_version_of_the_key_is_bound_even_if_the_secret_is_the_same(keys, line):
    key = keys.sealing_key(line.act.tenant, line.act.subject)
    sealed = seal(key, b"{}", b"{}")
    later = replace(key, version=2)
    assert unseal(key, b"{}", sealed) == b"{}"
    with pytest.raises(Tampered):
        unseal(later, b"{}", sealed)


def test_two_bodies_cannot_be_exchanged(mapper, line):
    one = mapper.to_stored_event(line)
    two = mapper.to_stored_event(replace(line, originator_version=4))
    with pytest.raises(Tampered):
        mapper.to_domain_event(replace(one, state=two.state))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("tenant_id", uuid4()),
        ("subject_id", uuid4()),
        ("originator_id", uuid4()),
        ("originator_version", 9),
    ],
)
def test_a_row_under_anothers_name_is_refused(mapper, line, column, value):
    with pytest.raises(Tampered, match="row"):
        mapper.to_domain_event(replace(mapper.to_stored_event(line), **{column: value}))


def test_a_body_that_was_destroyed_leaves_who_and_when(mapper, line):
    back = mapper.to_domain_event(replace(mapper.to_stored_event(line), state=b""))
    assert back == Unreadable(STREAM, 3, line.act.at, line.act, "sample.line_put")
    assert back.id == line.id


def test_an_erased_person_leaves_who_and_when(mapper, keys, line):
    stored = mapper.to_stored_event(line)
    keys.destroy(line.act.tenant, line.act.subject)
    assert isinstance(mapper.to_domain_event(stored), Unreadable)
    with pytest.raises(Erased):
        mapper.to_stored_event(replace(line, originator_version=4))


def test_that_a_person_was_erased_can_still_be_told(mapper, keys, line):
    keys.destroy(line.act.tenant, line.act.subject)
    told = PersonForgotten(STREAM, 4, line.act.at, line.act)
    stored = mapper.to_stored_event(told)
    assert orjson.loads(stored.envelope)["key"] == "tenant.1"
    assert mapper.to_domain_event(stored) == told


def test_a_fact_about_no_person_is_sealed_for_the_organisation(mapper, keys, line):
    act = replace(line.act, subject=line.act.tenant)
    stored = mapper.to_stored_event(replace(line, act=act))
    assert orjson.loads(stored.envelope)["key"] == "tenant.1"
    assert mapper.to_domain_event(stored).text == line.text


def test_what_is_unreadable_is_never_recorded(mapper, line):
    with pytest.raises(TypeError):
        mapper.to_stored_event(Unreadable(STREAM, 3, line.act.at, line.act, "sample.line_put"))


@pytest.mark.parametrize("name", ["antigravity:fly", "sample.never_heard_of", "shared.kernel:Fact"])
def test_an_unknown_name_is_refused_and_imports_nothing(mapper, keys, line, name):
    before = set(sys.modules)
    envelope = orjson.loads(mapper.to_stored_event(line).envelope)
    written = orjson.dumps({**envelope, "type": name}, option=orjson.OPT_SORT_KEYS)
    key = keys.sealing_key(line.act.tenant, line.act.subject)
    stored = replace(
        mapper.to_stored_event(line), envelope=written, state=seal(key, written, b"{}"), topic=name
    )
    with pytest.raises(Undecodable, match="no fact that this process knows"):
        mapper.to_domain_event(stored)
    assert not {m for m in set(sys.modules) - before if "antigravity" in m}


def test_an_old_version_is_read_as_todays_fact(mapper, keys, line):
    envelope = orjson.loads(mapper.to_stored_event(line).envelope)
    written = orjson.dumps({**envelope, "v": 1}, option=orjson.OPT_SORT_KEYS)
    key = keys.sealing_key(line.act.tenant, line.act.subject)
    stored = replace(
        mapper.to_stored_event(line),
        envelope=written,
        state=seal(key, written, b'{"line":"de jadis"}'),
    )
    assert mapper.to_domain_event(stored) == replace(line, text="de jadis")


LEAF = """
SELECT sha256('\\x00'::bytea || int4send(octet_length(e::text)) || convert_to(e::text, 'UTF8')
              || sha256(b)) FROM (SELECT %s::json, %b::bytea) AS one(e, b)
"""


@given(any_fact)
@over_session
def test_the_leaf_is_the_one_the_sealer_computes(mapper, connection, fact):
    stored = mapper.to_stored_event(fact)
    (sealed,) = connection.execute(LEAF, (stored.envelope.decode(), stored.state)).fetchone()
    assert leaf_of(stored.envelope, stored.state) == sealed
    assert leaf(stored.envelope, hashlib.sha256(stored.state).digest()) == sealed


@pytest.fixture(scope="session")
def connection(server):
    with psycopg.connect(server.admin_conninfo) as connected:
        yield connected


def flipped(stored: bytes, data: st.DataObject) -> bytes:
    place = data.draw(st.integers(0, len(stored) * 8 - 1))
    turned = bytearray(stored)
    turned[place // 8] ^= 1 << place % 8
    return bytes(turned)
