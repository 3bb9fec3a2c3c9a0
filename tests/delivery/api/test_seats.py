from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import ExitStack
from datetime import UTC, date, datetime
from uuid import uuid4

from services.delivery.api.seats import Seats
from services.delivery.views.subscriptions import SubscriptionRow

TENANT = uuid4()


def of(partner):
    terms = (("plans.plan_opened",), "Préparer.", date(2099, 1, 1), "thin", (), ())
    at = datetime(2026, 3, 1, tzinfo=UTC)
    return SubscriptionRow(TENANT, TENANT, uuid4(), partner, "Le Quai", *terms, at)


def test_a_subscription_waits_on_one_seat_and_a_partner_never_on_all():
    seats, greedy = Seats(3), uuid4()
    first, second, third, other = of(greedy), of(greedy), of(greedy), of(uuid4())
    with ExitStack() as held:
        assert held.enter_context(seats.taken_by(first))
        assert not held.enter_context(seats.taken_by(first))
        assert held.enter_context(seats.taken_by(second))
        assert not held.enter_context(seats.taken_by(third))
        assert held.enter_context(seats.taken_by(other))
        assert not held.enter_context(seats.taken_by(of(uuid4())))
    # whoever leaves makes room
    with seats.taken_by(third) as there:
        assert there


def test_a_second_wait_for_the_same_subscription_is_answered_at_once(house, partner):
    partner.grant()
    with ThreadPoolExecutor(2) as waiting:
        both = [waiting.submit(partner.asked, "events", timeout=6) for _ in range(2)]
        answered, waits = wait(both, return_when=FIRST_COMPLETED)
        assert (len(answered), len(waits)) == (1, 1), "whichever came second does not wait"
        assert [one.result().json() for one in both] == [[], []]
