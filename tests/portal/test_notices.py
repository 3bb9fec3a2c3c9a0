import re

import pytest

from services.directory.domain import events as told
from services.directory.domain.notices import TEXTS
from services.portal.notices import FIRST, LINES, VERSION
from services.portal.wiring import HERE
from shared.http.messages import Sentences
from tests.portal.conftest import Reading

SAYS = Sentences(HERE / "messages" / "notices")
LONGEST = 120


@pytest.fixture
def new_house(house):
    """Open, and nobody has come yet."""
    lines = (told.HelpLine(fr="Danger immédiat : 9-1-1", en="Immediate danger: 9-1-1"),)
    house.tell(told.HelpLinesSet, house.tenant, house.tenant, lines=lines)
    house.tell(told.ReadingDelaySet, house.tenant, house.tenant, fr="deux jours", en="two days")
    house.installation.settled()
    return house


def test_every_text_that_can_be_given_is_written():
    assert set(LINES) == set(TEXTS)


@pytest.mark.parametrize("language", ["fr-CA", "en"])
@pytest.mark.parametrize("text", LINES)
def test_a_text_fits_on_one_screen(text, language):
    named = {
        "house": "Maison des essais",
        "delay": "deux jours",
        "officer": SAYS.say("notices.officer", language, {}),
        "recourse": SAYS.say("notices.recourse", language, {}),
        "outside": SAYS.say("notices.outside", language, {}),
    }
    codes = [f"notices.{text}", *(f"notices.{text}.{n}" for n in range(1, LINES[text] + 1))]
    words = " ".join(SAYS.say(code, language, named) for code in codes)
    assert "notices." not in words
    assert len(re.findall(r"\w[\w’'-]*", words)) <= LONGEST


def test_before_the_first_word_she_reads_three_screens_and_they_are_noted(new_house, visiting):
    her = visiting(new_house.person)
    page = her.get("/persons/{me}/strengths")
    for number, text in enumerate(FIRST, 1):
        assert page.url.path == f"/persons/{new_house.person.id}/notices/{text}"
        assert f"{number} sur 3" in Reading(page.text).text
        (form,) = [f for to, f in Reading(page.text).forms if to.endswith(f"/notices/{text}")]
        page = her.post(page.url.path, **form)
    assert page.url.path == f"/persons/{new_house.person.id}/strengths"
    kept = new_house.person.client.get(f"/directory/v1/persons/{new_house.person.id}").json()
    assert [(n["text"], n["version"], n["form"]) for n in kept["notices"]] == [
        (text, VERSION, "screen") for text in FIRST
    ]
    assert her.get("/").url.path == "/"


def test_the_welcome_says_whom_to_ask_and_where_to_complain(new_house, visiting):
    said = visiting(new_house.person).read("/")
    assert "Commission d’accès à l’information du Québec" in said
    assert "protection des renseignements personnels, à Maison des essais" in said
    english = visiting(new_house.person, "en").read("/")
    assert "only you see what you write" in english.lower()


@pytest.mark.parametrize("page", ["strengths", "life", "together", "rights", "notices"])
def test_no_page_of_a_person_opens_before_there_is_someone_to_call(house, visiting, page):
    for who in (house.person, house.practitioner):
        answer = visiting(who).get(f"/persons/{house.person.id}/{page}")
        assert answer.status_code == 503
        assert "qui appeler" in answer.text


def test_someone_of_her_team_notes_that_a_text_was_read_aloud(open_house, visiting):
    path = f"/persons/{open_house.person.id}/notices/research"
    said = visiting(open_house.practitioner).send(path, form="aloud", key="a" * 20)
    assert "C’est noté" in said
    kept = open_house.person.client.get(f"/directory/v1/persons/{open_house.person.id}").json()
    assert ("research", "aloud") in {(n["text"], n["form"]) for n in kept["notices"]}


def test_a_text_of_another_organisation_s_person_is_not_found(open_house, other_house, visiting):
    path = f"/persons/{other_house.person.id}/notices/welcome"
    assert visiting(open_house.practitioner).get(path).status_code == 404
