from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from cloudevents.http import from_dict
from hypothesis import given
from hypothesis import strategies as st

from services.delivery.domain.cloud_event import Place, cloud_event
from services.delivery.domain.names import event_name, generations, pseudonym
from services.delivery.domain.offer import CONSENTED, CONTROL, OFFER, disguised, kept
from services.delivery.domain.schedule import DELAYS, Verdict, next_try, rest_after, verdict
from services.delivery.messaging.endpoint import seconds_of
from services.plans.domain import events as plans
from shared.kernel import Fact

IDS = st.uuids()
SECRETS = st.binary(min_size=32, max_size=32)
MONTREAL = ZoneInfo("America/Toronto")
# fields that hold a person's words or ids of others; none but these words of hers may leave
WORDS_THAT_LEAVE = {("plans.action_added", "words")}


@given(SECRETS, IDS, IDS, IDS)
def test_a_person_has_another_name_for_each_partner_and_always_the_same(secret, one, other, person):
    assert pseudonym(secret, one, person) == pseudonym(secret, one, person)
    assert (pseudonym(secret, one, person) == pseudonym(secret, other, person)) == (one == other)
    assert pseudonym(secret, one, person) != person
    assert pseudonym(secret, one, person).version == 8


@given(SECRETS, IDS, IDS, IDS)
def test_two_subscriptions_cannot_join_on_an_events_id(secret, one, other, entry):
    assert (event_name(secret, one, entry) == event_name(secret, other, entry)) == (one == other)


@given(st.sampled_from(sorted(OFFER)), st.data())
def test_of_a_body_only_what_is_offered_is_kept_and_every_id_is_disguised(type_, data):
    body = {name: str(data.draw(IDS)) for name in ("goal", "action", "responsible", "wording")}
    body |= {"words": "Des mots", "grown_from": ["star:sommeil"], "left_out": [{"theme": "x"}],
             "stood_in_the_way": {"logic": "management"}, "due": "2026-01-01", "number": 1}  # fmt: skip
    found = kept(type_, body)
    offered = OFFER[type_]
    assert set(found) <= {*offered.ids, *offered.values}
    told = disguised(type_, found, lambda of: pseudonym(b"s" * 32, UUID(int=1), of))
    ids = {body[name] for name in ("goal", "action", "responsible", "wording")}
    assert not ids & {str(value) for value in told.values()}


def test_what_is_offered_exists_and_names_no_theme_no_alter_and_nothing_from_her_map():
    for type_, offered in OFFER.items():
        kind = Fact.registry[type_]
        assert kind.__module__ == plans.__name__
        names = {f.name for f in fields(kind)}
        assert {*offered.ids, *offered.values} <= names, type_
        assert not {"theme", "themes", "reason", "grown_from", "left_out"} & {*offered.values}
        worded = {(type_, name) for name in offered.values if name == "words"}
        assert worded <= WORDS_THAT_LEAVE
    assert not any("declined" in t or "disagreed" in t or "theme" in t for t in OFFER)
    assert not set(CONTROL) & set(OFFER)
    assert kept(CONSENTED, {"tabs": ["plan"], "until": "2099-12-31", "words": "à moi"}) == {
        "tabs": ["plan"],
        "until": "2099-12-31",
    }


def place(**more):
    told = {
        "tenant": uuid4(), "subscription": uuid4(), "sequence": 7, "id": uuid4(),
        "type": "plans.goal_agreed", "subject": uuid4(),
        "at": datetime(2026, 3, 2, 3, 33, 17, tzinfo=UTC),
    }  # fmt: skip
    return Place(**{**told, **more})


def test_an_event_is_one_that_the_official_library_reads():
    one = place()
    event = cloud_event(one, zone=MONTREAL, url="https://c.example/delivery")
    read = from_dict(event)
    assert (read["id"], read["subject"]) == (str(one.id), str(one.subject))
    assert event["sequence"] == "00000000000000000007"
    assert "sequencetype" not in event
    assert event["time"] == "2026-03-02T03:33:17+00:00"
    link = f"https://c.example/delivery/v1/feed/{one.subscription}/events/{one.id}"
    assert event["data"] == {"link": link}


def test_of_what_she_wrote_herself_the_day_is_told_and_not_the_hour():
    event = cloud_event(place(by_her=True), zone=MONTREAL, url="")
    assert event["time"] == "2026-03-01T00:00:00-05:00"


def test_what_is_withheld_keeps_its_place_and_tells_nothing_else():
    one = place(withheld=True, data={"goal": "x"})
    event = cloud_event(one, zone=MONTREAL, url="https://c.example")
    assert (event["sequence"], event["id"]) == ("00000000000000000007", str(one.id))
    assert event["type"] == "org.cosigne.delivery.withheld.v1"
    assert event["data"] == {}
    assert "subject" not in event
    assert str(one.subject) not in str(event)
    assert "03:33" not in event["time"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (200, Verdict.DONE), (204, Verdict.DONE), (299, Verdict.DONE), (301, Verdict.AGAIN),
        (302, Verdict.AGAIN), (400, Verdict.AGAIN), (404, Verdict.AGAIN), (410, Verdict.GONE),
        (429, Verdict.SLOWER), (500, Verdict.AGAIN), (502, Verdict.SLOWER), (504, Verdict.SLOWER),
        (None, Verdict.AGAIN),
    ],
)  # fmt: skip
def test_only_2xx_arrived_and_only_410_is_gone(status, expected):
    assert verdict(status) is expected


def test_it_is_tried_again_as_the_standard_says_with_a_little_chance_and_then_given_up():
    assert DELAYS == (0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400)
    for failures in range(1, 10):
        least, most = next_try(failures, 0.0), next_try(failures, 1.0)
        assert least == timedelta(seconds=DELAYS[failures])
        assert most == least * 1.1
    assert next_try(10, 0.5) is None


def test_an_endpoint_that_asks_for_time_is_given_it_but_not_for_ever():
    assert next_try(1, 0.0, 60) == timedelta(seconds=60)
    assert next_try(3, 0.0, 60) == timedelta(seconds=1800)
    assert next_try(1, 0.0, 10**9) == timedelta(hours=24)


def test_one_that_fails_again_and_again_is_left_alone_longer_and_longer():
    rests = [rest_after(n) for n in range(20)]
    assert rests[:5] == [0, 0, 0, 0, 0]
    assert rests == sorted(rests)
    assert (rests[5], rests[-1], rest_after(10**6)) == (5.0, 600.0, 600.0)


def test_two_secrets_count_until_the_overlap_is_over():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    assert generations(1, {}, at) == (1,)
    assert generations(3, {2: at + timedelta(hours=1)}, at) == (3, 2)
    assert generations(3, {2: at}, at) == (3,)


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("7", 7.0),
        (" 120 ", 120.0),
        ("Mon, 01 Jan 2001 00:00:00 GMT", 0.0),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", None),
        ("soon", None),
        ("-1", None),
        ("9" * 400, None),
        (None, None),
    ],
)
def test_whatever_an_endpoint_says_of_when_to_try_again_breaks_nothing(told, seconds):
    assert seconds_of(told) == seconds
