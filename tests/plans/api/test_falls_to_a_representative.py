"""Whoever represents her or assists her reads of her plan what falls to them, and may do it."""

from datetime import UTC, datetime, timedelta

import pytest

from services.directory.domain import events as told
from tests.support.installation import relations


def represented(house, name, role, *scope):
    someone = house.add(name, role, role)
    house.tell(
        told.RepresentationStarted,
        relations(house.person.id),
        house.person.id,
        party=someone.id,
        kind="curatelle renforcée",
        scope=scope,
        until=datetime.now(UTC).date() + timedelta(days=90),
        role=role,
    )
    house.installation.settled()
    return someone


@pytest.fixture(params=["representative", "assistant"])
def paul(request, house):
    return represented(house, "paul", request.param, "money", "papers")


@pytest.fixture
def goals(house, hers, paul):
    """Two goals: in the first an action falls to Paul and another does not."""
    mine = hers.agreed("Voir clair dans mes comptes.")
    other = hers.agreed("Revoir ma sœur.")
    hers.by(house.person, f"goals/{mine}/discussions", words="Il me fait peur, ce relevé.")
    for words, who in (("Appeler la banque.", paul), ("Retrouver mes papiers.", house.person)):
        hers.by(house.person, f"goals/{mine}/actions", words=words, responsible=str(who.id))
    hers.by(house.person, f"goals/{other}/actions", words="Lui écrire.")
    hers.by(house.person, "themes-declined", theme="comprendre-medicaments")
    hers.by(house.person, "reviews", words="On continue ainsi.")
    house.installation.settled()
    return mine, other


def test_they_see_what_falls_to_them_and_the_words_of_its_goal(house, hers, paul, goals):
    seen = hers.seen_by(paul)
    (goal,) = seen["goals"]
    assert goal["words"] == "Voir clair dans mes comptes."
    assert [action["words"] for action in goal["actions"]] == ["Appeler la banque."]
    text = paul.client.get(hers.path).text
    for kept in ("sœur", "relevé", "Retrouver", "Lui écrire", "comprendre", "continue"):
        assert kept not in text
    (listed,) = paul.client.get(hers.plans).json()["plans"]
    assert listed["id"] == hers.id


def test_they_take_on_and_do_what_falls_to_them_and_nothing_else(house, hers, paul, goals):
    actions = [a for g in hers.seen_by(house.person)["goals"] for a in g["actions"]]
    bank, papers, letter = (a["action"] for a in actions)
    assert hers.by(paul, f"actions/{bank}/acceptances")["acceptance"] == "own"
    done = hers.by(paul, f"actions/{bank}/completions")
    assert (done["status"], done["words"]) == ("done", "Appeler la banque.")
    for other in (papers, letter):
        refused = hers.refused(paul, f"actions/{other}/completions")
        assert refused == (404, "action.unknown")
    assert hers.refused(paul, "goals", words="Un objectif.") == (403, "action.not_yours")


def test_where_nothing_falls_to_them_there_is_nothing_to_see(house, hers, paul):
    hers.agreed("Revoir ma sœur.")
    house.installation.settled()
    answer = paul.client.get(hers.path)
    assert (answer.status_code, answer.json()["code"]) == (404, "stream.unknown")
    assert paul.client.get(hers.plans).json() == {"plans": []}


@pytest.mark.parametrize("scope", ["sharing", "rights"])
def test_a_scope_that_needs_none_of_her_tabs_opens_none(house, hers, scope):
    someone = represented(house, "rose", "representative", scope)
    answer = someone.client.get(hers.path)
    assert (answer.status_code, answer.json()["code"]) == (404, "person.unknown")
