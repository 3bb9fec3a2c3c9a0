"""The stories told by two: shown when she chooses, done together from the start, and signed by each."""

import pytest

from tests.portal.browser.hands import EACH, Finger, Mouse


def sign_in(hands: Mouse, scene, who: str) -> None:
    """At the provider's page."""
    hands.pick("Qui êtes-vous", who)
    hands.write("Mot de passe", scene.password)
    hands.press("Entrer")


@pytest.mark.parametrize(
    ("who", "named", "manner"),
    [
        ("odette", "Odette Ferland", "phone"),
        ("elodie", "Élodie Marchand", "no scripts"),
        ("noemie", "Noémie Sauvageau", "keyboard"),
    ],
)
def test_alone_first_then_shown_then_talked_over(at_home, who, named, manner):
    """Story 1: three tabs filled alone; nothing is there for Isabelle before it is shown to her."""
    hers = at_home(who, manner)
    hers.press("Qualité de vie")
    hers.press("Commencer un nouveau portrait")
    hers.press("Projet de vie")
    hers.press("Mes journées")
    hers.choose("Beaucoup")
    hers.write("Avec mes mots, si je veux", "Deux matins au magasin.")
    hers.press("Garder")
    hers.press("Réseau")
    hers.write("Nom sur la carte", "La voisine du troisième")
    hers.choose("tout près")
    hers.press("Garder")
    hers.press("Forces et projets")
    hers.choose("Une force autour de moi")
    hers.write("Dans mes mots", "Le café du coin.")
    hers.press("Garder")
    told = {
        "Qualité de vie": "Mes journées",
        "Réseau": "La voisine du troisième",
        "Forces et projets": "Le café du coin.",
    }

    isabelle = at_home("isabelle")
    isabelle.press(f"Ouvrir : {named}")
    for tab, words in told.items():
        isabelle.press(tab)
        assert words not in isabelle.page.content()

    hers.menu("Ensemble")
    for what in ("mon portrait", "mes forces et mes projets", "mon réseau"):
        hers.press(f"Montrer {what}")
        hers.tick("Isabelle Fortin")
        hers.press("Montrer")
        assert "C’est montré." in hers.reads
    for tab, words in told.items():
        isabelle.press(tab)
        assert words in isabelle.page.content()

    isabelle.menu("Ensemble")
    isabelle.press("Regarder le portrait ensemble")
    assert "Deux matins au magasin." in isabelle.reads
    isabelle.unfold("En parler : Mes journées")
    isabelle.write("Ce que je veux dire", "Qu’est-ce que ça change, ces matins?")
    isabelle.press("Garder")
    hers.press("Regarder le portrait ensemble")
    assert "Qu’est-ce que ça change, ces matins?" in hers.reads
    hers.press("Revenir à « Ensemble »")
    hers.press("Arrêter de montrer : Qualité de vie Isabelle Fortin")
    assert "Ce n’est plus montré." in hers.reads
    isabelle.page.reload()
    assert "Deux matins au magasin." not in isabelle.page.content()


def notes_what_he_says(julie: Mouse, words: str, strength: str) -> None:
    julie.press("Ouvrir : Félix Arsenault")
    julie.press("Commencer un")
    julie.press("Estime de soi")
    julie.press("Ma confiance en moi")
    julie.unfold("Noter une réponse que Félix Arsenault vous dit")
    julie.choose("À moitié")
    julie.write("Dans ses mots", words)
    julie.press("Garder")
    julie.press("Forces et projets")
    julie.choose("Une force en soi")
    julie.write("Dans les mots de la personne", strength)
    julie.press("Garder")


def says_that_it_is_so(felix: Mouse, words: str, strength: str) -> None:
    felix.press("Qualité de vie")
    felix.press("Ma confiance en moi")
    assert words in felix.reads
    felix.press("C’est bien ça")
    assert "C’est maintenant votre réponse." in felix.reads
    felix.press("Forces et projets")
    felix.press(f"Oui, c’est ainsi : {strength}")
    assert "C’est confirmé." in felix.reads
    felix.menu("Ensemble")
    felix.press("Montrer mon portrait")
    felix.tick("Julie Robidoux")
    felix.press("Montrer")


@pytest.mark.parametrize("manner", EACH)
def test_always_together_and_each_signs_on_one_device(at_home, scene, manner):
    """Story 9: two tabs filled side by side on Julie's device; what is in his name, Félix says is so."""
    words, strength = f"Avec Julie, ça va ({manner}).", f"Je fais rire les autres ({manner})."
    julie = at_home("julie", manner)
    notes_what_he_says(julie, words, strength)
    felix = at_home("felix", "phone")
    says_that_it_is_so(felix, words, strength)

    julie.menu("Ensemble")
    julie.press("Regarder le portrait ensemble")
    assert words in julie.reads
    julie.tick("Félix Arsenault")
    julie.write("Ce qu’on en retient", f"On continue le mardi ({manner}).")
    julie.press("Garder la rencontre")
    assert f"On continue le mardi ({manner})." in julie.reads

    # on his own phone too, signing asks who he is; and with her own sign-in she cannot sign for him
    felix.press("Regarder le portrait ensemble")
    felix.press("Félix Arsenault signe")
    assert felix.page.get_by_label("Mot de passe").count()
    julie.press("Félix Arsenault signe")
    sign_in(julie, scene, "Julie Robidoux — intervention")
    assert "Ce n’est pas signé" in julie.reads
    julie.press("Revenir")
    assert "Signé par Félix Arsenault." not in julie.reads

    # with his he does, and the device stays hers: he is not signed in there afterwards
    julie.press("Félix Arsenault signe")
    sign_in(julie, scene, "Félix Arsenault — personne")
    assert "C’est signé par Félix Arsenault." in julie.reads
    scene.installation.settled()
    julie.page.reload()
    assert "Signé par Félix Arsenault." in julie.reads
    julie.unfold("Menu")
    assert julie.page.get_by_text("Entrée au nom de Julie Robidoux").is_visible()
    his_rights = f"{scene.url}/persons/{scene.id('felix')}/rights"
    assert julie.page.goto(his_rights).status in (403, 404)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_two_people_on_one_device_see_each_only_their_own(visitor, scene, scripts):
    """One leaves by the menu, the other signs in: nothing of the first is left there."""
    device = visitor(None, phone=True, has_touch=True, scripts=scripts)
    hers = Finger(device.sign_in("odette").page)
    hers.press("Forces et projets")
    hers.choose("Une force en moi")
    hers.write("Dans mes mots", "Je tricote les yeux fermés.")
    hers.press("Garder")
    assert "Je tricote" in hers.reads
    her_page = hers.page.url
    hers.menu("Sortir")
    hers.page.go_back()
    hers.page.wait_for_load_state()
    assert "Je tricote" not in hers.page.content()
    device.sign_in("elodie")
    assert hers.page.goto(her_page).status == 404
    hers.page.go_back()
    hers.page.wait_for_load_state()
    assert "Je tricote" not in hers.page.content()
