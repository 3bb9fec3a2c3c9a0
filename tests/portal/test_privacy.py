"""The privacy officer at the portal, and the first page of those who accompany, over the real services."""

import html
import re
from uuid import uuid4

from services.portal.pages import privacy
from tests.portal.conftest import Reading
from tests.portal.test_history import address_of, keep


def test_a_request_is_read_with_its_words_and_answered(open_house, visiting):
    me, officer = open_house.person, visiting(open_house.officer)
    asked = {"right": "explanation", "words": "C’est ma voisine."}
    me.client.post(f"/directory/v1/persons/{me.id}/rights", json=asked)
    open_house.installation.settled()
    page = address_of(officer, "Lire et répondre", "/privacy")
    assert "C’est ma voisine." in officer.read(page)
    # a no without a reason comes back, with what was written
    again = officer.post(page, outcome="refused", recourse="La Commission", key=str(uuid4()))
    assert again.status_code == 422
    assert "La Commission" in again.text
    done = officer.send(page, outcome="granted", reason="Voici pourquoi.", key=str(uuid4()))
    assert "La réponse est envoyée" in done
    open_house.installation.settled()
    assert "Aucune demande n’attend" in officer.read("/privacy")
    assert "Une explication" in officer.read("/privacy/answered")


def test_requests_that_fill_more_than_a_page_are_all_reached(open_house, visiting, monkeypatch):
    monkeypatch.setattr(privacy, "AT_ONCE", 2)
    me, officer = open_house.person, visiting(open_house.officer)
    for right in ("explanation", "copy", "rectification"):
        asked = {"right": right, "words": "S’il vous plaît."}
        answer = me.client.post(f"/directory/v1/persons/{me.id}/rights", json=asked)
        assert answer.status_code == 201, answer.text
    open_house.installation.settled()
    first = officer.get("/privacy").text
    assert first.count("Lire et répondre") == 2
    onward = html.unescape(re.search(r'rel="next" href="([^"]+)#requests"', first)[1])
    last = officer.get(onward).text
    assert last.count("Lire et répondre") == 1
    assert 'rel="next"' not in last
    assert 'href="/privacy#requests"' in last


def test_a_dispute_that_two_do_not_agree_on_is_settled_by_the_officer(open_house, visiting):
    hers, theirs = visiting(open_house.person), visiting(open_house.practitioner)
    officer = visiting(open_house.officer)
    strength = {"kind": "personal", "words": "Ponctuel.", "key": str(uuid4())}
    theirs.post(f"/persons/{open_house.person.id}/strengths", **strength)
    open_house.installation.settled()
    entry = address_of(hers, "Ponctuel")
    hers.send(f"{entry}/dispute", reason="Je ne l’ai pas dit.", key=str(uuid4()))
    open_house.installation.settled()
    page = officer.get("/privacy").text
    place = "/privacy/disputes/" + page.partition("/privacy/disputes/")[2].partition('"')[0]
    words = "Nous en avons parlé tous les trois."
    done = officer.send(place, outcome="accepted", words=words, key=str(uuid4()))
    assert "C’est tranché" in done
    open_house.installation.settled()
    assert words in hers.read(entry)


def test_emergency_access_is_opened_with_a_reason_and_checked_by_another(open_house, visiting):
    colleague, officer = visiting(open_house.colleague), visiting(open_house.officer)
    fields = {"person": open_house.person.id, "hours": "4", "key": str(uuid4())}
    without = colleague.post("/emergency", reason="", **fields)
    assert without.status_code == 422
    fields["key"] = str(uuid4())
    told = colleague.send("/emergency", reason="Appel d’un proche.", **fields)
    assert "L’accès d’urgence est ouvert" in told
    open_house.installation.settled()
    assert "Accès d’urgence, depuis" in colleague.read("/")
    page = address_of(officer, "Vérifier", "/privacy")
    assert "Appel d’un proche." in officer.read(page)
    officer.send(page, outcome="not_justified", words="Une autre voie existait.", key=str(uuid4()))
    open_house.installation.settled()
    assert "Aucun accès d’urgence n’attend" in officer.read("/privacy")


def test_the_first_page_says_what_is_shown_without_looking_at_anyone(open_house, visiting):
    hers, theirs = visiting(open_house.person), visiting(open_house.practitioner)
    keep(hers, "Je joue de la guitare.")
    open_house.installation.settled()
    assert "Ne vous montre rien pour l’instant" in theirs.read("/")
    open_house.installation.settled()
    assert "Personne n’a regardé" in hers.read("/persons/{me}/history/looks")
    upcoming = theirs.read(f"/persons/{open_house.person.id}/upcoming")
    assert "Rien ne vous attend" in upcoming


def test_these_pages_are_for_the_privacy_officer_alone(open_house, visiting, other_house):
    me = open_house.person
    me.client.post(f"/directory/v1/persons/{me.id}/rights", json={"right": "copy"})
    open_house.installation.settled()
    page = address_of(visiting(open_house.officer), "Lire et répondre", "/privacy")
    for stranger in (open_house.person, open_house.practitioner, open_house.auditor):
        assert visiting(stranger).get("/privacy").status_code == 404
        assert visiting(stranger).get(page).status_code == 404
    assert visiting(other_house.officer).get(page).status_code == 404
    assert visiting(open_house.person).get("/emergency").status_code == 404


def test_words_about_one_stand_in_no_form_about_another(open_house, visiting):
    hers, theirs = visiting(open_house.person), visiting(open_house.practitioner)
    for words in ("Ponctuel.", "Patient."):
        strength = {"kind": "personal", "words": words, "key": str(uuid4())}
        theirs.post(f"/persons/{open_house.person.id}/strengths", **strength)
    open_house.installation.settled()
    for words in ("Ponctuel", "Patient"):
        hers.send(f"{address_of(hers, words)}/dispute", key=str(uuid4()))
    open_house.installation.settled()
    officer = visiting(open_house.officer)
    first, second = re.findall(r'action="(/privacy/disputes/[^"]+)"', officer.get("/privacy").text)
    again = officer.post(first, outcome="kept", words="x" * 5000, key=str(uuid4()))
    assert again.status_code == 422
    assert again.text.count("x" * 5000) == 1
    asked = dict(Reading(again.text).forms)
    assert asked[first]["outcome"] == "kept"
    assert "outcome" not in asked[second]
