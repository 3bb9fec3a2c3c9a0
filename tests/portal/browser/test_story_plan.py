"""The stories of her plan: what grows from what, whose yes it takes, and what stays out."""

import re

from tests.portal.browser.hands import Keyboard, main_of, open_up


def plan_of(scene, who):
    return f"/persons/{scene.id(who)}/plan"


def test_what_she_leaves_out_of_the_plan_stays_out_until_she_takes_it_up(visitor, scene):
    """Story 3: on a small phone, without scripts."""
    his = visitor("isabelle").go(plan_of(scene, "noemie"))
    his.get_by_role("link", name="Suggérer un thème").click()
    his.get_by_label("Quel thème?").select_option("sante-physique")
    his.get_by_role("button", name="Suggérer").click()

    hers = visitor("noemie", phone=True, scripts=False).go(plan_of(scene, "noemie"))
    suggested = hers.locator("li", has_text="Ma santé physique")
    suggested.get_by_role("button", name="Laisser hors du plan").click()
    assert "C’est votre droit." in main_of(hers)

    his.goto(f"{scene.url}{plan_of(scene, 'noemie')}")
    told = main_of(his)
    assert "a choisi de laisser" in told
    assert "C’est son droit." in told
    assert not re.search(r"refus|non-respect", told, re.IGNORECASE)
    assert not his.get_by_text("En reparler").count(), "only she takes it up again"

    open_up(hers, "En reparler")
    hers.get_by_role("button", name="Je veux en reparler").click()
    assert "On peut en reparler." in main_of(hers)


def test_two_words_one_goal_and_two_views_of_how_far_it_came(visitor, scene):
    """Story 4: she waits for her educator; a goal in other words; both say how far it has come."""
    hers = visitor("sandrine", phone=True).go(plan_of(scene, "sandrine"))
    his = visitor("chantal").go(plan_of(scene, "sandrine"))
    his.get_by_role("link", name="Proposer un objectif").click()
    his.get_by_label("Dans quels mots?").fill("Socialiser davantage.")
    his.get_by_role("button", name="Proposer").click()

    hers.goto(f"{scene.url}{plan_of(scene, 'sandrine')}")
    hers.get_by_role("link", name="Socialiser davantage.", exact=True).click()
    assert "Il attend votre mot." in main_of(hers)
    hers.get_by_role("link", name="Avec d’autres mots").click()
    hers.get_by_label("Qu’est-ce qui ne va pas").fill("« Voir du monde » me ressemble plus.")
    hers.get_by_role("button", name="Demander d’autres mots").click()
    hers.get_by_role("link", name="Le dire autrement").click()
    hers.get_by_label("Les nouveaux mots").fill("Voir du monde le samedi.")
    hers.get_by_role("button", name="Garder ces mots").click()
    if hers.get_by_role("button", name="Oui, c’est mon objectif").count():
        hers.get_by_role("button", name="Oui, c’est mon objectif").click()
    assert "En cours, avec votre oui." in main_of(hers)

    for page, fold, figure in (
        (hers, "Dire où j’en suis", "Un début"),
        (his, "Dire comment vous le voyez", "À mi-chemin"),
    ):
        page.goto(hers.url)
        open_up(page, fold)
        page.get_by_label(figure).check()
        page.locator("form[action$='/progress']").get_by_role("button", name="Garder").click()
    told = main_of(his)
    assert "25" in told
    assert "50" in told
    table = his.locator("figure table")
    assert table.get_by_text("Sandrine Paquin").count()


def test_out_of_stars_and_strengths_grows_a_goal(visitor, scene):
    """Story 5: by keyboard alone."""
    page = visitor("hugo").go(plan_of(scene, "hugo"))
    keys = Keyboard(page)
    keys.press("Proposer un objectif")
    keys.write("Dans mes mots", "Réparer les vélos du quartier, le samedi.")
    keys.tick("Mon travail ou mon occupation")
    keys.tick("Je sais réparer les vélos.")
    keys.press("Proposer")
    told = main_of(page)
    assert "Réparer les vélos du quartier, le samedi." in told
    goal = page.get_by_role("link", name="Réparer les vélos du quartier", exact=False)
    if goal.count():
        keys.press("Réparer les vélos du quartier")
    assert "Parti d’une étoile" in main_of(page)
    assert "Je sais réparer les vélos." in main_of(page)
    if "Il attend votre mot." in main_of(page):
        keys.press("Oui, c’est mon objectif")
    assert "En cours, avec votre oui." in main_of(page)
    keys.press("Ajouter une étape")
    keys.write("Que faire?", "Demander la clé de l’atelier.")
    keys.press("Garder")
    assert "Demander la clé de l’atelier." in main_of(page)
    keys.press("C’est fait")
    assert "Fait." in main_of(page)
