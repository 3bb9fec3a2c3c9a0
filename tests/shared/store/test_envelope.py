from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import orjson
import psycopg
import pytest
from hypothesis import given

from shared.kernel import Act, Contributor, Fact
from shared.store.codec import Unstorable
from shared.store.envelope import act_of, envelope_of
from tests.support.sample import LineAnswered, LinePut, acts, any_fact

TENANT = UUID("018f0000-0000-7000-8000-000000000001")
PERSON = UUID("018f0000-0000-7000-8000-000000000002")
WORKER = UUID("018f0000-0000-7000-8000-000000000003")
STREAM = UUID("018f0000-0000-7000-8000-000000000004")
ENTRY = UUID("018f0000-0000-7000-8000-000000000005")
COMMAND = UUID("018f0000-0000-5000-8000-000000000006")
MONTREAL = timezone(timedelta(hours=-5))

BARE = Act(
    tenant=TENANT,
    subject=PERSON,
    actor=PERSON,
    author=PERSON,
    at=datetime(2026, 1, 17, 1, 2, 3, tzinfo=UTC),
    occurred=datetime(2026, 1, 17, 1, 2, 3, tzinfo=UTC),
    command=COMMAND,
)
FULL = replace(
    BARE,
    actor=WORKER,
    occurred=datetime(2026, 1, 16, tzinfo=MONTREAL),
    precision="day",
    contributors=(
        Contributor(
            party=PERSON,
            role="person",
            part="wrote",
            attestation="claimed",
            knowledge=("experiential", "organisational"),
        ),
        Contributor(party=WORKER, role="practitioner", part="discussed", attestation="own"),
    ),
    setting="meeting",
    site=UUID(int=7),
    programme=UUID(int=8),
    because_of=(ENTRY,),
    correlation=UUID(int=9),
    causation=UUID(int=10),
    traceparent="00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    request="ab" * 32,
)

# frozen: these bytes are in databases, in leaves and in auditors' exports
BARE_BYTES = (
    b'{"actor":"018f0000-0000-7000-8000-000000000002",'
    b'"author":"018f0000-0000-7000-8000-000000000002","codec":"json-gcmsiv",'
    b'"command":"018f0000-0000-5000-8000-000000000006",'
    b'"id":"019bc979-36f8-74e8-bdcf-ff9b7a1fce2f","key":"subject.1",'
    b'"occurred_at":"2026-01-17T01:02:03.000000Z","precision":"instant",'
    b'"recorded_at":"2026-01-17T01:02:03.000000Z","service":"sample","setting":"alone",'
    b'"stream":"018f0000-0000-7000-8000-000000000004",'
    b'"subject":"018f0000-0000-7000-8000-000000000002",'
    b'"tenant":"018f0000-0000-7000-8000-000000000001","type":"sample.line_put","v":2,"version":1}'
)
FULL_BYTES = (
    b'{"actor":"018f0000-0000-7000-8000-000000000003",'
    b'"author":"018f0000-0000-7000-8000-000000000002",'
    b'"because_of":["018f0000-0000-7000-8000-000000000005"],'
    b'"causation":"00000000-0000-0000-0000-00000000000a","codec":"json-gcmsiv",'
    b'"command":"018f0000-0000-5000-8000-000000000006",'
    b'"contributors":[{"attestation":"claimed","knowledge":["experiential","organisational"],'
    b'"part":"wrote","party":"018f0000-0000-7000-8000-000000000002","role":"person"},'
    b'{"attestation":"own","part":"discussed",'
    b'"party":"018f0000-0000-7000-8000-000000000003","role":"practitioner"}],'
    b'"correlation":"00000000-0000-0000-0000-000000000009",'
    b'"entry":"018f0000-0000-7000-8000-000000000005",'
    b'"id":"019bc979-36f8-7417-851e-81a00acba7e9","key":"tenant.12",'
    b'"occurred_at":"2026-01-16","occurred_offset":"-05:00","precision":"day",'
    b'"programme":"00000000-0000-0000-0000-000000000008",'
    b'"recorded_at":"2026-01-17T01:02:03.000000Z",'
    b'"request":"abababababababababababababababababababababababababababababababab",'
    b'"service":"sample","setting":"meeting","site":"00000000-0000-0000-0000-000000000007",'
    b'"stream":"018f0000-0000-7000-8000-000000000004",'
    b'"subject":"018f0000-0000-7000-8000-000000000002",'
    b'"tenant":"018f0000-0000-7000-8000-000000000001",'
    b'"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",'
    b'"type":"sample.line_answered","v":1,"version":2}'
)


def fact(act: Act) -> Fact:
    """As it was read: under the id it was recorded with, which came from the instant then."""
    told = LinePut(STREAM, 1, act.at, act, "un mot", "fr")
    return with_id(told, UUID("019bc979-36f8-74e8-bdcf-ff9b7a1fce2f"))


def answer(act: Act) -> Fact:
    told = LineAnswered(STREAM, 2, act.at, act, ENTRY)
    return with_id(told, UUID("019bc979-36f8-7417-851e-81a00acba7e9"))


def with_id(told: Fact, recorded: UUID) -> Fact:
    told.__dict__["recorded_id"] = recorded
    return told


def test_a_new_id_tells_the_day_and_not_the_hour():
    evening = LinePut(STREAM, 1, BARE.at, BARE, "un mot", "fr").id
    moved = replace(BARE, at=BARE.at.replace(hour=4, minute=5, second=6))
    earlier = LinePut(STREAM, 1, moved.at, moved, "un mot", "fr").id
    assert evening == earlier
    assert evening.version == 7
    tomorrow = replace(BARE, at=BARE.at + timedelta(days=1))
    assert LinePut(STREAM, 1, tomorrow.at, tomorrow, "un mot", "fr").id > evening


def test_the_bytes_of_the_barest_envelope_are_frozen():
    assert envelope_of(fact(BARE), "subject.1") == BARE_BYTES


def test_the_bytes_of_the_fullest_envelope_are_frozen():
    assert envelope_of(answer(FULL), "tenant.12") == FULL_BYTES


def test_what_was_frozen_is_read_as_the_act_it_was():
    assert act_of(orjson.loads(BARE_BYTES)) == BARE
    assert act_of(orjson.loads(FULL_BYTES)) == FULL
    assert act_of(orjson.loads(FULL_BYTES)).occurred.isoformat() == "2026-01-16T00:00:00-05:00"


@given(any_fact)
def test_an_envelope_gives_back_the_act_it_was_written_from(told):
    envelope = orjson.loads(envelope_of(told, "subject.1"))
    assert act_of(envelope) == told.act
    assert act_of(envelope).occurred.utcoffset() == told.act.occurred.utcoffset()
    assert envelope["id"] == str(told.id)
    assert (envelope["stream"], envelope["version"]) == (
        str(told.originator_id),
        told.originator_version,
    )


@given(any_fact)
def test_there_is_one_way_to_write_an_envelope(told):
    written = envelope_of(told, "subject.1")
    again = orjson.dumps(orjson.loads(written), option=orjson.OPT_SORT_KEYS)
    assert written == again == envelope_of(told, "subject.1")
    assert b"null" not in written
    assert b"\\u0000" not in written
    assert written.isascii()


@given(acts)
def test_the_same_instant_told_with_another_offset_differs_only_in_the_offset(act):
    elsewhere = act.occurred.astimezone(timezone(timedelta(hours=13)))
    moved = replace(act, occurred=elsewhere, precision="instant")
    here = orjson.loads(envelope_of(fact(replace(act, precision="instant")), "subject.1"))
    there = orjson.loads(envelope_of(fact(moved), "subject.1"))
    assert there.pop("occurred_offset") == "+13:00"
    here.pop("occurred_offset", None)
    assert here == there


@pytest.mark.parametrize(
    "wrong",
    [
        {"setting": "chez Marie"},
        {"precision": "vers midi"},
        {"traceparent": '"}'},
        {"request": "mot de passe"},
        {"contributors": (Contributor(party=PERSON, role="sa mère Lise", part="wrote"),)},
        {"contributors": (Contributor(party=PERSON, role="person", part="a pleuré"),)},
        {
            "contributors": (
                Contributor(party=PERSON, role="person", part="wrote", knowledge=("É",)),
            )
        },
    ],
)
def test_a_sentence_never_stands_in_an_envelope(wrong):
    with pytest.raises(Unstorable):
        envelope_of(fact(replace(BARE, **wrong)), "subject.1")


@pytest.mark.parametrize("which", ["at", "occurred"])
def test_a_time_without_an_offset_is_refused(which):
    naive = replace(BARE, **{which: datetime(2026, 1, 17)})  # noqa: DTZ001 - the point
    with pytest.raises(Unstorable):
        envelope_of(fact(naive), "subject.1")


def test_a_fact_stamped_at_another_time_than_its_act_is_refused():
    late = LinePut(STREAM, 1, BARE.at + timedelta(seconds=1), BARE, "un mot", "fr")
    with pytest.raises(Unstorable, match="stamped"):
        envelope_of(late, "subject.1")


def test_the_entry_that_is_answered_stands_in_clear():
    assert orjson.loads(envelope_of(answer(BARE), "subject.1"))["entry"] == str(ENTRY)
    assert "entry" not in orjson.loads(envelope_of(fact(BARE), "subject.1"))


def test_postgresql_gives_an_envelope_back_byte_for_byte(server):
    with psycopg.connect(server.admin_conninfo) as connection:
        for written in (BARE_BYTES, FULL_BYTES):
            (kept,) = connection.execute("SELECT %s::json::text", (written.decode(),)).fetchone()
            assert kept.encode() == written
