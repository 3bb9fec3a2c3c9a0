"""How many webhooks are decided before their turn: more where they go fast, never twice one person's."""

import time
from datetime import UTC, date, datetime
from uuid import uuid4

from services.delivery.domain.schedule import Verdict
from services.delivery.messaging.endpoint import AHEAD, AT_ONCE, CHECKED_FOR, FURTHEST, Endpoint
from services.delivery.messaging.preparing import Job
from services.delivery.messaging.turns import PER_ORGANISATION, Turns
from services.delivery.views.subscriptions import SubscriptionRow

HOUSE = uuid4()


def subscription() -> SubscriptionRow:
    granted = (uuid4(), uuid4(), "Le Quai", (), "Essai", date(2099, 1, 1), "thin", (), ())
    return SubscriptionRow(HOUSE, HOUSE, *granted, datetime(2030, 1, 1, tzinfo=UTC))


def jobs(number: int, decided: float = 0.0) -> list[Job]:
    one, ready = subscription(), time.monotonic() - decided
    return [Job(one, uuid4(), n, str(n), b"{}", 0, (), ready) for n in range(number)]


def filled(number: int, decided: float = 0.0) -> Endpoint:
    endpoint = Endpoint(subscription())
    endpoint.fill(jobs(number, decided), endpoint.room())
    return endpoint


def send_all(endpoint: Endpoint) -> None:
    while job := endpoint.next():
        endpoint.answered(Verdict.DONE, None)
        endpoint.under_way.discard(job.whose)


def test_nothing_more_is_decided_while_half_of_it_waits_still() -> None:
    endpoint = filled(AHEAD // 2 + 1)
    assert endpoint.room() == 0
    endpoint.jobs.popleft()
    assert endpoint.room() == AHEAD // 2


def test_an_endpoint_that_is_done_before_we_look_again_gets_more_at_once_up_to_a_limit() -> None:
    endpoint = filled(AHEAD)
    for _ in range(5):
        send_all(endpoint)
        room = endpoint.room()
        endpoint.fill(jobs(room), room)
    assert len(endpoint.jobs) == FURTHEST


def test_an_endpoint_for_which_nothing_more_waits_gets_no_more_at_once() -> None:
    endpoint = filled(AHEAD - 1)
    send_all(endpoint)
    assert endpoint.room() == AHEAD


def test_what_was_decided_too_long_ago_is_not_sent_and_less_is_decided_from_then_on() -> None:
    endpoint = filled(AHEAD)
    send_all(endpoint)
    endpoint.fill(jobs(3, decided=CHECKED_FOR + 1), endpoint.room())
    assert endpoint.ahead == 2 * AHEAD
    assert endpoint.next() is None
    assert endpoint.room() == AHEAD


def test_a_person_whose_event_is_under_way_counts_until_it_is_written_down() -> None:
    endpoint = filled(AHEAD)
    taken = [endpoint.next() for _ in range(AT_ONCE)]
    assert None not in taken
    assert endpoint.next() is None  # so many at once, and no more
    assert len(endpoint.taken) == AHEAD


def test_hands_are_called_for_as_much_as_may_go_out_now() -> None:
    turns = Turns()
    for one in (subscription() for _ in range(3)):
        turns.of(one).fill(jobs(10), 10)
    assert turns.free == PER_ORGANISATION
    for _ in range(PER_ORGANISATION):
        assert turns.next() is not None
    assert turns.next() is None
