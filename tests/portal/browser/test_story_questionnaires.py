"""A house puts a question in its own words: a draft, a look at it as a person, publication for good."""

from tests.portal.browser.hands import main_of, open_up


def test_a_house_words_a_theme_its_own_way_and_the_next_portrait_asks_it_so(visitor, scene):
    """On a small phone, without scripts."""
    page = visitor("aurelie", phone=True, scripts=False).go("/")
    page.get_by_role("main").get_by_role("link", name="Questionnaires").click()
    page.locator("section", has_text="Ma qualité de vie").get_by_role(
        "link", name="Version 1"
    ).click()
    assert "Une version publiée ne change plus." in main_of(page)
    page.get_by_label("Nom en français").fill("Ma qualité de vie, chez nous")
    page.get_by_role("button", name="Commencer le brouillon").click()
    assert "Le brouillon est prêt." in main_of(page)

    page.get_by_role("link", name="Mon quartier").click()
    page.get_by_label("Nom du thème, en français").fill("Mon coin à moi")
    page.get_by_label("La question en mots simples, en français").fill(
        "Est-ce que je me plais dans mon coin?"
    )
    page.get_by_label("Ce thème est sensible").check()
    page.get_by_label("Oui, en d’autres mots").check()
    page.get_by_role("button", name="Garder", exact=True).click()
    assert "C’est gardé dans le brouillon." in main_of(page)
    assert "devient sensible" in main_of(page)

    page.get_by_role("link", name="Voir comme une personne").click()
    page.get_by_role("link", name="Mon coin à moi").click()
    seen = main_of(page)
    assert "Est-ce que je me plais dans mon coin?" in seen
    assert "Tout à fait" in seen
    assert page.get_by_label("Tout à fait").is_disabled()
    page.go_back()
    page.go_back()

    page.get_by_role("link", name="Vers la publication").click()
    told = main_of(page)
    assert "Les portraits commencés avec la version 1 la gardent." in told
    assert "Mon coin à moi autres mots devient sensible" in told
    page.get_by_role("button", name="Publier la version 2").click()
    assert "C’est publié." in main_of(page)
    assert "version publiée ne change plus" in main_of(page)

    # the next portrait asks in the new words
    scene.installation.settled()
    his = visitor("gerard", phone=True).go(f"/persons/{scene.id('gerard')}/life")
    his.get_by_role("button", name="Commencer").first.click()
    his.get_by_role("link", name="Besoins").click()
    assert "Mon coin à moi" in main_of(his)


def test_two_who_edit_the_same_theme_see_each_others_words(visitor, scene):
    one = visitor("helene").go("/questionnaires")
    one.get_by_role("link", name="Version 1").last.click()
    one.get_by_role("button", name="Commencer le brouillon").click()
    draft = one.url.split("#")[0]
    one.get_by_role("listitem").filter(has=one.locator("a[href*='/themes/']")).first.get_by_role(
        "link"
    ).click()
    other = visitor("aurelie").go(one.url.removeprefix(scene.url))
    other.get_by_label("Nom du thème, en français").fill("De la part d’Aurélie")
    other.get_by_role("button", name="Garder", exact=True).click()

    one.get_by_label("Nom du thème, en français").fill("De la part d’Hélène")
    one.get_by_role("button", name="Garder", exact=True).click()
    assert "De la part d’Aurélie" in main_of(one)
    name = one.get_by_label("Nom du thème, en français")
    assert name.input_value() == "De la part d’Hélène"

    one.goto(draft)
    open_up(one, "Laisser ce brouillon de côté")
    one.get_by_role("button", name="Le laisser de côté").click()
    assert "laissé de côté" in main_of(one)
