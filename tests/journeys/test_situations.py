"""What else happens to people of the cast: words taken back, an emergency, someone who acts for one."""

import pytest

from cosigne.people import find
from shared.postgres.pool import connect
from tests.journeys.looking import party
from tests.journeys.told import Told, plain, themes_of, took_part, values_of

THIRD = "[demo: words about a third party]"


def test_words_taken_back_are_read_by_nobody_and_the_trace_stays(told: Told) -> None:
    assert THIRD in told.seen["words_there"].text
    for look in ("words_gone", "words_gone_to_her"):
        assert THIRD not in told.seen[look].text
        assert "famille" not in themes_of(told.saw(look))
    for who in ("yasmine", "thomas", "sophie", "julien"):
        assert all(THIRD not in s for s in told.sentences(who, "yasmine"))
    entry = told.entry("yasmine", "withdrawn-words/1")
    assert entry["words"] == "withdrawn"
    assert plain(entry["sentence"]) == "Échange sur un thème, par Yasmine Benali. [mots effacés]"
    assert told.sentence("yasmine", "withdrawn-words/2") == (
        "Vous avez fait retirer des mots écrits le 20 avril 2026. Personne ne peut plus les lire. "
        "Des copies chiffrées disparaissent dans la journée qui suit."
    )
    assert took_part(entry) == [("Yasmine Benali", "person", "wrote", ("experiential",), "own")]


def test_their_bytes_are_gone_and_their_place_is_not(told: Told) -> None:
    proof = told.entry("yasmine", "withdrawn-words/1")["proof"]
    with connect(told.installation.settings.conninfo("assessment", "relay")) as relay:
        (body, leaf) = relay.execute(
            "SELECT body, leaf FROM published WHERE tenant_id = %s AND position = %s",
            (find("yasmine").tenant, proof["position"]),
        ).fetchone()
    assert body is None
    assert leaf.hex() == proof["leaf"]


def test_paper_is_noted_for_him_and_says_so_until_he_confirms(told: Told) -> None:
    for look in ("paper_to_luc", "paper_to_karim"):
        answer = themes_of(told.saw(look))["mes-journees"]["answer"]
        assert (answer["value"], answer["attestation"]) == (60, "claimed")
        assert answer["noted_by"] == party("karim")
        assert answer["occurred_at"].startswith("2026-06-03")


def test_nothing_of_a_minors_shows_by_itself(told: Told) -> None:
    assert told.saw("isabelle_of_elodie") == {"assessments": []}
    words = "Je veux que ça reste ici."
    assert any(words in s for s in told.sentences("elodie"))
    for who in ("isabelle", "etienne", "nathalie"):
        assert all(words not in s for s in told.sentences(who, "elodie"))


def test_staying_the_same_is_what_she_wanted(told: Told) -> None:
    assert told.sentence("odette", "maintained/5").startswith(
        "À propos de « Mon logement », depuis le 2 octobre 2025, vous dites : "
        "« Ça n’a pas bougé, et c’est ce que je veux »."
    )
    path = f"/assessment/v1/persons/{party('odette')}/assessments"
    portraits = told.get("odette", path)["assessments"]
    assert [values_of(p) for p in portraits] == [{"logement": 95}, {"logement": 95}]


def test_whoever_acts_for_him_in_money_matters_sees_that_he_may_and_no_more(told: Told) -> None:
    agreed = told.entry("gerard", "curatelle/6")
    assert took_part(agreed)[2] == ("Paul Ferrand", "representative", "agreed", (), "claimed")
    seen = told.trail("paul", "gerard")
    assert {e["type"] for e in seen if not e["type"].endswith("record_read")} == {
        "directory.representation_started",
        "plans.goal_agreed",
        "plans.contribution_confirmed",
    }
    assert all("cent euros" not in e["sentence"] for e in seen)
    assert "cent euros" not in told.seen["paul_reads_the_plan"].text


@pytest.mark.parametrize("look", ["paul_answers", "paul_answers_in_his_name"])
def test_nor_does_he_ever_answer_in_his_place(told: Told, look: str) -> None:
    assert told.refused(look) == (404, "person.unknown")


@pytest.mark.parametrize("look", ["paul_proposes", "paul_proposes_in_his_name", "paul_agrees"])
def test_of_a_plan_he_does_what_falls_to_him_and_nothing_else(told: Told, look: str) -> None:
    assert told.refused(look) == (403, "action.not_yours")


def test_his_answer_is_his_own_and_stays_with_him(told: Told) -> None:
    path = f"/assessment/v1/persons/{party('gerard')}/assessments"
    (portrait,) = told.get("gerard", path)["assessments"]
    assert values_of(portrait) == {"budget": 60}
    for look in ("paul_reads_portraits", "paul_reads_it"):
        assert told.refused(look) == (404, "person.unknown")
    assert told.refused("paul_reads_the_plan") == (404, "stream.unknown")


def test_an_emergency_opens_for_an_hour_is_told_to_him_and_checked_on_monday(told: Told) -> None:
    assert told.refused("isabelle_a_stranger") == (404, "person.unknown")
    assert told.seen["isabelle_in_emergency"].status_code == 200
    assert told.refused("isabelle_when_it_ended") == (404, "person.unknown")
    kinds = [e["type"] for e in told.saw("rejean_is_told")["entries"]]
    assert "directory.emergency_access_opened" in kinds
    opened = told.sentence("rejean", "emergency/1")
    assert "Isabelle Fortin" in opened
    assert "Inquiétude pour sa sécurité, appel d’un proche." in opened
    assert "Nathalie Guay" in told.sentence("rejean", "emergency/2")


@pytest.mark.parametrize("who", ["isabelle", "chantal", "sylvie", "patrick"])
def test_without_it_nobody_else_reads_his_portraits(told: Told, who: str) -> None:
    answer = told.ask(who, f"/assessment/v1/persons/{party('rejean')}/assessments")
    assert answer.status_code in (403, 404)
    assert "100" not in answer.text
