from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from services.directory.domain import events as told_of
from tests.delivery.partner import EVERY, FAR, kinds, made, partner_of


def noted_consent(house, partner, until=FAR):
    body = {
        "audience": str(partner.someone.id),
        "tabs": ["plan"],
        "purpose": "partner",
        "until": until,
        "act": {"author": str(house.person.id), "setting": "together"},
    }
    return made(house.practitioner, f"{of_her(house)}/consents", body)["entries"][0]


def of_her(house):
    return f"/directory/v1/persons/{house.person.id}"


def answered(house, entry, resource, **body):
    return made(house.person, f"{of_her(house)}/entries/{entry}/{resource}", body)


def quiet(partner):
    """All that may come of what was said so far is there."""
    partner.settled()
    return kinds(partner.events())


def test_what_is_about_a_goal_she_does_not_agree_to_has_no_place(house, partner, hers):
    partner.grant(types=[*EVERY, "plans.goal_set_aside"]).consented()
    goal = hers.goal("Jouer devant du monde.")
    hers.by(house.person, f"goals/{goal}/settings-aside")
    assert quiet(partner) == ["directory.consent_given"]


def test_what_she_agrees_to_again_is_told_with_what_had_no_place_meanwhile(house, partner, hers):
    partner.grant(payload="full")
    goal = hers.agreed("Jouer devant du monde.")
    hers.by(house.person, f"goals/{goal}/actions", words="Appeler la salle.")
    asked = hers.by(house.practitioner, f"goals/{goal}/wordings", words="Jouer en public.")
    assert asked
    house.installation.settled()
    partner.consented()
    partner.waits_for(1)
    hers.by(house.person, f"goals/{goal}/agreements")
    told = partner.waits_for(4)
    # in the order in which it was recorded
    assert kinds(told)[1:] == ["plans.goal_agreed", "plans.action_added", "plans.goal_agreed"]
    assert [one["data"]["words"] for one in told[2:]] == ["Appeler la salle.", "Jouer en public."]


def test_a_goal_grown_from_a_theme_she_left_out_is_told_once_she_reconsiders_it(
    house, partner, hers
):
    partner.grant()
    goal = hers.agreed("Revoir mes médicaments.", grown_from=["theme:comprendre-medicaments"])
    hers.by(house.person, f"goals/{goal}/actions", words="Poser mes questions.")
    hers.by(house.person, "themes-declined", theme="comprendre-medicaments")
    house.installation.settled()
    partner.consented()
    assert quiet(partner) == ["directory.consent_given"]
    hers.by(house.person, "themes-reconsidered", theme="comprendre-medicaments")
    assert kinds(partner.waits_for(3))[1:] == ["plans.goal_agreed", "plans.action_added"]


def test_what_was_noted_with_her_is_told_with_all_of_its_goal_once_she_has_confirmed(
    house, partner, hers
):
    partner.grant().consented()
    goal = hers.goal("Jouer devant du monde.")
    act = {"author": str(house.person.id), "setting": "together"}
    entry = hers.by(house.practitioner, f"goals/{goal}/agreements", act=act)["entries"][0]
    hers.by(house.practitioner, f"goals/{goal}/actions", words="Appeler la salle.")
    assert quiet(partner) == ["directory.consent_given"]
    hers.by(house.person, f"entries/{entry}/confirmations", device="own")
    told = partner.waits_for(3)
    assert kinds(told)[1:] == ["plans.goal_agreed", "plans.action_added"]
    assert len({one["id"] for one in told}) == 3


def test_a_consent_noted_for_her_that_she_ended_before_is_not_told_when_she_confirms_it(
    house, partner, hers
):
    partner.grant()
    withdrawn = noted_consent(house, partner)
    disputed = noted_consent(house, partner, until="2098-12-31")
    made(house.person, f"{of_her(house)}/consents/{withdrawn}/withdrawals", {})
    answered(house, disputed, "disputes", reason="Je n’ai pas dit oui à ça.")
    for entry in (withdrawn, disputed):
        answered(house, entry, "confirmations", device="own")
    assert quiet(partner) == []


def test_a_consent_she_disputes_after_it_was_told_ends_as_if_she_withdrew_it(
    house, partner, hers, receiver
):
    partner.grant(url=receiver.url)
    entry = noted_consent(house, partner)
    answered(house, entry, "confirmations", device="own")
    [given] = partner.waits_for(1)
    answered(house, entry, "disputes", reason="C’était trop vite.")
    [_, ended] = partner.waits_for(2)
    assert kinds([ended]) == ["directory.consent_withdrawn"]
    assert ended["subject"] == given["subject"]
    hers.agreed()
    assert len(quiet(partner)) == 2


def test_a_dispute_of_what_never_counted_tells_nobody_anything(house, partner, hers):
    partner.grant().consented()
    partner.waits_for(1)
    answered(house, noted_consent(house, partner), "disputes", reason="Ce n’est pas moi.")
    assert quiet(partner) == ["directory.consent_given"]


def test_a_consent_to_all_partners_is_told_to_those_granted_what_is_done_where_she_goes(
    house, partner
):
    far = uuid4()
    for site in (house.site, far):
        place = {"site": site, "name": "Maison du Quai"}
        house.tell(told_of.SiteOpened, house.tenant, house.tenant, **place)
    house.installation.settled()
    partner.grant(sites=[str(house.site)])
    far_away = partner_of(house, "far").grant(sites=[str(far)])
    to_all = {"category": "partner", "tabs": ["plan"], "purpose": "partner", "until": FAR}
    made(house.person, f"{of_her(house)}/consents", to_all)
    [told] = partner.waits_for(1)
    assert kinds([told]) == ["directory.consent_given"]
    assert quiet(far_away) == []
    assert far_away.asked("snapshot").json()["events"] == []
    assert kinds(partner.asked("snapshot").json()["events"]) == ["directory.consent_given"]
    # to that very partner, she says it wherever she goes
    far_away.consented()
    assert kinds(far_away.waits_for(1)) == ["directory.consent_given"]


def test_what_is_older_than_rows_are_kept_gets_no_place(house, partner, hers):
    house.installation.clock.at = datetime.now(UTC) - timedelta(days=100)
    partner.grant(types=["plans.goal_agreed"]).consented()
    hers.agreed()
    house.installation.clock.at = None
    partner.settled()
    assert partner.events() == []
    hers.agreed("Nourrir le loup blanc qui est en moi.")
    [told] = partner.waits_for(1)
    assert (kinds([told]), int(told["sequence"])) == (["plans.goal_agreed"], 1)
