from __future__ import annotations

import base64
import threading
import time
from datetime import timedelta
from uuid import uuid4

from services.delivery.messaging import sequencer
from services.directory.domain import events as told_of
from shared.postgres.pool import connect
from tests.delivery.partner import FAR, kinds, made, parsed, partner_of
from tests.support.installation import eventually, relations


def test_what_she_consents_to_show_reaches_the_partner_thin_and_under_another_name(
    house, partner, hers
):
    partner.grant().consented()
    goal = hers.agreed()
    [consented, agreed] = partner.waits_for(2)
    assert kinds([consented, agreed]) == ["directory.consent_given", "plans.goal_agreed"]
    assert [e["sequence"] for e in (consented, agreed)] == ["0" * 19 + "1", "0" * 19 + "2"]
    text = str(agreed)
    assert str(house.person.id) not in text
    assert goal not in text
    assert set(agreed["data"]) == {"link"}
    assert agreed["subject"] == consented["subject"] == agreed["partitionkey"]
    assert parsed(agreed)["source"].endswith(partner.subscription)
    # by its link it is read whole, in her words, and nothing of it names anyone
    whole = partner.someone.client.get(agreed["data"]["link"]).json()
    assert whole["data"]["words"] == "Terminer ma chimie du secondaire."
    assert goal not in str(whole)
    assert {**whole, "data": agreed["data"]} == agreed


def test_two_partners_cannot_join_what_they_are_told(house, partner, hers):
    other = partner_of(house, "other")
    for one in (partner, other):
        one.grant(payload="full").consented()
    hers.agreed()
    ours, theirs = partner.waits_for(2), other.waits_for(2)
    assert kinds(ours) == kinds(theirs)
    for mine, yours in zip(ours, theirs, strict=True):
        for name in ("id", "subject", "source"):
            assert mine[name] != yours[name]
    assert ours[1]["data"]["goal"] != theirs[1]["data"]["goal"]


def test_without_her_consent_nothing_is_counted_and_with_it_only_what_follows(house, partner, hers):
    partner.grant()
    hers.agreed()
    partner.consented(house.neighbour)
    assert [e["type"] for e in partner.waits_for(1)] == ["org.cosigne.directory.consent_given.v1"]
    partner.consented()
    hers.agreed("Nourrir le loup blanc qui est en moi.")
    found = partner.waits_for(3)
    assert kinds(found)[1:] == ["directory.consent_given", "plans.goal_agreed"]
    partner.settled()
    assert partner.asked("events").headers["Cosigne-Feed-Head"] == "3"


def test_consent_and_restrictions_are_asked_again_when_it_is_read(house, partner, hers):
    consent = partner.grant().consented()
    hers.agreed()
    [_, agreed] = partner.waits_for(2)
    her = f"/directory/v1/persons/{house.person.id}"
    restricted = house.person.client.post(
        f"{her}/restrictions", json={"audience": str(partner.someone.id), "scope": ["plan"]}
    ).json()["entries"][0]
    house.installation.settled()
    [_, withheld] = partner.events()
    assert partner.asked("snapshot").json()["events"][:1] != [agreed]
    assert (withheld["id"], withheld["sequence"]) == (agreed["id"], agreed["sequence"])
    assert kinds([withheld]) == ["delivery.withheld"]
    assert "subject" not in withheld
    assert kinds([partner.asked(f"events/{agreed['id']}").json()]) == ["delivery.withheld"]
    house.person.client.post(f"{her}/restrictions/{restricted}/liftings", json={})
    house.installation.settled()
    assert partner.events()[1] == agreed
    house.person.client.post(f"{her}/consents/{consent}/withdrawals", json={})
    house.installation.settled()
    found = partner.waits_for(3)
    assert kinds(found) == [
        "delivery.withheld",
        "delivery.withheld",
        "directory.consent_withdrawn",
    ]


def test_a_goal_she_no_longer_agrees_to_and_words_she_took_back_are_withheld(house, partner, hers):
    partner.grant(payload="full").consented()
    first, second = hers.agreed(), hers.agreed("Nourrir le loup blanc qui est en moi.")
    [_, _, shown] = partner.waits_for(3)
    assert shown["data"]["words"] == "Nourrir le loup blanc qui est en moi."
    hers.by(house.person, f"goals/{first}/declines")
    entry = next(g for g in hers.seen_by(house.person)["goals"] if g["goal"] == second)
    house.installation.settled()
    assert kinds(partner.events()) == [
        "directory.consent_given",
        "delivery.withheld",
        "plans.goal_agreed",
    ]
    assert entry["words"] in str(partner.events())


def test_what_others_noted_and_what_she_left_out_of_her_plan_never_leaves(house, partner, hers):
    partner.grant(payload="full").consented()
    goal = hers.goal("Dormir mieux", by=house.practitioner)
    hers.by(house.practitioner, f"goals/{goal}/agreements")
    hers.by(house.person, "themes-declined", theme="comprendre-medicaments")
    hers.agreed("Jouer devant du monde.", grown_from=["star:sommeil"])
    found = partner.waits_for(2)
    assert kinds(found) == ["directory.consent_given", "plans.goal_agreed"]
    text = str(found)
    for never in ("Dormir", "medicaments", "sommeil", "star"):
        assert never not in text


def test_a_goal_of_a_theme_she_leaves_out_is_withheld_however_it_is_spelled(house, partner, hers):
    partner.grant(payload="full").consented()
    hers.agreed("Terminer ma chimie.", grown_from=["star:mes-etudes"])
    partner.waits_for(2)  # it has its place; what is left out before gets none
    hers.by(house.person, "themes-declined", theme="Mes Études !")
    hers.agreed("Lire davantage.", grown_from=["theme:sommeil"])
    found = partner.waits_for(3)
    assert kinds(found) == [
        "directory.consent_given",
        "delivery.withheld",
        "plans.goal_agreed",
    ]
    assert "chimie" not in str(found)


def test_words_that_grew_from_a_sensitive_theme_or_from_someone_on_her_map_stay_here(
    house, partner, hers
):
    partner.grant(payload="full").consented()
    made(house.administrator, "/assessment/v1/catalogues/defaults", {})
    house.installation.settled()
    mind = hers.agreed("Parler au docteur.", grown_from=["theme:sante-mentale"])
    hers.by(house.person, f"goals/{mind}/actions", words="Appeler la clinique.")
    hers.agreed("Revoir ma sœur.", grown_from=[f"tie:{uuid4()}"])
    hers.agreed("Jouer devant du monde.", grown_from=["theme:loisirs"])
    house.installation.settled()
    found = partner.waits_for(5)
    assert [one["data"].get("words") for one in found[1:]] == [
        None,
        None,
        None,
        "Jouer devant du monde.",
    ]
    assert all(one["data"]["goal"] for one in found[1:])


def test_one_goes_on_after_the_last_event_and_waits_for_the_next(house, partner, hers):
    partner.grant().consented()
    [first] = partner.waits_for(1)
    assert partner.events(lastEventId=first["id"]) == []
    threading.Timer(1.0, hers.agreed).start()
    began = time.monotonic()
    answer = partner.asked("events", lastEventId=first["id"], timeout=20)
    assert len(answer.json()) == 1
    assert time.monotonic() - began < 20
    assert answer.headers["Content-Type"] == "application/cloudevents-batch+json"
    assert (answer.headers["Cosigne-Feed-Lag"], answer.headers["Cosigne-Feed-First"]) == ("0", "1")


def test_a_place_that_is_not_there_any_more_says_where_to_begin_again(house, partner, hers):
    partner.grant().consented()
    hers.agreed()
    [first, second] = partner.waits_for(2)
    unknown = partner.asked("events", lastEventId=str(uuid4()))
    partner.settled()
    with connect(house.installation.settings.conninfo("delivery", "reader")) as reader:
        reader.execute(
            "DELETE FROM delivery WHERE tenant_id = %s AND sequence = 1", (house.tenant,)
        )
        reader.execute(
            "UPDATE subscription_head SET removed = 1 WHERE tenant_id = %s", (house.tenant,)
        )
    for answer in (
        unknown,
        partner.asked("events", lastEventId=first["id"]),
        partner.asked("events"),
        partner.asked("pending"),
        partner.asked("events", since="2020-01-01T00:00:00Z"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (410, "feed.start_again")
        assert answer.headers["Link"].endswith('/snapshot>; rel="start"')
    assert partner.asked("events", lastEventId=second["id"]).status_code == 200
    start = unknown.headers["Link"].split("<")[1].split(">")[0]
    told = partner.someone.client.get(start).json()
    assert told["cursor"] == second["id"]
    assert partner.events(lastEventId=told["cursor"]) == []


def test_a_new_subscriber_begins_with_what_stands_and_goes_on_without_a_gap(house, partner, hers):
    other = partner_of(house, "earlier")
    other.grant().consented()
    hers.agreed()
    assert len(other.waits_for(2)) == 2
    partner.consented()
    partner.grant()
    told = partner.asked("snapshot").json()
    assert sorted(kinds(told["events"])) == [
        "directory.consent_given",
        "plans.goal_agreed",
        "plans.plan_opened",
    ]
    assert told["cursor"] is None
    assert all("sequence" not in e for e in told["events"])
    hers.agreed("Nourrir le loup blanc qui est en moi.")
    [after] = partner.waits_for(1)
    assert after["id"] not in {e["id"] for e in told["events"]}
    again = partner.asked("snapshot").json()
    assert after["id"] in {e["id"] for e in again["events"]}
    assert again["cursor"] == after["id"]


def test_a_snapshot_comes_in_pages_and_of_one_person_alone_when_she_has_just_consented(
    house, partner, hers
):
    partner.grant()
    for person in (house.person, house.neighbour):
        partner.consented(person)
    hers.agreed()
    partner.waits_for(3)
    seen, path = [], partner.path("snapshot?limit=1")
    for _ in range(5):
        answer = partner.someone.client.get(path)
        seen += answer.json()["events"]
        if "Link" not in answer.headers:
            break
        path = partner.path("snapshot") + answer.headers["Link"].split("<")[1].split(">")[0]
    assert len({e["subject"] for e in seen}) == 2
    # neither an id nor its rank among ids
    assert [e["subject"] for e in seen] == sorted(e["subject"] for e in seen)
    cursor = path.split("cursor=")[1].split("&")[0]
    decoded = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for someone in (house.person, house.neighbour):
        assert str(someone.id).encode() not in decoded
    assert len({e["id"] for e in seen}) == len(seen) == 4
    [hers_, other] = {e["subject"] for e in seen}
    for subject in (hers_, other):
        alone = partner.asked("snapshot", subject=subject).json()["events"]
        assert alone == [e for e in seen if e["subject"] == subject]
    assert partner.asked("snapshot", subject=str(house.person.id)).json()["events"] == []


def test_what_is_polled_comes_again_until_it_is_acknowledged(house, partner, hers):
    partner.grant().consented()
    hers.agreed()
    [first, second] = partner.waits_for(2)
    assert partner.asked("pending").json() == [first, second]

    def acknowledge(event):
        return partner.someone.client.post(
            partner.path("acknowledgements"), json={"event": event["id"]}
        )

    assert acknowledge(first).json() == {"acknowledged": 1}
    assert partner.asked("pending").json() == [second]
    assert acknowledge(second).json() == {"acknowledged": 2}
    assert acknowledge(first).json() == {"acknowledged": 2}
    assert partner.asked("pending").json() == []
    assert partner.seen()["acknowledged"] == 2


def test_the_feed_kept_open_tells_each_event_and_how_far_the_log_goes(house, partner, hers):
    partner.grant().consented()
    [first] = partner.waits_for(1)
    threading.Timer(0.5, hers.agreed).start()
    heard = []
    with partner.someone.client.stream(
        "GET",
        partner.path("stream"),
        params={"timeout": 20},
        headers={"Last-Event-ID": first["id"]},
    ) as answer:
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        for line in answer.iter_lines():
            heard.append(line)
            if line.startswith(": head 2"):
                break
    [told] = [line for line in heard if line.startswith("id: ")]
    assert told == f"id: {partner.events()[1]['id']}"
    assert heard[0] == "retry: 1000"


def test_one_recovers_what_came_since_a_time(house, partner, hers):
    partner.grant().consented()
    partner.waits_for(1)
    time.sleep(0.05)
    with connect(house.installation.settings.conninfo("delivery", "reader")) as reader:
        now = reader.execute("SELECT clock_timestamp()").fetchone()[0]
    hers.agreed()
    found = partner.waits_for(1, since=now.isoformat())
    assert kinds(found) == ["plans.goal_agreed"]


def test_paused_nothing_is_told_and_nothing_is_lost_and_ended_it_is_over(house, partner, hers):
    partner.grant().consented()
    partner.waits_for(1)
    partner.turn("pauses")
    refused = partner.asked("events")
    assert (refused.status_code, refused.json()["code"]) == (409, "subscription.paused")
    hers.agreed()
    partner.turn("resumptions")
    assert kinds(partner.waits_for(2))[1:] == ["plans.goal_agreed"]
    partner.turn("endings")
    assert partner.asked("events").json()["code"] == "subscription.ended"
    assert partner.seen()["status"] == "ended"


def test_nobody_but_that_partner_reads_its_feed(house, other_house, partner, hers):
    partner.grant().consented()
    partner.waits_for(1)
    other, foreign = partner_of(house, "other"), partner_of(other_house, "foreign")
    for who in (other.someone, foreign.someone):
        answer = who.client.get(partner.path("events"))
        assert (answer.status_code, answer.json()["code"]) == (404, "stream.unknown")
        assert (
            who.client.get(partner.path("secrets").replace("feed", "subscriptions")).status_code
            == 404
        )
    for who in (house.person, house.practitioner, house.administrator, house.officer):
        answer = who.client.get(partner.path("events"))
        assert (answer.status_code, answer.json()["code"]) == (403, "action.not_yours")
    # a partner's system belongs to another house: it sees nothing else here
    assert partner.someone.client.get("/directory/v1/organisation").status_code == 403


def test_each_communication_is_a_line_in_her_register_once_a_day(house, partner, hers):
    partner.grant().consented()
    hers.agreed()
    hers.agreed("Nourrir le loup blanc qui est en moi.")
    partner.waits_for(3)
    partner.events()
    house.installation.settled()

    def lines(who):
        path = f"/reporting/v1/persons/{house.person.id}/looks"
        found = who.client.get(path, headers={"Accept-Language": "fr-CA"}).json()["entries"]
        return [e for e in found if e["type"] == "delivery.record_sent"]

    [line] = lines(house.person)
    assert line["sentence"].startswith("partner a reçu des nouvelles de ceci le ")
    assert "avec l’accord de la personne" in line["sentence"]
    assert "Préparer ensemble l’entrée dans le logement." in line["sentence"]
    partner.someone.client.get(partner.events()[1]["data"]["link"])
    house.installation.settled()
    assert len(lines(house.officer)) == 2


def test_only_what_was_granted_for_a_place_is_told(house, partner, hers):
    partner.grant(types=["plans.goal_achieved"]).consented()
    goal = hers.agreed()
    hers.by(house.person, f"goals/{goal}/achievements")
    assert kinds(partner.waits_for(2)) == ["directory.consent_given", "plans.goal_achieved"]
    unknown = house.administrator.client.post(
        "/delivery/v1/subscriptions",
        json={**grantable(partner), "sites": [str(uuid4())]},
    )
    assert unknown.json()["code"] == "site.unknown"
    nobody = house.administrator.client.post(
        "/delivery/v1/subscriptions",
        json={**grantable(partner), "partner": str(house.practitioner.id)},
    )
    assert nobody.json()["code"] == "partner.unknown"


def grantable(partner):
    names = ("partner", "name", "types", "purpose", "until")
    return {name: partner.granted[name] for name in names}


def test_an_erased_person_is_told_to_be_erased_until_the_partner_says_it_did(house, partner, hers):
    partner.grant().consented()
    hers.agreed()
    [_, agreed] = partner.waits_for(2)
    erased(house)
    found = partner.waits_for(3)
    assert kinds(found) == ["delivery.withheld", "delivery.withheld", "directory.person_erased"]
    assert [e["id"] for e in found[1:2]] == [agreed["id"]]
    assert found[2]["subject"] == agreed["subject"]
    [told] = house.officer.client.get("/delivery/v1/erasures-unacknowledged").json()["erasures"]
    assert (told["event"], told["name"], told["chased"]) == (found[2]["id"], "partner", 0)
    assert "subject" not in told
    assert partner.asked("erasures").json()["erasures"] == [{**told, "subject": agreed["subject"]}]
    partner.turn("endings")
    answer = partner.someone.client.post(
        partner.path("erasure-acknowledgements"), json={"event": told["event"]}
    )
    assert answer.status_code == 201, answer.text
    eventually(lambda: not house.officer.client.get(
        "/delivery/v1/erasures-unacknowledged").json()["erasures"])  # fmt: skip
    with connect(house.installation.settings.conninfo("delivery", "reader")) as reader:
        left = reader.execute(
            "SELECT count(*) FROM delivery WHERE tenant_id = %s AND whose = %s",
            (house.tenant, house.person.id),
        ).fetchone()
    assert left == (0,)


def erased(house):
    """Said in the directory's own log, as the worker says it when her day has come."""
    house.versions[relations(house.person.id)] = 10_000
    house.tell(told_of.PersonErased, relations(house.person.id), house.person.id)


def test_who_has_not_acknowledged_an_erasure_is_told_again(house, partner, receiver, monkeypatch):
    partner.grant(url=receiver.url).consented()
    eventually(lambda: len(receiver.received) == 1)
    erased(house)
    eventually(lambda: kinds(receiver.events())[-1] == "directory.person_erased")
    eventually(lambda: partner.seen()["to_send"] == 0)
    monkeypatch.setattr(sequencer, "CHORES_EVERY", 0.1)
    with connect(house.installation.settings.conninfo("delivery", "reader")) as reader:
        reader.execute(
            "UPDATE erasure_told SET chased_at = chased_at - interval '2 days' WHERE tenant_id = %s",
            (house.tenant,),
        )
    eventually(lambda: kinds(receiver.events()).count("directory.person_erased") == 2)
    path = "/delivery/v1/erasures-unacknowledged"
    assert [e["chased"] for e in house.officer.client.get(path).json()["erasures"]] == [1]


def test_what_was_kept_long_enough_is_removed_but_for_the_last(house, partner, monkeypatch):
    partner.grant()
    for _ in range(3):
        partner.turn("tests")
    [_, second, third] = partner.waits_for(3)
    monkeypatch.setattr(sequencer, "CHORES_EVERY", 0.1)
    monkeypatch.setattr(sequencer, "KEPT", timedelta(0))
    eventually(lambda: partner.asked("events").status_code == 410)
    assert partner.asked("events", lastEventId=second["id"]).status_code == 410
    answer = partner.asked("events", lastEventId=third["id"])
    assert (answer.json(), answer.headers["Cosigne-Feed-First"]) == ([], "3")
    assert partner.asked("snapshot").json()["cursor"] == third["id"]


def test_a_consent_that_was_noted_for_her_is_told_once_she_has_confirmed_it(house, partner, hers):
    partner.grant()
    her = f"/directory/v1/persons/{house.person.id}"
    body = {
        "audience": str(partner.someone.id),
        "tabs": ["plan"],
        "purpose": "partner",
        "until": FAR,
        "act": {"author": str(house.person.id), "setting": "together"},
    }
    entry = made(house.practitioner, f"{her}/consents", body)["entries"][0]
    partner.settled()
    assert partner.events() == []
    made(house.person, f"{her}/entries/{entry}/confirmations", {"device": "own"})
    [told] = partner.waits_for(1)
    assert kinds([told]) == ["directory.consent_given"]
    assert told["data"]["tabs"] == ["plan"]
    hers.agreed()
    assert kinds(partner.waits_for(2))[1:] == ["plans.goal_agreed"]


def test_who_was_told_of_her_by_a_snapshot_alone_is_told_that_she_was_erased(house, partner, hers):
    partner.consented()
    hers.agreed()
    house.installation.settled()
    partner.grant()
    assert partner.asked("snapshot").json()["events"]
    partner.settled()
    assert partner.events() == []
    erased(house)
    assert kinds(partner.waits_for(1)) == ["directory.person_erased"]


def test_a_yes_that_was_noted_for_her_is_told_once_she_has_confirmed_it(house, partner, hers):
    partner.grant(payload="full").consented()
    goal = hers.goal("Jouer devant du monde.")
    act = {"author": str(house.person.id), "setting": "together"}
    entry = hers.by(house.practitioner, f"goals/{goal}/agreements", act=act)["entries"][0]
    partner.settled()
    assert kinds(partner.events()) == ["directory.consent_given"]
    hers.by(house.person, f"entries/{entry}/confirmations", device="own")
    [_, agreed] = partner.waits_for(2)
    assert (kinds([agreed]), agreed["data"]["words"]) == (
        ["plans.goal_agreed"],
        "Jouer devant du monde.",
    )
