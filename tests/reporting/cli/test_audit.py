"""`cosigne audit`: a person's trail, and the record of a decision, in plain words."""

from argparse import Namespace

import pytest

from cosigne.cli import asking, audit
from cosigne.words import Words
from tests.reporting.api.scene import Scene, plain, story


@pytest.fixture
def asked(house, monkeypatch, capsys):
    """What the command prints when this person asks."""

    def ask(who, **given):
        token = who.client.headers["Authorization"].removeprefix("Bearer ")
        monkeypatch.setenv("COSIGNE_TOKEN", token)
        monkeypatch.setattr(asking, "settings_here", lambda: house.installation.settings)
        usual = {"key": None, "decisions": False, "decision": None, "proof": False}
        usual |= {"every": False, "lang": "fr"}
        audit.command(
            Namespace(**{**usual, "person": str(house.person.id), **given}), Words(("fr",))
        )
        return plain(capsys.readouterr().out)

    return ask


def test_she_reads_her_trail(house, asked):
    scene = Scene(house)
    story(scene)
    scene.settled()

    told = asked(house.person)
    assert "2026-02-03\n  Vous avez commencé un portrait, en solo.\n" in told
    assert "Vous avez mis une étoile à « Mon travail »." in told
    assert "You put a star on “My work”." in asked(house.person, lang="en")


def test_a_decision_is_told_with_its_contributors_its_chain_and_its_proof(house, asked):
    scene = Scene(house)
    agreed = story(scene).agreed
    scene.settled()

    told = asked(house.person, decision=str(agreed.id), proof=True)
    head, _, rest = told.partition("Ce qui y a mené :")
    before, _, after = rest.partition("Ce qui en est venu :")
    assert "practitioner (accompagnement) : a dit oui — noté par vous, sans réponse encore" in head
    assert f"{agreed.id}  plans" in head
    assert "Vous avez mis une étoile" in before
    assert "Vous avez ajouté « Le gars du magasin » à votre réseau." in before
    assert "C’est mieux qu’avant" in after


def test_others_are_told_what_they_may_see(house, asked):
    scene = Scene(house)
    story(scene)
    scene.settled()

    told = asked(house.practitioner)
    assert "mis une étoile" not in told
    assert "a dit oui à l’objectif « Travailler au magasin de musique »" in told


def test_what_says_the_same_again_is_told_once_and_counted(house, asked):
    scene = Scene(house)
    story(scene)
    looking = f"/reporting/v1/persons/{house.person.id}/decisions"
    for _ in range(5):
        assert house.practitioner.client.get(looking).status_code == 200
    scene.settled()

    told, every = asked(house.person), asked(house.person, every=True)
    assert told.count("a consulté : une décision") == 1
    assert "(et 4 autres fois, de même" in told
    assert every.count("a consulté : une décision") == 5
