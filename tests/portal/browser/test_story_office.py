"""The administrator makes a place ready for its people: by keyboard alone, from the first page on."""

from tests.portal.browser.hands import FIELD, Keyboard, main_of


def test_an_office_opens_a_site_and_says_who_is_there_for_whom(at_home, scene):
    """A line to call, a site and its programme, someone who works there, a person, and who stands by her."""
    keys = at_home("patrick", "keyboard")
    assert isinstance(keys, Keyboard)
    keys.press("Administration")
    keys.press("Qui appeler, et quand vous lisez")
    for _ in range(3):  # past the lines that are there
        keys.come_to(FIELD, "En français")
    keys.write("En français", "Parler à l’équipe du Quai : 555-0134")
    keys.write("En anglais", "Talk to the team: 555-0134")
    keys.press("Garder ces lignes")
    assert "Toutes les pages disent maintenant qui appeler." in keys.reads

    keys.press("Revenir à l’administration")
    keys.press("Lieux et programmes")
    keys.write("Nom du lieu", "Maison du Ruisseau")
    keys.write("Ville ou quartier", "Sainte-Marthe-des-Pins")
    keys.press("Ajouter un lieu")
    keys.write("Nom du programme", "Répit de fin de semaine")
    keys.press("Ajouter un programme")
    assert "Le programme « Répit de fin de semaine » est ajouté." in keys.reads

    keys.press("Revenir à l’administration")
    keys.press("Équipe et entourage")
    keys.press("Inscrire quelqu’un")
    keys.write("Prénom et nom", "Claire Vasseur")
    keys.choose("Quelqu’un qui travaille ici")
    keys.tick("Accompagne des personnes")
    keys.write("Métier, si vous voulez", "travail social")
    keys.pick("Où", "Maison du Ruisseau")
    keys.press("Inscrire")
    assert "C’est fait : Claire Vasseur." in keys.reads
    assert "Accompagne des personnes, travail social · Maison du Ruisseau" in keys.reads

    keys.press("Revenir à la liste")
    keys.press("Revenir à l’administration")
    keys.press("Les personnes")
    keys.press("Inscrire une personne")
    keys.write("Nom de la personne", "Gérard Pommier")
    keys.press("Inscrire")
    keys.pick("Qui accompagne cette personne?", "Claire Vasseur · Accompagne des personnes")
    keys.pick("Dans quel programme?", "Répit de fin de semaine")
    keys.write("Ce que la personne lira", "Claire vous accompagne à la Maison du Ruisseau.")
    keys.press("Ajouter un accompagnement")
    told = main_of(keys.page)
    assert "C’est fait. La personne peut le lire." in told
    assert "Claire Vasseur" in told
    assert "Claire vous accompagne à la Maison du Ruisseau." in told
    assert "Répit de fin de semaine, Maison du Ruisseau" in told

    luc = at_home("luc", "phone")
    # as French is set: no line may begin with the colon
    assert "Parler à l’équipe du Quai\u00a0: 555-0134" in luc.page.locator("footer").inner_text()
