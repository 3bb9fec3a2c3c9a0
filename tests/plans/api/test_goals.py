from __future__ import annotations

from uuid import uuid4

from tests.plans.api.hers import noted_for, with_


def found(hers, goal, someone=None):
    seen = hers.seen_by(someone or hers.house.person)
    return next(g for g in seen["goals"] if g["goal"] == goal)


def test_a_practitioners_proposal_is_in_force_by_her_yes_alone(house, hers):
    goal = hers.goal("Passer un samedi par mois avec ma fille.", by=house.practitioner)
    hers.by(house.practitioner, f"goals/{goal}/agreements")
    assert hers.status(goal) == "proposed"
    act = with_(house.practitioner, "agreed", setting="together")
    shown = hers.by(house.person, f"goals/{goal}/agreements", act=act)
    assert (shown["status"], shown["agreement"]) == ("active", "own")
    answers = {a["party"]: (a["answer"], a["attestation"]) for a in shown["answers"]}
    assert answers[str(house.person.id)] == ("agreed", "own")
    assert answers[str(house.practitioner.id)] == ("agreed", "own")


def test_agreeing_rewording_and_ordering_need_the_version_one_read(house, hers):
    goal = hers.goal()
    for resource, verb, body in (
        (f"goals/{goal}/agreements", "POST", {}),
        (f"goals/{goal}/wordings", "POST", {"words": "Autrement"}),
        ("goals-order", "PUT", {"goals": [goal]}),
        (f"goals/{goal}/attainment-levels", "PUT", {"levels": list("abcde")}),
    ):
        assert hers.refused(house.person, resource, verb, match=None, **body)[0] == 428
        stale = hers.refused(house.person, resource, verb, match='"1"', **body)
        assert stale == (412, "version.stale")


def test_words_replaced_meanwhile_are_not_agreed_to(house, hers):
    goal = hers.goal()
    read = f'"{hers.version}"'
    hers.by(house.practitioner, f"goals/{goal}/wordings", words="Réussir ma chimie")
    refused = hers.refused(house.person, f"goals/{goal}/agreements", match=read)
    assert refused == (412, "version.stale")
    assert hers.status(goal) == "proposed"


def test_others_words_need_her_yes_again(house, hers):
    goal = hers.agreed()
    shown = hers.by(house.practitioner, f"goals/{goal}/wordings", words="Réussir ma chimie")
    assert (shown["status"], shown["words"]) == ("reworded", "Réussir ma chimie")
    assert shown["wordings"][0]["words"] == "Terminer ma chimie du secondaire."
    hers.by(house.person, f"goals/{goal}/wording-requests", words="Trop scolaire.")
    hers.by(house.person, f"goals/{goal}/agreements")
    assert hers.status(goal) == "active"


def test_which_star_a_goal_grew_from_is_told_to_who_was_there(house, hers):
    alone = hers.goal("Revoir mon fils", grown_from=["star:role-parent"])
    act = with_(house.practitioner, "discussed", setting="together")
    together = hers.goal("Mieux dormir", grown_from=["star:sommeil"], act=act)
    assert found(hers, alone)["grown_from"] == ["star:role-parent"]
    assert found(hers, alone, house.practitioner)["grown_from"] == ["star"]
    assert found(hers, together, house.practitioner)["grown_from"] == ["star:sommeil"]


def test_a_goal_keeps_the_id_the_device_gave_it(house, hers):
    goal = str(uuid4())
    assert hers.goal(goal=goal) == goal
    refused = hers.refused(house.person, "goals", goal=goal, words="Autre chose")
    assert refused == (409, "goal.exists")


def test_the_order_is_hers(house, hers):
    first, second = hers.goal(), hers.goal("Nourrir le loup blanc qui est en moi.")
    refused = hers.refused(house.practitioner, "goals-order", "PUT", goals=[second])
    assert refused == (403, "goal.order_is_hers")
    shown = hers.by(house.person, "goals-order", "PUT", goals=[second, first])
    assert [g["goal"] for g in shown["goals"]] == [second, first]


def test_an_unknown_goal_is_unknown(house, hers):
    hers.goal()
    refused = hers.refused(house.person, f"goals/{uuid4()}/agreements")
    assert refused == (404, "goal.unknown")


def test_progress_stands_side_by_side(house, hers):
    goal = hers.agreed()
    hers.by(house.person, f"goals/{goal}/progress", value=60)
    act = noted_for(house.person)
    hers.by(house.practitioner, f"goals/{goal}/progress", value=95, act=act)
    shown = hers.by(house.practitioner, f"goals/{goal}/progress", value=75)
    stands = {p["author"]: p["value"] for p in shown["progress"] if p["stands"]}
    assert stands == {str(house.person.id): 60, str(house.practitioner.id): 75}


def test_levels_are_set_before_the_work(house, hers):
    goal = hers.agreed()
    five = {"levels": ["rien", "un peu", "prévu", "plus", "tout"], "weight": 2}
    shown = hers.by(house.person, f"goals/{goal}/attainment-levels", "PUT", **five)
    assert (shown["levels"]["levels"], shown["levels"]["weight"]) == (five["levels"], 2)
    shown = hers.by(house.person, f"goals/{goal}/progress", value=80, level=1)
    assert shown["progress"][0]["level"] == 1


def test_it_is_paused_with_what_stood_in_the_way_taken_up_and_reached(house, hers):
    goal = hers.agreed()
    obstacle = {"logic": "programming", "words": "Il faut une adresse à moi."}
    act = with_(house.practitioner, "wrote", setting="together")
    shown = hers.by(house.person, f"goals/{goal}/pauses", stood_in_the_way=obstacle, act=act)
    assert (shown["status"], shown["turns"][0]["stood_in_the_way"]) == ("paused", obstacle)
    refused = hers.refused(house.practitioner, f"goals/{goal}/resumptions")
    assert refused == (403, "goal.hers_to_say")
    assert hers.by(house.person, f"goals/{goal}/resumptions")["status"] == "active"
    assert hers.by(house.person, f"goals/{goal}/achievements")["status"] == "achieved"
    bad = {"stood_in_the_way": {"logic": "laziness"}}
    assert hers.refused(house.person, f"goals/{goal}/settings-aside", **bad)[0] == 422


def test_an_action_is_accepted_by_whom_it_falls_to(house, hers):
    goal = hers.agreed()
    body = {"words": "Écrire à mon amie.", "responsible": str(house.person.id), "due": "2026-03-18"}
    shown = hers.by(house.practitioner, f"goals/{goal}/actions", **body)
    action = shown["action"]
    assert (shown["acceptance"], shown["status"], shown["due"]) == (None, "open", "2026-03-18")
    house.installation.settled()
    waiting = f"/plans/v1/persons/{house.person.id}/waiting"
    (row,) = house.person.client.get(waiting).json()["waiting"]
    assert (row["what"], row["thing"], row["plan"]) == ("accept", action, hers.id)
    refused = hers.refused(house.practitioner, f"actions/{action}/acceptances")
    assert refused == (403, "action.not_yours_to_accept")
    assert hers.by(house.person, f"actions/{action}/acceptances")["acceptance"] == "own"
    house.installation.settled()
    assert house.person.client.get(waiting).json()["waiting"] == []
    assert hers.by(house.person, f"actions/{action}/completions")["status"] == "done"


def test_an_action_is_assigned_and_dropped(house, hers):
    goal = hers.agreed()
    action = hers.by(house.person, f"goals/{goal}/actions", words="Appeler.")["action"]
    to = {"responsible": str(house.practitioner.id)}
    shown = hers.by(house.person, f"actions/{action}/assignments", **to)
    assert (shown["responsible"], shown["acceptance"]) == (str(house.practitioner.id), None)
    nobody = hers.refused(house.person, f"actions/{action}/assignments", responsible=str(uuid4()))
    assert nobody == (422, "contributor.unknown")
    obstacle = {"logic": "management"}
    shown = hers.by(house.practitioner, f"actions/{action}/drops", stood_in_the_way=obstacle)
    assert shown["status"] == "dropped"


def test_an_agreement_noted_too_fast_is_disputed_answered_and_declined(house, hers):
    """Story 8: `Tenir un cahier de mes dépenses`."""
    goal = hers.goal("Tenir un cahier de mes dépenses.", by=house.practitioner)
    act = noted_for(house.person, setting="meeting", occurred_at="2026-05-12")
    shown = hers.by(house.practitioner, f"goals/{goal}/agreements", act=act)
    assert (shown["status"], shown["agreement"]) == ("active", "noted")
    (entry,) = shown["entries"]
    house.installation.settled()
    waiting = house.person.client.get(f"/plans/v1/persons/{house.person.id}/waiting").json()
    assert [w["thing"] for w in waiting["waiting"]] == [entry]

    hers.by(house.person, f"entries/{entry}/disputes", reason="J’ai dit que j’y réfléchirais.")
    assert hers.status(goal) == "disagreed"
    answer = {"words": "Vous avez raison. J’ai noté trop vite.", "outcome": "accepted"}
    hers.by(house.practitioner, f"entries/{entry}/dispute-answers", **answer)
    words = "Elle a voulu y réfléchir."
    hers.by(house.practitioner, f"entries/{entry}/corrections", words=words)
    hers.by(house.person, f"goals/{goal}/declines", reason="Je le gère à ma façon.")
    assert hers.status(goal) == "declined"
    again = hers.refused(house.practitioner, f"goals/{goal}/agreements", act=act)
    assert again == (409, "goal.declined")
    same = hers.refused(house.practitioner, "goals", words="tenir un cahier de mes dépenses")
    assert same == (409, "goal.declined")

    mine = hers.agreed("Tenir un stand de couture au marché, comme je l’entends.")
    assert hers.status(mine) == "active"
    house.installation.settled()
    assert house.person.client.get(f"/plans/v1/persons/{house.person.id}/waiting").json() == {
        "waiting": []
    }


def test_words_taken_back_leave_the_decision(house, hers):
    goal = hers.agreed()
    shown = hers.by(house.person, f"goals/{goal}/declines", reason="À cause de ma sœur.")
    (entry,) = shown["entries"]
    hers.by(house.person, f"entries/{entry}/withdrawals")
    house.installation.settled()
    seen = hers.seen_by(house.practitioner)
    assert "ma sœur" not in str(seen)
    assert hers.status(goal) == "declined"


def test_the_words_of_a_relative_or_stranger_change_nothing_of_hers(house, hers):
    goal = hers.agreed()
    for someone in (house.relative, house.colleague, house.manager, house.auditor):
        for resource in ("agreements", "declines", "achievements", "pauses", "progress"):
            body = {"value": 1} if resource == "progress" else {}
            status, _ = hers.refused(someone, f"goals/{goal}/{resource}", match='"4"', **body)
            assert status in (403, 404), (someone.name, resource)
    assert hers.status(goal) == "active"


def test_a_body_is_read_strictly(house, hers):
    goal = hers.agreed()
    for body in ({"value": 101}, {"value": "80"}, {"value": 80, "perspective": "self"}, {}):
        assert hers.refused(house.person, f"goals/{goal}/progress", **body)[0] == 422
    assert hers.refused(house.person, "goals", words="   ")[0] == 422
    assert hers.refused(house.person, "goals", words="a", grown_from=["moon:x"])[0] == 422
