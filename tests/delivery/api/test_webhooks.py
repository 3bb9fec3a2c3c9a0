from __future__ import annotations

import socket
import time
from collections import defaultdict

import pytest
from standardwebhooks.webhooks import Webhook

from services.delivery.domain import schedule
from services.delivery.messaging import endpoint
from tests.delivery.partner import kinds
from tests.shared.http.attacks import answers_with, server
from tests.shared.http.test_webhooks import by_ed25519
from tests.support.installation import eventually


def secrets(partner):
    path = f"/delivery/v1/subscriptions/{partner.subscription}/secrets"
    return partner.someone.client.get(path).json()["secrets"]


def attempts(partner):
    path = f"/delivery/v1/subscriptions/{partner.subscription}/attempts"
    return partner.someone.client.get(path).json()["attempts"]


@pytest.fixture
def soon(monkeypatch):
    """The same schedule, told in hundredths."""
    monkeypatch.setattr(schedule, "DELAYS", tuple(min(d, 10) / 50 for d in schedule.DELAYS))
    monkeypatch.setattr(schedule, "FIRST_REST", 0.2)
    monkeypatch.setattr(schedule, "LONGEST_REST", 0.5)
    assert endpoint.rest_after is schedule.rest_after


def test_a_webhook_is_the_event_of_the_feed_signed_in_both_ways(house, partner, hers, receiver):
    partner.grant(url=receiver.url).consented()
    hers.agreed()
    eventually(lambda: len(receiver.received) >= 2)
    assert sorted(receiver.events(), key=lambda e: e["sequence"]) == partner.events()
    [keys] = secrets(partner)
    for one in receiver.received:
        assert Webhook(keys["v1"]).verify(one.body, one.headers) == one.event
        assert by_ed25519(one.headers, one.body, keys["v1a"])
        assert one.headers["webhook-id"] == one.event["id"]
        assert one.headers["content-type"] == "application/cloudevents+json"
        assert len(one.body) < 20_000
    eventually(lambda: partner.seen()["to_send"] == 0)
    assert {a["outcome"] for a in attempts(partner)} == {"done"}
    assert all(a["status"] == 204 and a["took_ms"] >= 0 for a in attempts(partner))


def test_a_test_event_goes_the_way_of_all_others(house, partner, receiver):
    partner.grant(url=receiver.url)
    partner.turn("tests")
    partner.turn("tests", by=partner.someone)
    eventually(lambda: len(receiver.received) >= 2)
    assert kinds(receiver.events()) == ["delivery.test", "delivery.test"]
    assert receiver.events() == partner.events()


def test_one_that_did_not_arrive_is_tried_again_under_the_same_id(partner, receiver, soon):
    receiver.answers = [500, 302, (429, {"Retry-After": "1"})]
    partner.grant(url=receiver.url)
    partner.turn("tests")
    eventually(lambda: len(receiver.received) >= 4)
    assert len({one.headers["webhook-id"] for one in receiver.received}) == 1
    assert len({one.body for one in receiver.received}) == 1
    gaps = [b.at - a.at for a, b in zip(receiver.received, receiver.received[1:], strict=False)]
    assert gaps[2] >= 0.95
    eventually(lambda: partner.seen()["to_send"] == 0)
    found = [(a["outcome"], a["status"]) for a in reversed(attempts(partner))]
    assert found == [("answered", 500), ("answered", 302), ("answered", 429), ("done", 204)]


def test_a_person_whose_events_fail_holds_up_nobody_else_and_hers_stay_in_order(
    house, partner, hers, receiver, soon
):
    partner.grant(url=receiver.url)
    partner.consented()
    partner.consented(house.neighbour)
    eventually(lambda: len(receiver.received) >= 2)
    [hers_, _] = partner.events()
    receiver.for_subject[hers_["subject"]] = 500
    goal = hers.agreed()
    hers.by(house.person, f"goals/{goal}/achievements")
    eventually(
        lambda: len([e for e in receiver.events() if e.get("subject") == hers_["subject"]]) > 3
    )
    partner.turn("tests")
    eventually(lambda: "delivery.test" in kinds(receiver.events()))
    assert "plans.goal_achieved" not in kinds(receiver.events())
    del receiver.for_subject[hers_["subject"]]
    eventually(lambda: "plans.goal_achieved" in kinds(receiver.events()))


def test_gone_is_the_end_of_its_webhooks_until_somebody_starts_them_again(
    house, partner, hers, receiver
):
    receiver.answers = [410]
    partner.grant(url=receiver.url).consented()
    eventually(lambda: partner.seen()["disabled"] == "gone")
    assert partner.seen()["status"] == "disabled"
    hers.agreed()
    partner.waits_for(2)
    time.sleep(0.5)
    assert len(receiver.received) == 1
    told = partner.turn("enablements", by=partner.someone)
    assert (told["to_send"], told["first_missing"], told["status"]) == (2, 1, "active")
    eventually(lambda: len(receiver.received) >= 3)
    assert receiver.events()[1:] == partner.events()


def test_paused_nothing_goes_out_and_resumed_all_of_it_does(house, partner, hers, receiver):
    partner.grant(url=receiver.url).consented()
    eventually(lambda: len(receiver.received) == 1)
    partner.turn("pauses")
    house.installation.settled()
    hers.agreed()
    time.sleep(1)
    assert len(receiver.received) == 1
    partner.turn("resumptions")
    eventually(lambda: len(receiver.received) == 2)


def test_a_new_secret_signs_beside_the_old_one_while_both_count(house, partner, receiver):
    partner.grant(url=receiver.url)
    [old] = secrets(partner)
    partner.turn("secret-rotations", by=partner.someone, overlap_hours=1)
    [new, kept] = secrets(partner)
    assert kept == old
    assert new["v1"] != old["v1"]
    house.installation.settled()
    partner.turn("tests")
    eventually(lambda: receiver.received)
    one = receiver.received[0]
    for keys in (new, old):
        Webhook(keys["v1"]).verify(one.body, one.headers)
        assert by_ed25519(one.headers, one.body, keys["v1a"])
    partner.turn("secret-rotations", by=partner.someone, overlap_hours=0)
    assert len(secrets(partner)) == 1


def test_what_was_given_up_or_any_part_is_sent_again_when_it_is_asked_for(
    house, partner, receiver, soon
):
    receiver.usual = 500
    partner.grant(url=receiver.url)
    partner.turn("tests")
    # after the whole schedule without one that arrived, the endpoint is left alone as well
    eventually(lambda: partner.seen()["disabled"] == "failing", 60)
    assert partner.seen()["given_up"] == 1
    assert len(receiver.received) == 10
    receiver.usual = 204
    partner.turn("enablements")
    # what was given up is sent without being asked for again
    eventually(lambda: partner.seen()["given_up"] == 0 and partner.seen()["to_send"] == 0)
    assert len(receiver.received) == 11
    partner.turn("replays", failed=True)
    partner.turn("tests")
    eventually(lambda: len(receiver.received) == 12)
    partner.turn("replays", by=partner.someone, first=1, last=2)
    eventually(lambda: len(receiver.received) == 14 and partner.seen()["to_send"] == 0)
    partner.turn("replays", since="2020-01-01")
    eventually(lambda: len(receiver.received) == 16)


def test_each_person_in_order_whatever_is_lost_on_the_way(house, partner, hers, receiver, soon):
    partner.grant(url=receiver.url).consented()
    for number in range(4):
        hers.agreed(f"Un pas de plus, le {number + 1}.")
    receiver.answers = [500, 204, 503, 204, 204, 500]
    eventually(lambda: partner.seen()["to_send"] == 0 and partner.seen()["head"] == 5)
    first: dict[str, list[str]] = defaultdict(list)
    for event in receiver.events():
        if event["sequence"] not in first[event["subject"]]:
            first[event["subject"]].append(event["sequence"])
    assert all(seen == sorted(seen) for seen in first.values())


def test_a_name_that_changes_its_answer_is_met_by_the_worker_as_by_the_one_who_asks(
    house, partner, monkeypatch
):
    """The very worker that delivers, and names that resolve elsewhere the next time."""
    answers = ["127.0.0.1", "127.0.0.1", "10.0.0.7"]
    asked, real = [], socket.getaddrinfo

    def resolve(host, *more, **how):
        if host != "hooks.example":
            return real(host, *more, **how)
        asked.append(host)
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (found, more[0]))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    closing = answers_with(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
    with server(closing) as (port, heard):
        partner.grant(url=f"http://hooks.example:{port}/")
        partner.turn("tests")
        eventually(lambda: len(heard) == 1)
        partner.turn("tests")
        eventually(lambda: [a["outcome"] for a in attempts(partner)].count("not_allowed"))
        assert len(heard) == 1
        assert len(asked) == 3


@pytest.mark.parametrize(
    "url",
    ["http://10.0.0.7/", "https://169.254.169.254/latest", "https://[::ffff:127.0.0.1]/",
     "http://2130706433/", "ftp://hooks.example/"],
)  # fmt: skip
def test_where_nothing_may_be_sent_is_refused_in_one_word_when_it_is_set(house, partner, url):
    partner.grant()
    path = f"/delivery/v1/subscriptions/{partner.subscription}/endpoint"
    for who in (house.administrator, partner.someone):
        answer = who.client.put(path, json={"url": url})
        assert (answer.status_code, answer.json()["code"]) == (422, "endpoint.not_allowed")
        assert url not in answer.text
