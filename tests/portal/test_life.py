import pytest

from tests.assessment.api.portraits import begin, defaults
from tests.portal.conftest import Reading
from tests.support.addresses import Life


@pytest.fixture
def portrait(open_house):
    return begin(open_house, defaults(open_house)["default"])


@pytest.fixture
def here(open_house, portrait):
    return life_of(open_house, portrait)


def life_of(house, portrait):
    return Life.of(house.installation.settings, house.person.id, portrait.id)


@pytest.fixture
def her(open_house, visiting):
    return visiting(open_house.person)


def test_she_begins_a_portrait_and_needs_are_not_asked_first(open_house, her):
    defaults(open_house)
    open_house.installation.settled()
    page = her.get("/persons/{me}/life")
    assert "Commencer mon portrait" in page.text
    ((_, fields),) = [f for f in Reading(page.text).forms if f[0].endswith("/life/begin")]
    begun = her.send("/persons/{me}/life/begin", **fields)
    assert "Aucune réponse pour l’instant." in begun
    assert begun.index("Santé") < begun.index("Besoins")


def test_a_question_holds_no_value_before_she_gives_one(her, here):
    page = her.get(here.theme("sommeil"))
    (fields,) = [told for to, told in Reading(page.text).forms if to == here.theme("sommeil")]
    assert "answer" not in fields
    assert fields["exact"] == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"answer": "50"}, "À moitié (50)"),
        ({"answer": "exact", "exact": "37"}, "37 sur 100"),
        ({"exact": "37"}, "37 sur 100"),
        ({"answer": "not_concerned"}, "Ça ne me concerne pas"),
        ({"answer": "rather_not_say"}, "J’aime mieux ne pas le dire"),
    ],
)
def test_she_answers_by_a_step_a_figure_or_not_at_all(her, here, given, said):
    page = her.send(here.theme("sommeil"), key="k" * 20, **given)
    assert "C’est gardé." in page
    assert said in page
    assert "1 réponse." in her.read(here)
    assert "/55" not in her.read(here)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Choisissez une réponse"),
        ({"answer": "exact"}, "Écrivez un chiffre"),
        ({"answer": "25", "exact": "60"}, "ne vont pas ensemble"),
        ({"answer": "exact", "exact": "101", "comment": "Trop."}, "La réponse va de 0 à 100"),
        ({"answer": "25", "show": "chosen", "comment": "Pas tous."}, "au moins une personne"),
    ],
)
def test_what_is_no_answer_yet_is_said_and_her_words_stay(her, here, given, sentence):
    page = her.post(here.theme("sommeil"), key="k" * 20, **given)
    assert page.status_code == 422
    assert sentence in Reading(page.text).text
    assert given.get("comment", "") in page.text
    assert "Aucune réponse pour l’instant." in her.read(here)


def test_words_alone_and_words_beside_a_silence_are_kept(her, here):
    her.send(here.theme("sommeil"), key="k" * 20, comment="Je pense trop.")
    assert "Je pense trop." in her.read(here.theme("sommeil"))
    her.send(here.theme("budget"), key="l" * 20, answer="rather_not_say", comment="Pas maintenant.")
    page = her.read(here.theme("budget"))
    assert "J’aime mieux ne pas le dire" in page
    assert "Pas maintenant." in page


def test_a_fourth_star_is_not_placed_and_the_words_she_was_writing_stay(her, here):
    for theme in ("sommeil", "travail", "logement"):
        her.send(here.theme(theme), key=theme * 5, do="star")
    page = her.post(here.theme("loisirs"), key="k" * 20, do="star", comment="La guitare, surtout.")
    assert page.status_code == 422
    assert "Il y a déjà 3\u00a0étoiles" in page.text
    assert "La guitare, surtout." in page.text
    her.send(here.theme("travail"), key="l" * 20, do="unstar")
    page = her.post(here.theme("loisirs"), key="m" * 20, do="star", comment="La guitare, surtout.")
    assert page.status_code == 200
    assert "La guitare, surtout." in page.text
    assert "Mes étoiles" in her.read(here)


def test_a_sensitive_theme_says_whom_to_call_and_begins_with_her_alone(her, here):
    page = her.get(here.theme("intimite"))
    assert "Si c’est difficile en ce moment" in page.text
    (fields,) = [told for to, told in Reading(page.text).forms if to == here.theme("intimite")]
    assert fields["show"] == "just_me"
    assert "intim" not in page.text.partition("</title>")[0].lower()
    (fields,) = [
        told
        for to, told in Reading(her.get(here.theme("sommeil")).text).forms
        if to == here.theme("sommeil")
    ]
    assert fields["show"] == "rest"


def test_an_answer_set_apart_follows_the_rest_again_when_she_says_so(
    open_house, portrait, her, here, visiting
):
    his = visiting(open_house.practitioner)
    her.send(here.theme("travail"), key="k" * 20, answer="50")
    portrait.share(open_house.practitioner)
    her.send(here.theme("sommeil"), key="l" * 20, answer="25", show="just_me")
    assert "Un peu (25)" not in his.read(here)
    her.send(here.theme("sommeil"), key="m" * 20, answer="25", show="rest")
    assert "Un peu (25)" in his.read(here)


def test_an_answer_taken_back_is_no_more_on_the_page(her, here):
    her.send(here.theme("sommeil"), key="k" * 20, answer="50")
    page = her.send(here.theme("sommeil", "/withdrawal"), key="l" * 20)
    assert "La réponse est retirée." in page
    assert "Aucune réponse pour l’instant." in her.read(here)


def test_nothing_is_there_for_others_before_she_shows_it(open_house, her, here, visiting):
    her.send(here.theme("sommeil"), key="k" * 20, answer="50", comment="Je pense trop.")
    his = visiting(open_house.practitioner)
    assert "n’a pas montré cette page" in his.read(f"/persons/{open_house.person.id}/life")
    for page in (
        here,
        here.theme("sommeil"),
        here.sphere("sante"),
        here.theme("sommeil", "/over-time"),
    ):
        assert his.get(page).status_code == 404


def test_a_finished_portrait_is_opened_again_before_it_changes(her, here):
    her.send(f"{here}/closure", key="k" * 20)
    assert "Tout à fait" not in her.read(here.theme("sommeil"))
    her.send(f"{here}/reopening", key="l" * 20)
    assert "Tout à fait" in her.read(here.theme("sommeil"))


def test_then_and_now_side_by_side_and_one_theme_over_time(open_house, her, here, portrait):
    her.send(here.theme("sommeil"), key="k" * 20, answer="25", comment="Je pense trop.")
    later = begin(open_house, portrait.opened["catalogue"])
    her.send(life_of(open_house, later).theme("sommeil"), key="l" * 20, answer="exact", exact="60")
    open_house.installation.settled()
    page = her.get(f"/persons/{{me}}/life/compare?before={portrait.id}&after={later.id}")
    told = Reading(page.text).text
    for said in ("Un peu (25)", "60 sur 100"):
        assert said in told
    assert page.text.count('class="mark before"') == 2  # the line and the key
    told = her.read(life_of(open_house, later).theme("sommeil", "/over-time"))
    for said in ("Un peu (25)", "60 sur 100", "Je pense trop."):
        assert said in told
    assert her.get("/persons/{me}/life/compare?before=one&after=two").status_code == 404


def test_a_portrait_of_another_organisation_is_not_found(open_house, other_house, visiting, here):
    for who in (other_house.practitioner, other_house.person):
        theirs = visiting(who)
        assert theirs.get(here).status_code == 404
        assert theirs.post(here.theme("sommeil"), key="k" * 20, answer="50").status_code == 404


def test_a_theme_nobody_asks_about_is_not_there(her, here):
    for page in (here.theme("nothing"), here.sphere("nothing"), f"{here}/sommeil"):
        assert her.get(page).status_code == 404


def test_what_has_changed_is_hers_to_say_and_stands_beside_the_figures(
    open_house, her, here, portrait
):
    her.send(here.theme("sommeil"), key="k" * 20, answer="25")
    later = begin(open_house, portrait.opened["catalogue"])
    her.send(life_of(open_house, later).theme("sommeil"), key="l" * 20, answer="25")
    open_house.installation.settled()
    judge = f"/persons/{{me}}/life/{later.id}/changes"
    judged = {"before": portrait.id, "theme": "sommeil", "words": "Je tiens bon."}
    page = her.post(judge, key="m" * 20, **judged)
    assert page.status_code == 422
    assert "Je tiens bon." in page.text
    told = her.send(judge, key="n" * 20, judgement="maintained_as_i_wish", **judged)
    assert "Ça n’a pas bougé, et c’est ce que je veux" in told
    assert "Je tiens bon." in told


def test_how_things_go_between_them_is_answered_the_same_way_and_apart(open_house, her, here):
    open_house.installation.settled()
    page = her.get("/persons/{me}/life/process")
    ((_, fields),) = [f for f in Reading(page.text).forms if f[0].endswith("/life/begin")]
    begun = her.post("/persons/{me}/life/begin", **fields)
    assert "Comment ça se passe ensemble" in begun.text
    _, _, made = begun.url.path.rpartition("/")
    there = Life.of(open_house.installation.settings, her.who.id, made)
    told = her.send(there.theme("p-ecoute"), key="k" * 20, answer="75")
    assert "On a pris le temps de m’écouter." in told
    assert "Beaucoup (75)" in told
    assert "Aucune réponse pour l’instant." in her.read("/persons/{me}/life")
