"""My summary, over the real services: she makes it, shows it, and stops showing it."""

import re
from uuid import uuid4

import pytest

from tests.portal.conftest import Reading
from tests.portal.roads import Road, just_started
from tests.portal.test_history import keep

ENTRY = re.compile(r'name="piece" value="([0-9a-f-]{36})"')


@pytest.fixture
def hers(open_house, visiting):
    visit = visiting(open_house.person)
    keep(visit, "Je joue de la guitare.")
    keep(visit, "Je suis ponctuel.")
    open_house.installation.settled()
    return visit


def make(visit, **more):
    """A summary of all that is offered; the address of its page."""
    pieces = ENTRY.findall(visit.get("/persons/{me}/summary/new").text)
    fields = {"title": "Pour le rendez-vous", "piece": pieces, "key": str(uuid4()), **more}
    return visit.post("/persons/{me}/summary", **fields)


def test_she_chooses_what_goes_in_puts_it_in_order_and_reads_it_as_others_will(hers):
    page = hers.get("/persons/{me}/summary/new").text
    latest, first = ENTRY.findall(page)
    asked = hers.send("/persons/{me}/summary/new", piece=[latest, first])
    assert "Dans quel ordre" in asked
    made = make(
        hers,
        before="Je parlerai en premier.",
        **{f"place-{latest}": "2", f"place-{first}": "1"},
    )
    assert made.status_code == 200
    told = made.text
    assert told.index("Je parlerai en premier.") < told.index("guitare") < told.index("ponctuel")
    assert "Personne d’autre ne le voit" in told


def test_one_without_a_title_comes_back_with_her_words(hers):
    answer = make(hers, title="", before="Je parlerai en premier.")
    assert answer.status_code == 422
    assert "Je parlerai en premier." in answer.text


def test_nothing_chosen_is_asked_again(hers):
    answer = hers.post("/persons/{me}/summary/new")
    assert answer.status_code == 422
    assert "Choisissez au moins une chose" in answer.text


def test_whom_it_is_shown_to_opens_it_and_she_finds_that_until_she_stops(
    hers, open_house, visiting
):
    theirs = visiting(open_house.practitioner)
    page = make(hers).url.path
    assert theirs.get(page).status_code == 404
    hers.send(f"{page}/shares", means="screen", audience=open_house.practitioner.id, key=uuid4())
    open_house.installation.settled()
    before = theirs.read(page)
    assert "person le saura" in before
    assert "guitare" not in before
    assert "guitare" in theirs.send(f"{page}/open", key=str(uuid4()))
    pdf = theirs.get(f"{page}/document.pdf")
    assert pdf.content.startswith(b"%PDF")
    open_house.installation.settled()
    told = hers.get(page).text
    assert "Il n’a pas été ouvert" not in told
    share = re.search(r"shares/([0-9a-f-]{36})/end", told)[1]
    assert "plus personne" in hers.send(f"{page}/shares/{share}/end", key=str(uuid4()))
    open_house.installation.settled()
    assert theirs.get(page).status_code == 404


def test_a_link_and_its_code_are_told_once(hers, open_house):
    page = make(hers).url.path
    asked = {"means": "link", "for_whom": "la nouvelle médecin", "key": str(uuid4())}
    told = hers.post(f"{page}/shares", **asked).text
    link = re.search(r'href="([^"]*/links/[^"]+)"', told)[1]
    code = re.search(r"\d{3}\s\d{3}", told)[0]
    again = hers.get(page).text
    assert link not in again
    assert code not in again
    assert "la nouvelle médecin" in again


def test_of_two_changes_the_later_is_told_of_the_earlier_and_decides(hers):
    page = make(hers).url.path
    pieces = ENTRY.findall(hers.get(f"{page}/change").text)
    read = fields_of(hers.get(f"{page}/change"))
    asked = fields_of(hers.post(f"{page}/change", **{**read, "piece": pieces}))
    fields = {**asked, "piece": pieces, "title": "Le premier titre"}
    assert hers.post(f"{page}/arrangement", **fields).status_code == 200
    # another tab, where the page had been read before
    late = fields_of(hers.post(f"{page}/change", **{**read, "piece": pieces}))
    told = hers.post(f"{page}/arrangement", **{**late, "piece": pieces, "title": "Le second titre"})
    assert told.status_code == 422
    assert "a changé entre-temps" in told.text
    assert "Le premier titre" in hers.read(page)
    again = {**fields_of(told), "piece": pieces}
    assert again["title"] == "Le second titre"
    assert "Le second titre" in hers.post(f"{page}/arrangement", **again).text


def fields_of(page):
    """What stands in the form in which a summary is chosen or put in order."""
    ((_, fields),) = [form for form in Reading(page.text).forms if "/summary/" in form[0]]
    return fields


def test_a_link_that_was_made_is_told_whatever_else_is_away(hers, open_house):
    page = make(hers).url.path
    asked = {"means": "link", "for_whom": "la nouvelle médecin", "key": str(uuid4())}
    with Road() as road, just_started(open_house, road) as beside:
        road.answers = {"notices": 503}
        away = beside.post(f"{page}/shares", **asked)
        assert away.status_code == 503
        assert "/end" not in hers.get(page).text
        road.answers = {}
        assert "/links/" in beside.post(f"{page}/shares", **asked).text


def test_a_name_from_her_map_goes_in_only_when_she_says_so_twice(hers, open_house):
    me = open_house.person
    me.client.post(f"/network/v1/persons/{me.id}/network/ties", json={"name": "Simon"})
    open_house.installation.settled()
    answer = make(hers)
    assert answer.status_code == 422
    assert "Un nom est écrit ici" in answer.text
    named = re.search(r'name="knowingly-([0-9a-f-]{36})"', answer.text)[1]
    assert "Simon" in make(hers, **{f"knowingly-{named}": "yes"}).text


def test_a_summary_noted_for_her_waits_for_her_yes(hers, open_house, visiting):
    theirs = visiting(open_house.practitioner)
    me = open_house.person.id
    assert "Mes forces" not in theirs.read(f"/persons/{me}/summary/new"), "they are not his"
    fields = {"title": "Noté ensemble", "before": "Elle parlera en premier.", "key": str(uuid4())}
    done = theirs.post(f"/persons/{me}/summary", **fields)
    assert "C’est noté pour person" in done.text.replace("\u00a0", " ")
    open_house.installation.settled()
    assert "a été noté pour vous" in hers.read("/persons/{me}/summary")


def test_others_find_no_summary_that_is_not_shown_to_them(hers, open_house, visiting, other_house):
    page = make(hers).url.path
    for stranger in (open_house.practitioner, open_house.neighbour, open_house.colleague):
        assert visiting(stranger).get(page).status_code == 404
        assert visiting(stranger).get(f"{page}/document.pdf").status_code == 404
    assert visiting(open_house.practitioner).get(f"{page}/change").status_code == 404
