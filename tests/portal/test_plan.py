"""What a person and those who accompany her do on the pages of the plan."""

import re

import pytest

from tests.portal.conftest import Reading

WHOLE = "/persons/{me}/plan"


def plan_of(house):
    plans = house.person.client.get(f"/plans/v1/persons/{house.person.id}/plans").json()["plans"]
    return plans[-1]["id"]


def goal_in(house, number=0):
    found = house.person.client.get(f"/plans/v1/persons/{house.person.id}/plans/{plan_of(house)}")
    return found.json()["goals"][number]


def fields(visit, path, action):
    """What stands in the form of that action, as a browser would send it back."""
    page = visit.get(path)
    forms = [f for at, f in Reading(page.text).forms if at.endswith(action)]
    assert forms, (action, Reading(page.text).text)
    return forms[0]


@pytest.fixture
def hers(open_house, visiting):
    """Her browser, on an open plan of hers."""
    visit = visiting(open_house.person)
    assert "Votre plan est ouvert." in visit.send(f"{WHOLE}/begin", words="Pour mon année.")
    open_house.installation.settled()
    return visit


@pytest.fixture
def plan(hers, open_house):
    return f"/persons/{open_house.person.id}/plan/{plan_of(open_house)}"


@pytest.fixture
def goal(hers, plan, open_house):
    hers.send(f"{plan}/goals", words="Terminer ma chimie du secondaire.")
    return f"{plan}/goals/{goal_in(open_house)['goal']}"


def agree(visit, goal, **more):
    asked = fields(visit, goal, "/agreements")
    return visit.send(f"{goal}/agreements", **{**asked, **more})


def test_without_a_plan_she_is_told_that_nothing_presses(open_house, visiting):
    page = visiting(open_house.person).read(WHOLE)
    assert "Rien ne presse." in page
    assert "Ouvrir le plan" in page


def test_a_goal_is_hers_from_her_own_yes_on(hers, goal):
    assert "Il attend votre mot." in hers.read(goal)
    assert "En cours, avec votre oui." in agree(hers, goal)


def test_a_goal_says_in_plain_words_what_it_grew_from(hers, plan, open_house):
    hers.send("/persons/{me}/strengths", kind="personal", words="Je joue de la guitare.")
    sources = re.findall(r'value="(strength:[0-9a-f-]+)"', hers.get(f"{plan}/goals").text)
    page = hers.send(f"{plan}/goals", words="Jouer avec un groupe.", grown_from=sources)
    assert "Parti d’une force : Je joue de la guitare." in page
    assert goal_in(open_house)["grown_from"] == sources


def test_yes_other_words_not_now_and_no_are_there_for_her_side_by_side(hers, goal):
    page = hers.get(goal).text
    _, _, answers = page.partition('<div class="answers">')
    answers, _, _ = answers.partition("</div>")
    said = re.findall(r"<(?:button|a)[^>]*class=\"(?:button )?second\"[^>]*>([^<]+)<", answers)
    assert said == ["Oui, c’est mon objectif", "Avec d’autres mots", "Pas maintenant", "Non"]


def test_a_no_needs_no_reason_and_stays(hers, goal, open_house):
    page = hers.send(f"{goal}/no", reason="")
    assert "Votre non est gardé." in page
    assert "C’est votre droit." in page
    assert goal_in(open_house)["status"] == "declined"
    # her own no is not undone by a tap: she may propose it again, in words of hers
    assert "Oui, finalement" not in page
    assert "Le proposer de nouveau" in page
    hers.send(f"{goal.rpartition('/')[0]}", words="Terminer ma chimie du secondaire.")
    assert goal_in(open_house, 1)["status"] == "proposed"


def test_a_theme_left_out_is_said_with_respect_and_is_not_brought_back(
    hers, plan, open_house, visiting
):
    page = hers.send(f"{plan}/themes/leave-out", own="Mes médicaments", reason="C’est ma vie.")
    assert (
        "Vous avez choisi de laisser « Mes médicaments » hors du plan. C’est votre droit." in page
    )
    assert "C’est ma vie." in page
    practitioner = visiting(open_house.practitioner)
    words = "Reparler de mes médicaments chaque mois."
    answer = practitioner.post(f"{plan}/goals", words=words, whose="mine")
    assert answer.status_code == 422
    said = Reading(answer.text).text
    assert "Seule la personne peut choisir d’en reparler." in said
    assert words in answer.text
    assert "C’est son droit." in practitioner.read(plan)


def test_only_she_takes_up_again_what_she_left_out(hers, plan, open_house, visiting):
    hers.send(f"{plan}/themes/leave-out", own="Mes médicaments")
    practitioner = visiting(open_house.practitioner)
    assert "En reparler" not in practitioner.read(plan)
    answer = practitioner.post(f"{plan}/themes/take-up", theme="Mes médicaments")
    assert answer.status_code == 422
    assert "Laissé hors du plan" in practitioner.read(plan)
    assert "On peut en reparler." in hers.send(f"{plan}/themes/take-up", theme="Mes médicaments")
    assert "Laissé hors du plan" not in hers.read(plan)


def test_what_is_noted_in_her_name_says_so_and_she_may_say_it_was_not_so(
    hers, plan, goal, open_house, visiting
):
    practitioner = visiting(open_house.practitioner)
    page = agree(practitioner, goal)
    assert "Noté par : Vous" in page or "Noté par" in page
    page = hers.read(goal)
    assert "l’a noté en votre nom" in page
    dispute = next(at for at, _ in Reading(hers.get(goal).text).forms if at.endswith("/disputes"))
    said = hers.send(dispute, goal=goal.rpartition("/")[2])
    assert "ce n’était pas ainsi" in said
    assert goal_in(open_house)["status"] == "disagreed"


def test_a_practitioner_agrees_for_himself_beside_her_word(goal, open_house, visiting):
    practitioner = visiting(open_house.practitioner)
    agree(practitioner, goal, whose="mine")
    assert goal_in(open_house)["status"] == "proposed"
    answers = {a["party"]: a["answer"] for a in goal_in(open_house)["answers"]}
    assert answers == {str(open_house.practitioner.id): "agreed"}


def test_a_step_waits_until_whoever_it_falls_to_takes_it_on(hers, goal, open_house, visiting):
    agree(hers, goal)
    someone = str(open_house.practitioner.id)
    page = hers.send(
        f"{goal}/actions", words="Appeler le centre.", responsible=someone, due="2026-12-01"
    )
    assert "Pas encore accepté." in page
    assert "1er décembre 2026" in page
    practitioner = visiting(open_house.practitioner)
    accept = next(
        at for at, _ in Reading(practitioner.get(goal).text).forms if at.endswith("acceptances")
    )
    assert "Pas encore accepté." not in practitioner.send(accept, whose="mine")
    assert "Fait." in practitioner.send(accept.replace("acceptances", "completions"), whose="mine")


def test_progress_is_told_by_each_beside_the_others(hers, goal, open_house, visiting):
    agree(hers, goal)
    hers.send(f"{goal}/progress", value="75", words="Presque.")
    practitioner = visiting(open_house.practitioner)
    page = practitioner.send(f"{goal}/progress", number="40", whose="mine")
    assert re.search(r"75 Presque\.", page)
    found = {(p["author"], p["value"]) for p in goal_in(open_house)["progress"]}
    assert found == {(str(open_house.person.id), 75), (str(open_house.practitioner.id), 40)}


def test_progress_without_a_figure_comes_back_with_the_words(hers, goal):
    agree(hers, goal)
    answer = hers.post(f"{goal}/progress", words="Ça avance.", number="")
    assert answer.status_code == 422
    assert "Ça avance." in answer.text


def test_what_stood_in_the_way_is_said_in_plain_words(hers, goal):
    agree(hers, goal)
    page = hers.send(
        f"{goal}/pause", logic="programming", obstacle_words="Il faut une adresse à moi."
    )
    assert "Ce qui a bloqué : Les règles, les programmes ou les délais." in page
    assert "Il faut une adresse à moi." in page
    answer = hers.post(f"{goal}/aside", obstacle_words="On attend.")
    assert answer.status_code == 422
    assert "On attend." in answer.text


def test_she_puts_her_goals_in_her_order_without_dragging(hers, plan, goal, open_house):
    hers.send(f"{plan}/goals", words="Nourrir le loup blanc.")
    asked = fields(hers, plan, "/order")
    hers.send(f"{plan}/order", **{**asked, "goal": goal_in(open_house, 1)["goal"], "to": "up"})
    assert goal_in(open_house)["words"] == "Nourrir le loup blanc."
    page = hers.send(f"{plan}/order", **{**asked, "key": "again", "to": "down"})
    assert "Le plan a changé entre-temps." in page


def test_a_closed_plan_is_there_to_be_read_and_the_next_one_opens(hers, plan, goal, open_house):
    page = hers.send(f"{plan}/reviews", words="On continue.", next_review="2027-03-10")
    assert "Prochaine fois : le 10 mars 2027." in page
    assert "Ce plan est fermé." in hers.send(f"{plan}/closure")
    assert hers.post(f"{plan}/goals", words="Encore un.").status_code == 422
    open_house.installation.settled()
    hers.send(f"{WHOLE}/begin")
    open_house.installation.settled()
    page = hers.read(WHOLE)
    assert "Plan 1" in page
    assert "Terminer ma chimie" not in page


def test_no_address_and_no_title_holds_words_of_hers(hers, plan, goal):
    agree(hers, goal)
    hers.send(f"{plan}/themes/leave-out", own="Mes médicaments")
    for page in (plan, goal, f"{goal}/no", f"{plan}/goals"):
        answer = hers.get(page)
        title = answer.text.partition("<title>")[2].partition("</title>")[0]
        assert "chimie" not in title + str(answer.url)
        assert not re.search(r'(href|action)="[^"]*(chimie|m%C3%A9dicaments)', answer.text)


def test_someone_she_shows_nothing_to_sees_no_plan(hers, goal, open_house, other_house, visiting):
    assert visiting(other_house.practitioner).get(goal).status_code == 404
    assert visiting(other_house.person).get(goal).status_code == 404
    assert visiting(open_house.relative).get(goal).status_code in (200, 404)


def test_the_plan_speaks_english_to_who_reads_english(hers, goal, open_house, visiting):
    page = visiting(open_house.person, "en").read(goal)
    assert "In other words" in page
    assert "Not now" in page


def test_whoever_notes_what_she_says_is_not_told_that_it_is_settled(
    hers, goal, open_house, visiting
):
    practitioner = visiting(open_house.practitioner)
    # his own yes is his own
    assert "Votre oui est gardé" in agree(practitioner, goal, whose="mine")
    said = agree(practitioner, goal)
    assert "Votre oui est gardé" not in said
    assert "C’est noté au nom de la personne. Elle pourra le confirmer" in said
    said = practitioner.send(f"{goal}/no", reason="")
    assert "Votre non" not in said
    assert "Elle pourra le confirmer" in said
    assert "sauf si person change d’avis. C’est son droit." in practitioner.read(f"{goal}/no")
    assert "C’est à person de dire" in practitioner.read(f"{goal}/reached")


def test_a_disagreement_of_ones_own_is_not_said_to_stop_her_goal(hers, goal, open_house, visiting):
    agree(hers, goal)
    page = visiting(open_house.practitioner).read(f"{goal}/not-now?own=yes")
    assert "L’objectif n’est pas en cours" not in page
    assert "n’arrête rien" in page
    assert "L’objectif n’est pas en cours" in hers.read(f"{goal}/not-now")


def test_without_a_team_no_field_says_that_a_team_reads(open_house, visiting):
    neighbour = visiting(open_house.neighbour)
    for page in (f"{WHOLE}/begin", "/persons/{me}/together"):
        beside = re.findall(r'class="who-reads".*?</p>', neighbour.get(page).text, re.DOTALL)
        assert beside
        for one in beside:
            assert "personne d’autre que vous ne peut le lire" in Reading(one).text
    accompanied = visiting(open_house.person)
    assert "Le lisent : vous, votre équipe" in accompanied.read(f"{WHOLE}/begin")


def test_a_name_with_an_apostrophe_is_written_as_it_is(hers, plan, open_house, visiting):
    anne = open_house.add("Anne D'Amours", "practitioner", "practitioner")
    open_house.care(open_house.person, anne)
    open_house.installation.settled()
    theirs = visiting(anne)
    asked = {**fields(theirs, f"{plan}/goals", "/goals"), "whose": "mine"}
    theirs.send(f"{plan}/goals", **{**asked, "words": "Marcher le matin."})
    open_house.installation.settled()
    goal = f"{plan}/goals/{goal_in(open_house)['goal']}"
    assert "Anne D'Amours" in hers.read(goal)
    assert "&amp;#39;" not in hers.get(goal).text


def test_words_of_a_thread_stand_ready_in_no_other_form(hers, goal):
    agree(hers, goal)
    again = hers.post(f"{goal}/discussions", words="x" * 5000, key="k" * 20)
    assert again.status_code == 422
    assert again.text.count("x" * 5000) == 1
