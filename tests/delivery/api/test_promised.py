from __future__ import annotations

from services.delivery.domain import cloud_event, offer
from tests.delivery.partner import kinds
from tests.delivery.promised import watched
from tests.support.installation import eventually


def test_thin_and_full_by_webhook_and_by_feed_are_what_was_promised(
    house, partner, hers, receiver, promised
):
    partner.grant(payload="full", url=receiver.url, types=offer.TYPES).consented()
    goal = hers.agreed()
    hers.by(house.person, f"goals/{goal}/achievements")
    partner.turn("tests")
    told = partner.waits_for(4)
    eventually(lambda: len(receiver.received) >= 4)
    assert {"directory.consent_given", "plans.goal_agreed", "delivery.test"} <= {*kinds(told)}
    # once by each way at least
    assert all(promised.seen[event["type"]] >= 2 for event in told)


def test_a_field_too_many_would_be_seen(house, partner, hers, monkeypatch):
    partner.grant().consented()
    hers.agreed()
    partner.waits_for(2)
    monkeypatch.setattr(cloud_event, "data_of", lambda *_: {"link": "https://x.example/", "who": 1})
    with watched() as looking:
        partner.events()
    assert len(looking.wrong) == 2
