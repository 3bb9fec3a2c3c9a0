from __future__ import annotations

from tests.plans.api.hers import noted_for, with_


def waiting(house, someone):
    """What waits for someone about the person of the house."""
    house.installation.settled()
    answer = someone.client.get(f"/plans/v1/persons/{house.person.id}/waiting")
    assert answer.status_code == 200, answer.text
    return {(w["what"], w["thing"]) for w in answer.json()["waiting"]}


def test_nothing_waits_for_what_one_did_oneself(house, hers):
    goal = hers.agreed()
    body = {"words": "Appeler.", "responsible": str(house.person.id)}
    hers.by(house.person, f"goals/{goal}/actions", **body)
    assert waiting(house, house.person) == set()


def test_a_decision_noted_waits_for_each_until_each_has_said(house, hers):
    goal = hers.goal(by=house.practitioner)
    act = with_(house.practitioner, "agreed", setting="together")
    (entry,) = hers.by(house.person, f"goals/{goal}/agreements", act=act)["entries"]
    assert waiting(house, house.person) == set()
    assert waiting(house, house.practitioner) == {("confirm", entry)}
    hers.by(house.practitioner, f"entries/{entry}/confirmations")
    assert waiting(house, house.practitioner) == set()


def test_a_dispute_is_a_word_too(house, hers):
    act = noted_for(house.person)
    theme = {"theme": "sommeil", "act": act}
    (entry,) = hers.by(house.practitioner, "themes-declined", **theme)["entries"]
    assert waiting(house, house.person) == {("confirm", entry)}
    hers.by(house.person, f"entries/{entry}/disputes")
    assert waiting(house, house.person) == set()


def test_what_is_only_talk_waits_for_nobody(house, hers):
    goal = hers.goal(by=house.practitioner)
    act = noted_for(house.person)
    hers.by(house.practitioner, f"goals/{goal}/discussions", words="Elle y pense.", act=act)
    assert waiting(house, house.person) == set()


def test_an_action_waits_for_whom_it_falls_to_now(house, hers):
    goal = hers.agreed()
    to = {"responsible": str(house.practitioner.id)}
    action = hers.by(house.person, f"goals/{goal}/actions", words="Appeler.", **to)["action"]
    assert waiting(house, house.practitioner) == {("accept", action)}
    to = {"responsible": str(house.person.id)}
    hers.by(house.practitioner, f"actions/{action}/assignments", **to)
    assert waiting(house, house.practitioner) == set()
    assert waiting(house, house.person) == {("accept", action)}
    back = {"responsible": str(house.practitioner.id)}
    hers.by(house.practitioner, f"actions/{action}/assignments", **back)
    hers.by(house.practitioner, f"actions/{action}/completions")
    assert waiting(house, house.person) == waiting(house, house.practitioner) == set()


def test_what_was_filed_wrongly_waits_no_more(house, hers):
    goal = hers.goal(by=house.practitioner)
    act = noted_for(house.person)
    (entry,) = hers.by(house.practitioner, f"goals/{goal}/agreements", act=act)["entries"]
    assert waiting(house, house.person) == {("confirm", entry)}
    hers.by(house.practitioner, f"entries/{entry}/misfilings", reason="Autre dossier.")
    assert waiting(house, house.person) == set()
    assert hers.status(goal) == "proposed"


def test_words_taken_back_leave_what_waits(house, hers):
    goal = hers.goal(by=house.practitioner)
    act = noted_for(house.person)
    (entry,) = hers.by(house.practitioner, f"goals/{goal}/agreements", act=act)["entries"]
    told = hers.by(house.practitioner, f"goals/{goal}/discussions", words="Des mots.")
    hers.by(house.practitioner, f"entries/{told['entries'][0]}/withdrawals")
    assert waiting(house, house.person) == {("confirm", entry)}


def test_a_plan_whose_opening_words_are_gone_is_still_listed(house, hers):
    hers.by(house.person, "closure")
    second = house.person.client.post(hers.plans, json={"words": "Mon printemps"}).json()
    path = f"{hers.plans}/{second['id']}/entries/{second['entries'][0]}/withdrawals"
    assert house.person.client.post(path, json={}).status_code == 201
    house.installation.settled()
    plans = house.person.client.get(hers.plans).json()["plans"]
    assert [(p["number"], p["closed"]) for p in plans] == [(1, True), (2, False)]
    shown = house.person.client.get(f"{hers.plans}/{second['id']}").json()
    assert (shown["number"], shown["words"]) == (2, None)
