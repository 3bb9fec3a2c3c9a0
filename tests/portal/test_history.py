"""What happened, over the real services: what she reads of it, and what she does about it."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.directory.domain import events as directory
from tests.portal.conftest import Reading
from tests.support.installation import relations


@pytest.fixture
def told(open_house, visiting):
    """A strength of hers, kept on her page; her history has come as far."""
    hers = visiting(open_house.person)
    keep(hers, "Je joue de la guitare.")
    open_house.installation.settled()
    return hers


def keep(visit, words):
    visit.send("/persons/{me}/strengths", kind="personal", words=words, key=str(uuid4()))


def address_of(visit, words, where="/persons/{me}/history"):
    """The page of the line that says these words."""
    page = visit.get(where).text.replace("\u00a0", " ")
    before = page[: page.index(words)]
    return before.rpartition('href="')[2].partition('"')[0]


def test_she_reads_what_happened_in_her_words_and_tab_by_tab(told, open_house):
    page = told.read("/persons/{me}/history")
    assert "Vous avez nommé une force : « Je joue de la guitare. »" in page
    assert "Début de l’accompagnement" in page
    strengths = told.read("/persons/{me}/history?tab=strengths")
    assert "guitare" in strengths
    assert "Début de l’accompagnement" not in strengths
    assert "guitare" not in told.read("/persons/{me}/history?tab=plan")


def test_in_english_too(told, open_house, visiting):
    english = visiting(open_house.person, language="en")
    assert "You named a strength" in english.read("/persons/{me}/history")


def test_what_goes_and_what_stays_is_said_before_words_are_taken_back(told, open_house):
    entry = address_of(told, "Vous avez nommé une force")
    first = told.read(f"{entry}/withdraw")
    assert first.index("Ce qui disparaît") < first.index("Ce qui reste")
    assert "pour toujours" in first
    done = told.send(f"{entry}/withdraw", key=str(uuid4()))
    assert "Vos mots sont retirés" in done
    open_house.installation.settled()
    assert "guitare" not in told.read("/persons/{me}/history")
    assert "guitare" not in told.read("/persons/{me}/strengths")
    assert told.get(f"{entry}/withdraw").status_code == 404


def test_a_correction_is_read_with_what_it_corrects(told, open_house):
    entry = address_of(told, "Vous avez nommé une force")
    told.send(f"{entry}/correct", words="Et du piano.", key=str(uuid4()))
    open_house.installation.settled()
    assert "Et du piano." in told.read(entry)


def test_a_correction_that_says_nothing_is_asked_again_on_the_same_page(told):
    entry = address_of(told, "Vous avez nommé une force")
    answer = told.post(f"{entry}/correct", words="", key=str(uuid4()))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_what_was_noted_in_her_name_she_confirms_or_says_it_was_not_so(open_house, visiting):
    hers, theirs = visiting(open_house.person), visiting(open_house.practitioner)
    me = open_house.person.id
    shown = {"kind": "personal", "words": "Ponctuel.", "key": str(uuid4())}
    theirs.post(f"/persons/{me}/strengths", **shown)
    open_house.installation.settled()
    entry = address_of(hers, "Ponctuel")
    page = hers.read(entry)
    assert "a noté ceci en votre nom" in page
    assert "Ne rien faire" in page
    hers.send(f"{entry}/dispute", reason="Je ne l’ai pas dit.", key=str(uuid4()))
    open_house.installation.settled()
    after = hers.read(entry)
    assert "Je ne l’ai pas dit." in after
    # whoever wrote it answers, on the same page
    assert "Répondre à la contestation" in theirs.read(entry)
    theirs.send(f"{entry}/answer", outcome="accepted", words="Vous avez raison.", key=str(uuid4()))
    open_house.installation.settled()
    assert "Vous avez raison." in hers.read(entry)


def test_she_reads_who_looked_and_says_that_it_worries_her(told, open_house, visiting):
    theirs = visiting(open_house.practitioner)
    theirs.get(f"/persons/{open_house.person.id}/history")
    open_house.installation.settled()
    looks = told.read("/persons/{me}/history/looks")
    assert "Practitioner a regardé" in looks
    worry = address_of(told, "Ça me préoccupe", "/persons/{me}/history/looks")
    done = told.send(worry, words="C’est ma voisine.", key=str(uuid4()))
    assert "Votre demande est partie" in done
    open_house.installation.settled()
    asked = open_house.officer.client.get("/directory/v1/rights").json()["rights"]
    assert [one["right"] for one in asked] == ["explanation"]
    # her own history does not turn into a list of visits
    assert "a consulté" not in told.read("/persons/{me}/history")


def test_others_do_not_read_what_she_has_not_shown(told, open_house, visiting, other_house):
    me = open_house.person.id
    entry = address_of(told, "Vous avez nommé une force")
    theirs = visiting(open_house.practitioner)
    assert "guitare" not in theirs.get(f"/persons/{me}/history").text
    assert theirs.get(entry).status_code == 404
    assert theirs.get(f"/persons/{me}/history/looks").status_code == 404
    for stranger in (open_house.neighbour, open_house.colleague):
        assert visiting(stranger).get(entry).status_code == 404


def test_a_page_that_is_not_the_last_leads_to_what_came_before(told, open_house):
    for number in range(41):
        open_house.person.client.post(
            f"/assessment/v1/persons/{open_house.person.id}/resources/strengths",
            json={"kind": "personal", "words": f"Force {number}"},
        )
    open_house.installation.settled()
    page = told.get("/persons/{me}/history?tab=strengths").text
    before = page[: page.index('rel="next"')], page[page.index('rel="next"') :]
    further = before[1].partition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert "tab=strengths" in further
    assert "guitare" in Reading(told.get(further).text).text


def test_words_of_one_answer_stand_ready_in_no_other(told, open_house):
    entry = address_of(told, "Vous avez nommé une force")
    again = told.post(f"{entry}/correct", words="x" * 5000, key=str(uuid4()))
    assert again.status_code == 422
    assert again.text.count("x" * 5000) == 1


def test_whoever_acts_for_her_says_that_something_worries_them(told, open_house, visiting):
    me, acting = open_house.person, open_house.add("Paul", "relative", "representative")
    open_house.tell(
        directory.RepresentationStarted,
        relations(me.id),
        me.id,
        party=acting.id,
        role="representative",
        kind="tutelle",
        scope=("rights",),
        until=datetime.now(UTC).date() + timedelta(days=30),
    )
    open_house.installation.settled()
    theirs = visiting(acting)
    assert "Vous agissez pour cette personne" in theirs.read("/")
    entry = address_of(theirs, "Paul peut agir", f"/persons/{me.id}/history")
    assert "Ça me préoccupe" in theirs.read(entry)
