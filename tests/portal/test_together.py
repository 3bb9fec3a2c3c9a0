import re
from datetime import date, timedelta

import pytest

from tests.assessment.api.portraits import begin, defaults
from tests.portal.conftest import Reading

TO_COME = (date.today() + timedelta(days=60)).isoformat()  # noqa: DTZ011


@pytest.fixture
def portrait(open_house):
    made = begin(open_house, defaults(open_house)["default"])
    made.by(open_house.person, "ratings", theme="sommeil", value=70, comment="Je dors mieux.")
    made.by(open_house.person, "ratings", theme="logement", value=40)
    open_house.installation.settled()
    return made


@pytest.fixture
def her(open_house, visiting):
    return visiting(open_house.person)


def test_she_says_how_she_wants_to_work(her):
    said = her.send(
        "/persons/{me}/together/way", first="alone", pace="Une fois par semaine", key="w" * 20
    )
    assert "C’est gardé" in said
    assert "Par moi-même d’abord" in said
    assert "Une fois par semaine" in said


def test_others_read_how_she_wants_to_work_as_hers(open_house, her, visiting):
    her.send("/persons/{me}/together/way", first="alone", pace="Lentement", key="w" * 20)
    said = visiting(open_house.practitioner).read(f"/persons/{open_house.person.id}/together")
    assert "Comment person veut travailler" in said
    assert "Comment je veux" not in said


def test_her_words_stay_when_nothing_was_chosen(her):
    answer = her.post("/persons/{me}/together/way", words="Pas le matin.")
    assert answer.status_code == 422
    assert "Pas le matin." in answer.text


def test_she_shows_her_portrait_but_a_theme_and_stops_in_one_tap(
    open_house, her, portrait, visiting
):
    theirs = visiting(open_house.practitioner)
    meeting = f"/persons/{open_house.person.id}/together/meeting"
    assert "n’a pas montré de portrait" in theirs.read(meeting)
    her.send(
        "/persons/{me}/together/show/portrait",
        my_team="yes",
        portrait=str(portrait.id),
        **{"except": "logement"},
        key="s" * 20,
    )
    open_house.installation.settled()
    seen = theirs.read(meeting)
    assert "Je dors mieux." in seen
    assert "Un peu (40)" not in seen
    page = her.get("/persons/{me}/together")
    assert "toute mon équipe" in Reading(page.text).text
    (stop,) = [to for to, _ in Reading(page.text).forms if "/stop/" in to]
    assert "Vous ne montrez rien" in her.send(stop, key="t" * 20)
    open_house.installation.settled()
    assert "n’a pas montré de portrait" in theirs.read(meeting)


def test_what_she_shows_of_old_portraits_stands_on_a_page_of_its_own(open_house, her, portrait):
    latest = portrait
    for n in range(3):
        told = {"my_team": "yes", "portrait": str(latest.id), "key": str(n) * 20}
        her.send("/persons/{me}/together/show/portrait", **told)
        latest = begin(open_house, portrait.opened["catalogue"])
        open_house.installation.settled()
        latest.by(open_house.person, "ratings", theme="sommeil", value=60)
    open_house.installation.settled()
    stops = [
        to for to, _ in Reading(her.get("/persons/{me}/together").text).forms if "/stop/" in to
    ]
    before = her.get("/persons/{me}/together/shown-before").text
    older = [to for to, _ in Reading(before).forms if "/stop/" in to]
    assert older
    assert any(str(portrait.id) in to for to in older)
    assert not set(stops) & set(older)
    assert str(portrait.id) not in "".join(stops)
    her.send(older[0], key="t" * 20)
    left = Reading(her.get("/persons/{me}/together/shown-before").text).forms
    assert older[0] not in [to for to, _ in left]


def test_nobody_shows_anything_in_her_place(open_house, portrait, visiting):
    theirs = visiting(open_house.practitioner)
    for page in ("show/portrait", "show/network", "relative"):
        at = f"/persons/{open_house.person.id}/together/{page}"
        assert theirs.get(at).status_code == 404
        assert theirs.post(at, my_team="yes", hold_against="no").status_code == 404


def test_a_relative_gives_a_code_and_sees_what_she_chose(open_house, her, portrait, visiting):
    theirs = visiting(open_house.relative)
    assert str(open_house.relative.id) in theirs.read("/")
    at = "/persons/{me}/together/relative"
    assert "pourrait vous en vouloir" in her.read(at)
    told = {"code": str(open_house.relative.id), "tabs": "quality_of_life", "until": TO_COME}
    assert "Rien n’est montré" in her.send(at, **told, hold_against="not_now")
    assert theirs.get(f"/persons/{open_house.person.id}/together/meeting").status_code == 404
    shown = her.send(at, **told, hold_against="no", key="r" * 20)
    assert "relative" in shown
    open_house.installation.settled()
    assert "Je dors mieux." in theirs.read(f"/persons/{open_house.person.id}/together/meeting")


def test_showing_to_a_relative_asks_until_when(open_house, her, portrait):
    answer = her.post(
        "/persons/{me}/together/relative",
        code=str(open_house.relative.id),
        tabs="plan",
        hold_against="no",
    )
    assert answer.status_code == 422
    assert "Choisissez un jour" in answer.text


def test_where_views_say_other_figures_it_is_said_without_weighing(
    open_house, her, portrait, visiting
):
    portrait.share(open_house.practitioner)
    portrait.by(open_house.practitioner, "views", theme="sommeil", value=40, words="Un peu moins.")
    said = her.read(f"/persons/{{me}}/together/meeting/{portrait.id}")
    assert "Deux regards, deux chiffres" in said
    assert said.index("Un peu moins.") < said.index(
        "Voir le reste" if "Voir le reste" in said else "Le reste"
    )


def test_her_stars_come_first_in_her_own_order(open_house, her, portrait):
    at = f"/persons/{{me}}/together/meeting/{portrait.id}"
    assert "Le reste" not in her.read(at), "of nothing there is no rest"
    portrait.by(open_house.person, "stars", theme="sommeil", rank=2)
    portrait.by(open_house.person, "stars", theme="logement", rank=1)
    page = her.get(at).text
    titles = re.findall(r"<h3>.*?</h3>", page, re.DOTALL)
    assert ["Mon logement" in titles[0], "Mon sommeil" in titles[1]] == [True, True]


def test_not_today_is_kept_and_nothing_follows_from_it(her, portrait):
    at = f"/persons/{{me}}/together/meeting/{portrait.id}"
    assert "Ce thème peut attendre" in her.send(f"{at}/put_offs", theme="sommeil", key="n" * 20)
    assert "Pas aujourd’hui." in her.read(at)


def noted_in_her_name(house):
    """A plan that the practitioner says she opened."""
    act = {"author": str(house.person.id)}
    where = f"/plans/v1/persons/{house.person.id}/plans"
    plan = house.practitioner.client.post(where, json={"act": act})
    assert plan.status_code == 201, plan.text
    house.installation.settled()


def test_what_was_noted_in_her_name_is_hers_to_confirm_to_dispute_or_to_leave(open_house, her):
    noted_in_her_name(open_house)
    page = her.get("/persons/{me}/together")
    said = Reading(page.text).text
    assert "Noté par practitioner" in said
    assert "Plus tard" in said
    (form,) = [f for to, f in Reading(page.text).forms if to.endswith("/confirmations")]
    assert "C’est confirmé" in her.send("/persons/{me}/together/confirmations", **form)
    open_house.installation.settled()
    assert "Noté par practitioner" not in her.read("/persons/{me}/together")


def test_what_was_not_so_is_disputed_with_or_without_her_words(open_house, her):
    noted_in_her_name(open_house)
    forms = Reading(her.get("/persons/{me}/together").text).forms
    at_once, with_words = [told for to, told in forms if to.endswith("/together/disputes")]
    assert at_once["entry"] == with_words["entry"]
    assert set(with_words) - set(at_once) == {"reason"}
    why = {**with_words, "reason": "Je n’ai rien dit de tel."}
    assert "C’est noté" in her.send("/persons/{me}/together/disputes", **why)
    open_house.installation.settled()
    where = f"/reporting/v1/persons/{open_house.person.id}/disputes"
    (dispute,) = open_house.person.client.get(where).json()["disputes"]
    assert [one["words"] for one in dispute["said"]] == ["Je n’ai rien dit de tel."]


def test_a_person_of_another_organisation_is_not_found(open_house, other_house, her):
    for page in ("together", "together/meeting", "together/show/portrait", "rights"):
        assert her.get(f"/persons/{other_house.person.id}/{page}").status_code == 404


def test_whose_word_it_is_stays_chosen_when_the_words_are_too_long(open_house, portrait, visiting):
    portrait.share(open_house.practitioner)
    at = f"/persons/{open_house.person.id}/together/meeting/{portrait.id}/threads"
    told = {"theme": "sommeil", "setting": "meeting", "words": "x" * 4001}
    page = visiting(open_house.practitioner).post(at, **told, whose="hers", key="t" * 20)
    assert page.status_code == 422
    (again,) = [
        form for to, form in Reading(page.text).forms if form.get("theme") == "sommeil" and to == at
    ]
    assert again["whose"] == "hers"
