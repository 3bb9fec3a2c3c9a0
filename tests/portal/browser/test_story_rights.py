"""The stories of one who leads the meeting, and of one who does it her way, within her rights."""

import re

import pytest

from tests.portal.browser.hands import EACH


@pytest.mark.parametrize("manner", EACH)
def test_he_leads_the_meeting_with_a_page_he_made_himself(at_home, manner):
    """Story 7: Olivier chooses what is in it and who sees it, speaks first, and ends it."""
    title = f"Ce que je dis en premier ({manner})"
    olivier = at_home("olivier", manner)
    olivier.press("Mon résumé")
    olivier.press("Faire un résumé")
    olivier.tick("Vous avez nommé une force")
    olivier.press("Continuer")
    olivier.write("Titre", title)
    olivier.write("Vos mots, pour commencer", "Je parle d’abord, merci d’écouter.")
    olivier.press("Garder le résumé")
    assert "Personne d’autre ne le voit" in olivier.reads
    olivier.choose("Anne Leduc")
    olivier.press("Montrer")
    assert "C’est montré." in olivier.reads

    leduc = at_home("leduc")
    leduc.press("Ouvrir : Olivier Champoux")
    leduc.menu("Résumé")
    leduc.press(f"Voir : {title}")
    assert "Je parle d’abord" not in leduc.reads, "it is read when it is opened, which is told"
    leduc.press("Ouvrir")
    assert "Je parle d’abord, merci d’écouter." in leduc.reads
    assert "Je connais bien mon corps." in leduc.reads

    olivier.page.reload()
    assert "Anne Leduc a ouvert le résumé" in olivier.reads
    olivier.press("Ne plus le montrer")
    leduc.page.reload()
    assert not leduc.page.get_by_role("button", name="Ouvrir").count()
    assert "Je parle d’abord" not in leduc.page.content()


@pytest.mark.parametrize(
    ("manner", "goal"),
    [
        ("phone", "Ranger mes factures."),
        ("no scripts", "Préparer mes menus."),
        ("keyboard", "Classer mes papiers."),
    ],
)
def test_within_her_rights_she_disputes_what_was_noted_too_fast(at_home, scene, manner, goal):
    """Story 8: Béatrice reads who looked and who wrote, and says that it was not so."""
    leila = at_home("leila")
    leila.press("Ouvrir : Béatrice Nollet")
    leila.press("Plan")
    leila.press("Proposer un objectif")
    leila.write("Dans quels mots?", goal)
    leila.press("Proposer")
    leila.press(goal)
    leila.press("Oui, c’est mon objectif")
    scene.installation.settled()

    beatrice = at_home("beatrice", manner)
    beatrice.press("Ce qui s’est passé")
    beatrice.press("Qui a regardé")
    assert "Leïla Fontaine" in beatrice.reads
    beatrice.press("Décisions")
    beatrice.press(f"Béatrice Nollet a dit oui à l’objectif « {goal}")
    assert "a noté ceci en votre nom" in beatrice.reads
    beatrice.write("Ce qui s’est passé, selon vous", "J’ai dit que j’y réfléchirais.")
    beatrice.press("Ce n’était pas ainsi")
    assert "C’est noté" in beatrice.reads
    beatrice.press("Plan")
    noted = beatrice.page.locator("main li", has_text=goal).first.inner_text()
    assert "Vous dites que ce n’est pas ainsi." in noted

    leila.page.reload()
    assert "dit que ce n’est pas ainsi. À vous de répondre." in leila.reads


@pytest.mark.parametrize("manner", EACH)
def test_she_keeps_a_neighbour_from_seeing_and_need_not_say_why(at_home, manner):
    """Story 8 goes on: a worker who lives next door sees nothing from then on, until she says so."""
    leila, beatrice = at_home("leila"), at_home("beatrice", manner)
    assert "Béatrice Nollet" in leila.reads
    beatrice.press("Mes droits")
    beatrice.unfold("Empêcher quelqu’un de voir")
    beatrice.pick("Qui", "Leïla Fontaine")
    beatrice.tick("Tout")
    beatrice.press("Empêcher de voir")
    assert "C’est fait." in beatrice.reads
    leila.press("Ouvrir : Béatrice Nollet")
    assert "ne vous a pas été montré" in leila.reads
    assert not re.search(r"empêch|voisin", leila.reads)

    beatrice.press("Laisser voir de nouveau : Leïla Fontaine")
    assert "C’est levé." in beatrice.reads
    leila.page.reload()
    assert "ne vous a pas été montré" not in leila.reads
