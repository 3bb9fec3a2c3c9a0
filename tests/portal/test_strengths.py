"""What a person has and wants, on her page: in her words, seen by whom she says, linked to her goals."""

import re

import pytest

from tests.assessment.api.portraits import begin, defaults
from tests.portal.conftest import Reading

PAGE = "/persons/{me}/strengths"


@pytest.fixture
def hers(open_house, visiting):
    return visiting(open_house.person)


@pytest.fixture
def page(open_house):
    return f"/persons/{open_house.person.id}/strengths"


def form_to(visit, path, ending):
    forms = Reading(visit.get(path).text).forms
    return next((at, asked) for at, asked in forms if at.endswith(ending))


def cards(visit, page):
    """The addresses of what she named, each on a page of its own, in the order of the page."""
    return re.findall(
        rf'href="({page}/(?:strengths|aspirations)/[0-9a-f-]+)"', visit.get(page).text
    )


def test_what_is_noted_in_her_name_says_by_whom_and_she_confirms_it(
    hers, page, open_house, visiting
):
    practitioner = visiting(open_house.practitioner)
    practitioner.send(page, kind="personal", words="Je suis ponctuel.")
    assert "Noté en votre nom par :" in hers.read(page)
    confirm, asked = form_to(hers, page, "/confirmations")
    said = hers.send(confirm, **asked)
    assert "C’est confirmé." in said
    assert "Noté en votre nom" not in said


def test_she_says_as_easily_that_it_is_not_right(hers, page, open_house, visiting):
    visiting(open_house.practitioner).send(page, kind="personal", words="Je suis ponctuel.")
    dispute, asked = form_to(hers, page, "/disputes")
    assert "ce n’était pas ainsi" in hers.send(dispute, **asked)


def test_she_says_a_strength_in_other_words(hers, page):
    hers.send(page, kind="personal", words="Je suis ponctuel.")
    (card,) = cards(hers, page)
    at, asked = form_to(hers, card, "/wordings")
    said = hers.send(at, **{**asked, "words": "J’arrive toujours à l’heure."})
    assert "J’arrive toujours à l’heure." in said
    assert "Je suis ponctuel." not in said


def test_words_that_could_not_be_kept_come_back_in_their_own_place(hers, page):
    hers.send(page, kind="personal", words="Je suis ponctuel.")
    (card,) = cards(hers, page)
    at, asked = form_to(hers, card, "/wordings")
    answer = hers.post(at, **{**asked, "words": "x" * 5000})
    assert answer.status_code == 422
    assert answer.text.count("x" * 5000) == 1


def test_another_finds_on_its_page_what_she_shows_and_nothing_she_keeps(
    hers, page, open_house, visiting
):
    hers.send(page, kind="personal", words="Je suis ponctuel.")
    hers.send(page, kind="personal", words="Je joue de la guitare.", visibility="just_me")
    shown, kept = cards(hers, page)
    practitioner = visiting(open_house.practitioner)
    assert [practitioner.get(card).status_code for card in (shown, kept)] == [404, 404]
    begin(open_house, defaults(open_house)["default"]).share(
        open_house.practitioner, parts=["strengths"]
    )
    open_house.installation.settled()
    assert "Je suis ponctuel." in practitioner.read(shown)
    assert practitioner.get(kept).status_code == 404
    assert visiting(open_house.neighbour).get(shown).status_code == 404


def test_what_it_is_about_is_asked_for_and_the_words_stay(hers, page):
    answer = hers.post(page, words="Je joue de la guitare.")
    assert answer.status_code == 422
    assert "Je joue de la guitare." in answer.text


def test_she_keeps_one_for_herself_alone(hers, page):
    said = hers.send(page, kind="personal", words="Je suis ponctuel.", visibility="just_me")
    assert "Pour vous seulement" in said


def test_what_is_set_aside_is_out_of_the_way_and_still_hers(hers, page):
    hers.send(page, kind="aspiration", words="Travailler avec de la musique.")
    (card,) = cards(hers, page)
    at, asked = form_to(hers, card, "/setting-aside")
    said = hers.send(at, **asked)
    assert hers.get(card).status_code == 404
    before, _, after = said.partition("Ce qui est mis de côté")
    assert "musique" in after
    assert "musique" not in before


def test_a_strength_leads_to_the_goals_it_serves(hers, page, open_house):
    hers.send("/persons/{me}/plan/begin")
    open_house.installation.settled()
    hers.send(page, kind="personal", words="Je joue de la guitare.")
    make = re.search(
        r'href="([^"]*/goals\?from=strength:[0-9a-f-]+)"', hers.get(*cards(hers, page)).text
    )[1]
    at, asked = form_to(hers, make, "/goals")
    assert asked["grown_from"].startswith("strength:")
    hers.send(at, **{**asked, "words": "Jouer avec un groupe."})
    said = hers.read(page)
    assert "Sert un objectif du plan : Jouer avec un groupe." in said


def read_by(visit, page):
    """What stands beside each field of who reads it."""
    text = visit.get(page).text
    return [Reading(part.partition("</p>")[0]).text for part in text.split('class="who-reads"')[1:]]


def test_beside_the_field_nobody_is_said_to_read_before_she_shows_it(hers, page, open_house):
    def beside():
        open_house.installation.settled()
        said = [one for at in (*cards(hers, page), page) for one in read_by(hers, at)]
        return ["personne d’autre que vous" not in one for one in said]

    hers.send(page, kind="personal", words="Je suis ponctuel.", visibility="just_me")
    hers.send(page, kind="personal", words="Je joue de la guitare.")
    assert beside() == [False, False, False]
    portrait = begin(open_house, defaults(open_house)["default"])
    portrait.share(open_house.practitioner, parts=["strengths"])
    # what she keeps for herself stays hers, the other and the next are read
    assert beside() == [False, True, True]


def test_one_strength_shown_to_someone_by_name_says_that_it_is_read(hers, page, open_house):
    told = {"kind": "personal", "words": "Je suis ponctuel.", "visibility": "chosen"}
    told["audience"] = [str(open_house.practitioner.id)]
    where = f"/assessment/v1/persons/{open_house.person.id}/resources/strengths"
    assert open_house.person.client.post(where, json=told).status_code == 201
    (of_it,) = read_by(hers, *cards(hers, page))
    (of_the_next,) = read_by(hers, page)
    assert "les personnes à qui vous avez montré" in of_it
    assert "personne d’autre que vous" in of_the_next
