"""Whatever goes wrong on the way, what was written is still there, and is kept once."""

from uuid import UUID, uuid4

import pytest

from services.directory.domain import events as told
from tests.assessment.api.portraits import begin, defaults
from tests.portal.conftest import Reading
from tests.portal.roads import Road, just_started
from tests.support.addresses import Life
from tests.support.installation import relations

PAGE = "/persons/{me}/strengths"
WORDS = "Je joue de la guitare."


@pytest.fixture
def road():
    with Road() as road:
        yield road


@pytest.fixture
def hers(open_house, road):
    with just_started(open_house, road) as visit:
        yield visit


def again(answer):
    """The form on the page that keeps the words, as it stands."""
    ((to, fields),) = [(to, told) for to, told in Reading(answer.text).forms if "/persons/" in to]
    return to, fields


def strengths_of(house):
    house.installation.settled()
    where = f"/assessment/v1/persons/{house.person.id}/resources"
    return [one["words"] for one in house.person.client.get(where).json()["strengths"]]


def test_what_was_kept_though_its_answer_was_lost_is_not_kept_twice(hers, road):
    road.loses = "/ties"
    answer = hers.post("/persons/{me}/network", name="Simon", key=str(uuid4()))
    road.loses = ""
    assert answer.status_code == 503
    assert "Simon</textarea>" in answer.text
    to, fields = again(answer)
    hers.send(to, **{**fields, "name": "Simon"})
    assert hers.get("/persons/{me}/network").text.count('<g class="one person') == 1


def test_other_words_sent_again_are_told_that_the_first_were_kept(hers, road, open_house):
    road.loses = "/resources/strengths"
    to, fields = again(hers.post(PAGE, kind="personal", words=WORDS, key="k" * 20))
    road.loses = ""
    told = hers.post(to, **{**fields, "words": "Et du piano."})
    assert "Ce que vous aviez envoyé d’abord a été gardé." in Reading(told.text).text
    assert "Et du piano." in told.text
    to, fields = again(told)
    assert "C’est gardé." in hers.send(to, **{**fields, "words": "Et du piano."})
    assert sorted(strengths_of(open_house)) == ["Et du piano.", WORDS]


def test_words_kept_with_half_of_an_answer_are_not_kept_twice(hers, road, open_house):
    portrait = begin(open_house, defaults(open_house)["default"])
    theme = Life.of(open_house.installation.settings, hers.who.id, portrait.id).theme("sommeil")
    answer = {"answer": "not_concerned", "comment": WORDS, "do": "keep"}
    road.answers = {"skips": 409}
    half = hers.post(theme, **answer, key="k" * 20)
    assert half.status_code == 422
    road.answers = {}
    (fields,) = [told for to, told in Reading(half.text).forms if to == theme]
    assert "C’est gardé." in hers.send(theme, **{**fields, **answer})
    open_house.installation.settled()
    assert hers.get(theme).text.count(f"{WORDS}</p>") == 1


def test_words_are_there_when_a_service_is_away_though_the_portal_was_just_started(hers, road):
    road.answers = {"directory": 503}
    answer = hers.post(PAGE, kind="personal", words=WORDS)
    assert answer.status_code == 503
    assert WORDS in answer.text
    page = hers.get(PAGE)
    assert page.status_code == 503
    assert "Essayez encore" in page.text
    assert "qui appeler" not in page.text


def test_whoever_is_no_more_signed_in_is_asked_to_though_the_portal_was_just_started(hers, road):
    road.answers = {"directory": 401}
    answer = hers.post(PAGE, kind="personal", words=WORDS)
    assert answer.status_code == 401
    assert WORDS in answer.text
    assert "Entrer, dans un autre onglet" in answer.text
    hers.client.follow_redirects = False
    assert hers.get(PAGE).headers["Location"].startswith("/sign-in?next=")


def test_words_are_there_when_one_may_no_more_be_here(open_house, visiting):
    theirs, her = visiting(open_house.practitioner), open_house.person
    page = f"/persons/{her.id}/strengths"
    assert theirs.get(page).status_code == 200
    (care,) = her.client.get(f"/directory/v1/persons/{her.id}").json()["care_relations"]
    open_house.tell(
        told.CareRelationEnded,
        relations(her.id),
        her.id,
        relation=UUID(care["id"]),
        party=theirs.who.id,
    )
    open_house.installation.settled()
    answer = theirs.post(page, kind="personal", words="Ponctuel.")
    assert answer.status_code == 404
    assert "n’existe pas ici" in answer.text
    assert "Ponctuel.</textarea>" in answer.text


def test_words_are_there_when_an_address_opens_no_more(open_house, visiting):
    portrait = begin(open_house, defaults(open_house)["default"])
    life = Life.of(open_house.installation.settings, open_house.person.id, portrait.id)
    answer = visiting(open_house.person).post(f"{life}/no-theme-of-ours", comment=WORDS)
    assert answer.status_code == 404
    assert f"{WORDS}</textarea>" in answer.text


def test_each_word_written_is_seen_under_a_name_of_its_own(hers, road):
    road.answers = {"network": 503}
    answer = hers.post("/persons/{me}/network", name="Simon", relation="voisin", circle="1")
    said = Reading(answer.text).text
    assert "Le nom Simon" in said
    assert "Le lien voisin" in said


def test_a_button_that_did_not_work_speaks_of_no_words(hers, road):
    road.answers = {"plans": 503}
    answer = hers.post("/persons/{me}/plan/begin", key="k" * 20)
    assert answer.status_code == 503
    assert "Ce que vous avez écrit" not in answer.text
