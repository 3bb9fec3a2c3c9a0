from __future__ import annotations

from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from cosigne.cli import status as telling
from cosigne.cli.rebuild import replay_parked
from cosigne.plans import plans
from cosigne.running.caught_up import statuses
from cosigne.words import words_for
from services.delivery.messaging.placing import Placing
from services.delivery.wiring import sequencer_of, takes_up
from shared.http.service import keys_of
from shared.postgres.pool import connect
from shared.settings import Kafka
from shared.store.key_files import LostKey
from tests.delivery.api.test_feed import erased
from tests.delivery.partner import kinds
from tests.support.installation import eventually


@pytest.fixture
def reader(house):
    with connect(house.installation.settings.conninfo("delivery", "reader")) as connection:
        yield connection


def aside(reader, house):
    """Whose events were set aside, in which log."""
    asked = (
        "SELECT source, subject_id, reason FROM parked "
        "WHERE consumer = 'places' AND tenant_id = %s ORDER BY source, subject_id"
    )
    return reader.execute(asked, (house.tenant,)).fetchall()


def taken_up(house):
    with keys_of(house.installation.settings) as keys:
        return takes_up(house.installation.settings, keys)


@contextmanager
def sequencing(house):
    settings = house.installation.settings
    with keys_of(settings) as keys, closing(sequencer_of(settings, keys)) as sequencer:
        yield sequencer


def of_places(house):
    [delivery] = [s for s in statuses(house.installation.settings) if s.service == "delivery"]
    return {one.source: one.parked for one in delivery.others}


@pytest.fixture
def broken(house, monkeypatch):
    """A release that cannot place what one person does, and says so by the usual fault."""
    really = Placing.offered

    def offered(self, cursor, told):
        hers = [one for one in told if one.subject == house.person.id]
        if any(one.type == "plans.goal_agreed" for one in hers):
            raise KeyError("goal")
        return really(self, cursor, told)

    monkeypatch.setattr(Placing, "offered", offered)
    return lambda: monkeypatch.setattr(Placing, "offered", really)


def test_what_could_not_be_placed_waits_with_all_that_follows_it_and_is_placed_in_order_later(
    house, partner, hers, broken, reader
):
    partner.grant(payload="full")
    consent = partner.consented()
    partner.waits_for(1)
    for number in range(3):
        hers.agreed(f"Un pas de plus, le {number + 1}.")
    eventually(lambda: ("plans", house.person.id, "KeyError") in aside(reader, house))
    # what she does elsewhere waits for it too, and others go on
    her = f"/directory/v1/persons/{house.person.id}"
    house.person.client.post(f"{her}/consents/{consent}/withdrawals", json={}).raise_for_status()
    partner.consented()
    partner.consented(house.neighbour)
    eventually(lambda: len({e["subject"] for e in partner.events()}) == 2)
    partner.settled()
    assert [(s, why) for s, _, why in aside(reader, house)] == [
        ("directory", "EarlierEvent"),
        ("plans", "KeyError"),
    ]
    assert of_places(house) == {"delivery": 0, "directory": 1, "plans": 1}
    # as long as it is broken, taking it up changes nothing
    assert taken_up(house) == 0
    assert len(aside(reader, house)) == 2
    broken()
    assert taken_up(house) == 1
    assert aside(reader, house) == []
    assert of_places(house) == {"delivery": 0, "directory": 0, "plans": 0}
    told = partner.events()
    subject = told[0]["subject"]
    assert kinds(e for e in told if e["subject"] == subject)[-2:] == [
        "directory.consent_withdrawn",
        "directory.consent_given",
    ]
    # and she goes on as everybody does
    hers.agreed("Nourrir le loup blanc qui est en moi.")
    [*_, last] = partner.waits_for(len(told) + 1)
    assert (kinds([last]), last["subject"]) == (["plans.goal_agreed"], subject)


def test_taken_up_each_of_hers_has_the_place_it_would_have_had(
    house, partner, hers, broken, reader
):
    partner.grant(payload="full").consented()
    partner.waits_for(1)
    words = [f"Un pas de plus, le {number + 1}." for number in range(3)]
    for one in words:
        hers.agreed(one)
    eventually(lambda: aside(reader, house))
    partner.settled()
    assert len(partner.events()) == 1
    broken()
    assert taken_up(house) == 1
    told = partner.waits_for(4)
    assert [e["data"]["words"] for e in told[1:]] == words
    assert [int(e["sequence"]) for e in told] == [1, 2, 3, 4]
    assert taken_up(house) == 0


PARK = """
INSERT INTO parked (consumer, source, tenant_id, subject_id, gpos, reason)
SELECT name || '_v' || active, %s, %s, %s, 1, 'KeyError' FROM view_version WHERE name = %s
"""
MEND = "DELETE FROM parked WHERE tenant_id = %s AND consumer <> 'places'"


@pytest.mark.parametrize(
    ("view", "source"),
    [("relations", "directory"), ("goals_agreed", "plans"), ("subscriptions", "delivery")],
)
def test_whose_view_was_set_aside_by_which_it_is_decided_loses_nothing(
    house, partner, hers, reader, view, source
):
    partner.grant().consented()
    partner.waits_for(1)
    partner.settled()  # or what came before it is looked at again, and waits too
    whom = house.tenant if view == "subscriptions" else house.person.id
    reader.execute(PARK, (source, house.tenant, whom, view))
    hers.agreed()
    eventually(lambda: [why for _, _, why in aside(reader, house)] == ["ParkedView"])
    partner.settled()
    assert len(partner.events()) == 1
    assert taken_up(house) == 0
    # what an operator asks for: the views first, then what is decided by them
    words = words_for({"COSIGNE_LANG": "en"})
    replay_parked(house.installation.settings, plans()["delivery"], words)
    assert aside(reader, house) == []
    assert kinds(partner.waits_for(2))[1:] == ["plans.goal_agreed"]


def test_what_waits_to_be_sent_waits_on_while_a_view_of_hers_is_set_aside(
    house, partner, hers, receiver, reader
):
    partner.grant(url=receiver.url).consented()
    eventually(lambda: len(receiver.received) == 1)
    partner.turn("pauses")
    house.installation.settled()
    hers.agreed()
    partner.settled()
    reader.execute(PARK, ("directory", house.tenant, house.person.id, "relations"))
    partner.turn("resumptions")
    partner.turn("tests")
    eventually(lambda: "delivery.test" in kinds(receiver.events()))
    # that the test event arrived is written down a moment after it did
    eventually(lambda: partner.seen()["to_send"] == 1)
    assert "plans.goal_agreed" not in kinds(receiver.events())
    reader.execute(MEND, (house.tenant,))
    eventually(lambda: kinds(receiver.events())[-1] == "plans.goal_agreed")


def test_who_is_erased_is_told_of_though_what_was_hers_was_set_aside(
    house, partner, hers, broken, reader
):
    partner.grant().consented()
    partner.waits_for(1)
    hers.agreed()
    eventually(lambda: aside(reader, house))
    erased(house)
    assert kinds(partner.waits_for(2))[1:] == ["directory.person_erased"]
    broken()
    taken_up(house)
    assert aside(reader, house) == []
    assert len(partner.events()) == 2


def test_the_status_says_what_waits_for_whom_what_stopped_and_what_the_brokers_lack(
    house, partner, hers, receiver, reader, monkeypatch, capsys
):
    receiver.answers = [410]
    partner.grant(url=receiver.url).consented()
    eventually(lambda: partner.seen()["disabled"] == "gone")
    hers.agreed()
    partner.waits_for(2)
    house.installation.settled()
    settings = replace(house.installation.settings, kafka=Kafka(servers=("127.0.0.1:1",)))
    monkeypatch.setattr(telling, "settings_here", lambda: settings)
    given = type("Given", (), {"views": True, "positions": False, "deliveries": True})
    telling.command(given, words_for({"COSIGNE_LANG": "en"}))
    told = capsys.readouterr().out
    [line] = [one for one in told.splitlines() if partner.subscription in one]
    assert line.split()[:3] == [str(house.tenant), partner.subscription, "2"]
    assert line.endswith("the address says that it is gone")
    assert "Deliveries to partners: " in told
    assert [one for one in told.splitlines() if one.startswith("delivery.places")]
    # nothing was ever published: all of it is still to be
    [plans] = [one for one in statuses(settings) if one.service == "plans"]
    assert plans.unpublished.events == plans.head > 0
    assert plans.unpublished.seconds > 0
    [quiet] = [s for s in statuses(house.installation.settings) if s.service == "plans"]
    assert quiet.unpublished is None


def test_what_waited_for_a_lost_key_is_placed_by_itself_once_it_is_back(
    house, partner, hers, monkeypatch, reader
):
    partner.grant(payload="full").consented()
    partner.waits_for(1)
    really = Placing.offered

    def offered(self, cursor, told):
        if any(one.tenant == house.tenant for one in told):
            raise LostKey("keys.missing", name="its.key")
        return really(self, cursor, told)

    monkeypatch.setattr(Placing, "offered", offered)
    hers.agreed("Un pas de plus.")
    eventually(lambda: ("plans", house.person.id, "LostKey") in aside(reader, house))
    partner.settled()
    with sequencing(house) as sequencer:
        assert sequencer.replay_freed()
        assert aside(reader, house), "still away: nothing of it is lost"
        assert not sequencer.replay_freed(seconds=-1), "a little at a time"
        monkeypatch.setattr(Placing, "offered", really)
        assert sequencer.replay_freed()
    assert aside(reader, house) == []
    assert kinds(partner.waits_for(2))[1:] == ["plans.goal_agreed"]


def test_what_a_release_cannot_place_does_not_try_itself_again(
    house, partner, hers, broken, reader
):
    partner.grant(payload="full").consented()
    partner.waits_for(1)
    hers.agreed("Un pas de plus.")
    eventually(lambda: ("plans", house.person.id, "KeyError") in aside(reader, house))
    partner.settled()
    broken()
    with sequencing(house) as sequencer:
        sequencer.replay_freed()
    assert aside(reader, house)
    assert taken_up(house) == 1
