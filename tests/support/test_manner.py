"""The detector finds what it is for, and lets the house's own sentences pass."""

import pytest

from tests.support.manner import faults

NAMES = ("Noémie Sauvageau", "Karim Belhadj", "Maison du Quai")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Noémie Sauvageau put a star on « Mon travail »: it is a priority."),
        ("en", "“My work”: Noémie Sauvageau a mis une étoile, c’est une priorité."),
        ("en", "Noémie Sauvageau said yes to the goal. Noté par Karim Belhadj, confirmé."),
        ("fr", "Karim Belhadj est parti."),
        ("fr", "Noémie Sauvageau (la personne) s’est inscrite."),
        ("fr", "Noémie Sauvageau n’est pas revenue."),
        ("fr", "Vous êtes inscrite."),
        ("fr", "Vous avez été invité."),
        ("fr", "Karim Belhadj, désigné par la direction."),
        ("fr", "Confirmé par l’intervenante."),
        ("fr", "Une personne accompagné(e) ici."),
        ("fr", "Des proches invité·es."),
        ("fr", "Noémie Sauvageau a refusé l’objectif."),
        ("fr", "Le patient a dit oui."),
        ("en", "The goal has failed."),
        ("en", "The client claims that it is done."),
        ("en", "Noémie Sauvageau confirmed it; she had said so."),
    ],
)
def test_what_is_not_in_the_manner_is_found(language, sentence):
    assert faults(sentence, language, NAMES)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "Noémie Sauvageau a dit oui à l’objectif « I have failed my patients »."),
        ("fr", "Noémie Sauvageau n’est pas d’accord avec ce qui est écrit en son nom : « … »."),
        ("fr", "Le plan a été revu le 3 mai 2026, avec Karim Belhadj."),
        ("fr", "Noté par Karim Belhadj, confirmé par vous le 3 mai 2026."),
        ("fr", "Réponse attendue au plus tard le 3 mai 2026. Lieu : Maison du Quai."),
        ("en", "Support begins: Karim Belhadj. Place: Maison du Quai. [words kept private]"),
        ("en", "Noémie Sauvageau put a star on “Mon travail à la maison”."),
    ],
)
def test_what_is_in_the_manner_passes(language, sentence):
    assert faults(sentence, language, NAMES) == []
