"""The stories of her plan: what grows from what, whose yes it takes, and what stays out."""

import re

import pytest


@pytest.mark.parametrize(
    ("manner", "theme"),
    [("phone", "Ma santé physique"), ("no scripts", "Bouger"), ("keyboard", "Mon sommeil")],
)
def test_what_she_leaves_out_of_the_plan_stays_out_until_she_takes_it_up(at_home, manner, theme):
    """Story 3: Isabelle suggests a theme, Noémie leaves it out, and only she takes it up again."""
    isabelle = at_home("isabelle")
    isabelle.press("Ouvrir : Noémie Sauvageau")
    isabelle.press("Plan")
    isabelle.press("Suggérer un thème")
    isabelle.pick("Quel thème?", theme)
    isabelle.press("Suggérer")

    noemie = at_home("noemie", manner)
    noemie.press("Plan")
    noemie.press(f"Laisser hors du plan : {theme}")
    assert f"Vous avez choisi de laisser « {theme} » hors du plan. C’est votre droit." in (
        noemie.reads
    )

    isabelle.page.reload()
    assert f"a choisi de laisser « {theme} » hors du plan. C’est son droit." in isabelle.reads
    assert not re.search(r"refus|non-respect", isabelle.reads, re.IGNORECASE)
    assert not isabelle.page.get_by_text("En reparler").count(), "only she takes it up again"

    noemie.unfold(f"En reparler : {theme}")
    noemie.press("Je veux en reparler")
    assert "On peut en reparler." in noemie.reads
    assert f"« {theme} » hors du plan" not in noemie.reads


@pytest.mark.parametrize(
    ("manner", "theirs", "hers"),
    [
        ("phone", "Socialiser davantage.", "Voir du monde le samedi."),
        ("no scripts", "Sortir de l’isolement.", "Prendre un café avec Maude."),
        ("keyboard", "Développer des contacts.", "Parler à ma voisine."),
    ],
)
def test_they_wait_for_each_other_and_set_the_goal_together(at_home, manner, theirs, hers):
    """Story 4: Sandrine waits for Chantal; one goal, in other words; both say how far it came."""
    sandrine, chantal = at_home("sandrine", manner), at_home("chantal")
    sandrine.press("Qualité de vie")
    sandrine.press("Vie sociale")
    sandrine.press("Mes amitiés")
    sandrine.unfold("J’aimerais mieux le faire avec quelqu’un")
    sandrine.pick("Avec qui", "Chantal Morissette")
    sandrine.write("Un mot de plus, si je veux", f"Pas « {theirs} », mais ensemble.")
    sandrine.press("Garder")
    chantal.press("Ouvrir : Sandrine Paquin")
    assert f"Pas « {theirs} », mais ensemble." in chantal.reads

    chantal.press("Plan")
    chantal.press("Proposer un objectif")
    chantal.write("Dans quels mots?", theirs)
    chantal.press("Proposer")

    sandrine.press("Plan")
    sandrine.press(theirs)
    assert "Il attend votre mot." in sandrine.reads
    sandrine.press("Avec d’autres mots")
    sandrine.write("Qu’est-ce qui ne va pas", "Ça ne me ressemble pas.")
    sandrine.press("Demander d’autres mots")
    sandrine.press("Le dire autrement")
    sandrine.write("Les nouveaux mots", hers)
    sandrine.press("Garder ces mots")
    sandrine.press("Oui, c’est mon objectif")
    assert "En cours, avec votre oui." in sandrine.reads

    sandrine.unfold("Dire où j’en suis")
    sandrine.choose("Un début")
    sandrine.press("Garder")
    chantal.press("Plan")
    chantal.press(hers)
    chantal.unfold("Dire comment vous le voyez")
    chantal.choose("À mi-chemin")
    chantal.press("Garder")
    sandrine.page.reload()
    for page, other in ((chantal.page, "Sandrine Paquin"), (sandrine.page, "Chantal Morissette")):
        table = page.locator("figure table").inner_text()
        assert all(told in table for told in (other, "25", "50"))


@pytest.mark.parametrize(
    ("manner", "words"),
    [
        ("phone", "Réparer le vélo de ma sœur."),
        ("no scripts", "Montrer à d’autres comment on répare."),
        ("keyboard", "Réparer les vélos du quartier, le samedi."),
    ],
)
def test_out_of_stars_and_strengths_grows_a_goal(at_home, manner, words):
    """Story 5: from a star and a strength of Hugo's comes a goal, and its first step."""
    hugo = at_home("hugo", manner)
    hugo.press("Plan")
    hugo.press("Proposer un objectif")
    hugo.write("Dans mes mots", words)
    hugo.tick("Mon travail ou mon occupation")
    hugo.tick("Je sais réparer les vélos.")
    hugo.press("Proposer")
    hugo.press(words)
    assert "Parti d’une étoile : Mon travail ou mon occupation" in hugo.reads
    assert "Je sais réparer les vélos." in hugo.reads
    hugo.press("Oui, c’est mon objectif")
    assert "En cours, avec votre oui." in hugo.reads
    hugo.press("Ajouter une étape")
    hugo.write("Que faire?", "Demander la clé de l’atelier.")
    hugo.press("Garder")
    assert "Demander la clé de l’atelier." in hugo.reads
    hugo.press("C’est fait")
    assert "Fait." in hugo.reads
