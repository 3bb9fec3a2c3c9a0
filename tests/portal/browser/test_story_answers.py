"""The stories of her answers: they are hers, others' views stand beside them, and doors open slowly."""

import pytest

from tests.portal.browser.hands import Keyboard, main_of, plain


@pytest.mark.parametrize(
    ("manner", "words", "figure"),
    [
        ("phone", "Me lever le matin sans avoir peur.", "70"),
        ("no scripts", "Dormir la porte ouverte.", "80"),
        ("keyboard", "Savoir où je serai demain.", "85"),
    ],
)
def test_her_hundred_stands_and_it_is_his_view_that_moves(at_home, manner, words, figure):
    """Story 2: Karim asks, Réjean says what hope is for him, and it is Karim's view that moves."""
    karim = at_home("karim")
    karim.press("Ouvrir : Réjean Lavigne")
    karim.press("Projet de vie")
    karim.press("Mon espoir")
    assert "Tout à fait (100)" in karim.reads
    assert not karim.page.get_by_role("button", name="Mettre une étoile").count()
    karim.unfold("Dire quelque chose")
    karim.write("Ce que je veux dire", "Qu’est-ce que l’espoir veut dire pour vous?")
    karim.press("Garder")

    rejean = at_home("rejean", manner)
    rejean.press("Qualité de vie")
    rejean.press("Tous les portraits")
    rejean.press("2 février 2026")
    rejean.press("Projet de vie")
    rejean.press("Mon espoir")
    assert "Qu’est-ce que l’espoir veut dire pour vous?" in rejean.reads
    rejean.unfold("Dire quelque chose")
    rejean.write("Ce que je veux dire", words)
    rejean.press("Garder")
    assert "C’est dit." in rejean.reads

    karim.page.reload()
    karim.unfold("Revoir mon regard")
    karim.tick(words)
    karim.write("Ce que je vois", "Je regardais l’avenir. Lui parle de ce matin.")
    karim.write("Un chiffre, si je veux", figure)
    karim.press("Garder")
    assert "Votre regard est noté, à côté." in karim.reads

    rejean.page.reload()
    assert "Tout à fait (100)" in rejean.reads
    assert f"{figure} sur 100" in rejean.reads
    assert "regard qui a bougé" in rejean.reads
    assert f"Après ces mots de Réjean Lavigne : {words}" in rejean.reads.replace("“", "")


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        ("phone", "Je prie le soir. Ça me calme."),
        ("no scripts", "Ma grand-mère m’a tout appris."),
        ("keyboard", "Je cherche encore."),
    ],
)
def test_a_door_opens_a_question_waits_and_she_writes_when_it_is_her_time(at_home, manner, words):
    """Story 6: « pas aujourd’hui » is an answer; another day Yasmine writes."""
    thomas = at_home("thomas")
    thomas.press("Ouvrir : Yasmine Benali")
    thomas.press("Projet de vie")
    thomas.press("Mes valeurs et mes croyances")
    thomas.unfold("Dire quelque chose")
    thomas.write("Ce que je veux dire", "Voulez-vous m’en parler?")
    thomas.press("Garder")

    yasmine = at_home("yasmine", manner)
    yasmine.press("Qualité de vie")
    yasmine.press("Projet de vie")
    yasmine.press("Mes valeurs et mes croyances")
    yasmine.unfold("Dire quelque chose")
    yasmine.press("Pas aujourd’hui")
    thomas.page.reload()
    for page in (yasmine.page, thomas.page):
        assert "Pas aujourd’hui." in plain(page.locator(".thread li").last.inner_text())

    yasmine.unfold("Dire quelque chose")
    yasmine.write("Ce que je veux dire", words)
    yasmine.press("Garder")
    thomas.page.reload()
    assert words in plain(thomas.page.locator(".thread li").last.inner_text())


def test_an_answer_by_keyboard_holds_nothing_until_she_touches_it(at_home):
    """She begins a portrait, and gives a figure by − and +, words and a star, by keys alone."""
    keys = at_home("luc", "keyboard")
    assert isinstance(keys, Keyboard)
    page = keys.page
    keys.press("Qualité de vie")
    keys.press("Commencer un nouveau portrait")
    assert "Aucune réponse pour l’instant." in keys.reads
    keys.press("Santé")
    keys.press("Mon sommeil")
    assert page.get_by_label("Un chiffre exact").last.input_value() == ""
    assert page.get_by_label("Glisser jusqu’à un chiffre").get_attribute("aria-valuetext")
    keys.choose("À moitié")
    keys.come_to("button", "Un de plus")
    page.keyboard.press("Space")
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
