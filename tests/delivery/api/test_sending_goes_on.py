from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta
from queue import SimpleQueue
from uuid import uuid4

import psycopg
import pytest

from services.delivery.domain import schedule
from services.delivery.messaging import sender, sequencer
from services.delivery.messaging.preparing import Job
from services.delivery.messaging.sender import Sender
from services.delivery.views.subscriptions import SubscriptionRow
from services.directory.domain import events as told_of
from tests.delivery.partner import kinds, partner_of
from tests.support.installation import eventually


def arrived(receiver, partner):
    """How many of what this subscription is told arrived."""
    source = f"urn:cosigne:{partner.house.tenant}:subscription:{partner.subscription}"
    return [e for e in receiver.events() if e["source"] == source]


def is_sent(partner, head):
    seen = partner.seen()
    return (seen["head"], seen["to_send"]) == (head, 0)


def test_an_answer_that_names_no_possible_day_ends_nothing(house, partner, receiver, monkeypatch):
    monkeypatch.setattr(schedule, "DELAYS", tuple(min(d, 10) / 50 for d in schedule.DELAYS))
    never = {"Retry-After": "Mon, 01 Jan 99999999999 00:00:00 GMT"}
    # one for each hand that sends, and one more
    receiver.answers = [(503, never)] * 17
    others = [partner, *(partner_of(house, f"other {n}") for n in range(3))]
    for one in others:
        one.grant(url=receiver.url).turn("tests")
    eventually(lambda: not receiver.answers and all(is_sent(one, 1) for one in others), 30)
    partner.turn("tests")
    eventually(lambda: is_sent(partner, 2))


def test_what_came_back_while_the_database_was_away_is_written_down_later(
    house, partner, receiver, monkeypatch
):
    others = [partner, *(partner_of(house, f"other {n}") for n in range(2))]
    for one in others:
        one.grant(url=receiver.url)
    house.installation.settled()
    really, away = sender.keep, [0]

    def keep(*told):
        if away[0] < 3:
            away[0] += 1
            raise psycopg.OperationalError("away")
        really(*told)

    # all are under way together, and what came back of all is there when it is to be written down
    receiver.takes = 1.0
    monkeypatch.setattr(sender, "BROKEN", 0.5)
    monkeypatch.setattr(sender, "keep", keep)
    for one in others:
        one.turn("tests")
    eventually(lambda: all(is_sent(one, 1) for one in others), 15)
    assert away == [3]
    for one in others:
        one.turn("tests")
    eventually(lambda: all(is_sent(one, 2) for one in others), 15)
    assert [len(arrived(receiver, one)) for one in others] == [2, 2, 2]


def test_who_has_left_is_sent_nothing_any_more(house, partner, hers, receiver):
    partner.grant(url=receiver.url).consented()
    eventually(lambda: len(receiver.received) == 1)
    house.tell(told_of.PartyLeft, partner.someone.id, house.tenant)
    house.installation.settled()
    hers.agreed()
    partner.settled()
    time.sleep(1)
    assert kinds(receiver.events()) == ["directory.consent_given"]


def test_what_waits_is_kept_for_longer_than_what_was_sent(house, partner, receiver, monkeypatch):
    partner.grant(url=receiver.url)
    partner.turn("tests")
    eventually(lambda: len(receiver.received) == 1 and partner.seen()["to_send"] == 0)
    partner.turn("pauses")
    house.installation.settled()
    for _ in range(3):
        partner.turn("tests")
    eventually(lambda: partner.seen()["head"] == 4)
    with monkeypatch.context() as hurried:
        hurried.setattr(sequencer, "CHORES_EVERY", 0.05)
        hurried.setattr(sequencer, "KEPT", timedelta(0))
        # the first one, which was sent, is gone by then
        eventually(lambda: house.installation._ask(
            "delivery", f"SELECT removed FROM subscription_head WHERE subscription = "
            f"'{partner.subscription}'") != [(0,)])  # fmt: skip
        time.sleep(0.5)
    assert partner.seen()["to_send"] == 3
    partner.turn("resumptions")
    eventually(lambda: len(receiver.received) == 4)


@pytest.fixture
def waiting():
    """A sender that runs nowhere, with one webhook that was decided a moment ago."""
    made = Sender("", None, None, None, None)
    made._results = SimpleQueue()
    at = datetime(2026, 3, 1, tzinfo=UTC)
    tenant = uuid4()
    terms = ((), "Préparer.", date(2099, 1, 1), "thin", (), ())
    one = SubscriptionRow(tenant, tenant, uuid4(), uuid4(), "Le Quai", *terms, at)
    job = Job(one, uuid4(), 1, str(uuid4()), b"{}", 0, (), time.monotonic())
    made._turns.of(one).jobs.append(job)
    return made


def test_who_no_longer_sends_alone_forgets_what_was_decided(waiting):
    waiting.close()
    assert waiting._turns.next() is None


def test_and_until_then_it_would_have_been_sent(waiting):
    assert waiting._turns.next() is not None
