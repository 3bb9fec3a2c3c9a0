"""The stories of her answers: they are hers, others' views stand beside them, and doors open slowly."""

import pytest

from tests.portal.browser.hands import Keyboard, main_of, open_up, plain
from tests.support.addresses import Life


@pytest.fixture
def portrait_of(scene):
    """The portrait of so-and-so that this practitioner was shown, the latest first."""

    def found(who: str, shown_to: str, number: int = -1) -> Life:
        path = f"/assessment/v1/persons/{scene.id(who)}/assessments"
        told = scene.get(shown_to, path)["assessments"]
        return scene.life(who, told[number]["id"])

    return found


def test_her_hundred_stands_and_it_is_his_view_that_moves(visitor, portrait_of):
    """Story 2: on the phone; he reads on what she says, and revises his view by those words."""
    hope = portrait_of("rejean", "karim").theme("espoir")
    his = visitor("karim").go(hope)
    assert "Tout à fait (100)" in main_of(his)
    assert not his.get_by_role("button", name="Mettre une étoile").count()
    open_up(his, "Dire quelque chose")
    his.get_by_label("Ce que je veux dire").fill("Qu’est-ce que l’espoir veut dire pour vous?")
    his.locator("form[action$='/thread']").get_by_role("button", name="Garder").click()

    hers = visitor("rejean", phone=True).go(hope)
    assert "Qu’est-ce que l’espoir veut dire pour vous?" in main_of(hers)
    open_up(hers, "Dire quelque chose")
    hers.get_by_label("Ce que je veux dire").fill("Me lever le matin sans avoir peur.")
    hers.locator("form[action$='/thread']").get_by_role("button", name="Garder").click()
    assert "C’est dit." in main_of(hers)

    his.goto(his.url)
    open_up(his, "Revoir mon regard")
    his.get_by_label("Me lever le matin sans avoir peur.").check()
    his.get_by_label("Ce que je vois").fill("Je regardais l’avenir. Lui parle de ce matin.")
    his.get_by_label("Un chiffre, si je veux").fill("85")
    his.locator("form[action$='/view']").get_by_role("button", name="Garder").click()
    assert "Votre regard est noté, à côté." in main_of(his)

    hers.goto(hers.url)
    told = main_of(hers)
    assert "Tout à fait (100)" in told
    assert "85 sur 100" in told
    assert "regard qui a bougé" in told
    assert "Après ces mots de Réjean Lavigne" in told


def test_a_question_can_wait_and_she_writes_when_it_is_her_time(visitor, portrait_of):
    """Story 6: without scripts, on a small phone."""
    faith = portrait_of("yasmine", "thomas").theme("valeurs-croyances")
    his = visitor("thomas").go(faith)
    open_up(his, "Dire quelque chose")
    his.get_by_label("Ce que je veux dire").fill("Voulez-vous m’en parler?")
    his.locator("form[action$='/thread']").get_by_role("button", name="Garder").click()

    hers = visitor("yasmine", phone=True, scripts=False).go(faith)
    open_up(hers, "Dire quelque chose")
    hers.get_by_role("button", name="Pas aujourd’hui").click()
    assert "Pas aujourd’hui." in main_of(hers)

    his.goto(his.url)
    assert "Pas aujourd’hui." in main_of(his)
    open_up(hers, "Dire quelque chose")
    hers.get_by_label("Ce que je veux dire").fill("Je prie le soir. Ça me calme.")
    hers.locator("form[action$='/thread']").get_by_role("button", name="Garder").click()
    his.goto(his.url)
    assert "Je prie le soir. Ça me calme." in main_of(his)


def test_an_answer_by_keyboard_holds_nothing_until_she_touches_it(visitor, scene):
    """She begins a new portrait, and gives a figure by − and +, words and a star, by keys alone."""
    page = visitor("sandrine").go(f"/persons/{scene.id('sandrine')}/life")
    keys = Keyboard(page)
    keys.press("Commencer un nouveau portrait")
    assert "Aucune réponse pour l’instant." in main_of(page)
    begun = scene.life("sandrine", page.url.rpartition("/")[2])
    page.goto(scene.url + begun.theme("sommeil"))
    assert page.get_by_label("Un chiffre exact").last.input_value() == ""
    assert page.get_by_label("Glisser jusqu’à un chiffre").get_attribute("aria-valuetext")
    keys.choose("Pas du tout", "À moitié")
    keys.tick("Un de plus")
    page.keyboard.press("Space")
    assert page.get_by_role("spinbutton").input_value() == "52"
    keys.write("Avec mes mots, si je veux", "Je me réveille à quatre heures.")
    keys.press("Garder")
    told = main_of(page)
    assert "52 sur 100" in told
    assert "Je me réveille à quatre heures." in told
    assert plain(page.get_by_role("status").first.inner_text()) == "C’est gardé."
    keys.press("Mettre une étoile")
    assert "Ce thème a une étoile." in main_of(page)
