"""What the trail says, to whom."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.reporting.api.saying.sentence import sentence
from services.reporting.api.saying.taking_part import contribution
from services.reporting.api.saying.telling import Telling
from services.reporting.domain.eyes import Eyes
from services.reporting.domain.known import Said, Thing, answer_id, view_id
from services.reporting.domain.sight import Shown
from tests.reporting.told import WHEN, answer, entry, known, party, plain, took


def fr(one, *around, reader="karim", **more):
    return plain(sentence(one, known(one, *around, **more), party(reader), "fr"))


def en(one, *around, reader="karim", **more):
    return sentence(one, known(one, *around, **more), party(reader), "en")


def goal(words="Tenir un cahier de mes dépenses.", **more):
    proposed = entry("plans.goal_proposed", of="beatrice", **more)
    id_ = uuid4()
    said = Said(entry=proposed.id, at=WHEN, version=2, words=words)
    return id_, proposed, {id_: Thing(id=id_, kind="goal", stream=proposed.stream, said=(said,))}


def test_her_answer_in_her_words():
    rated = entry(
        "assessment.theme_rated", {"theme": "travail", "value": 20, "comment": "Ça manque."}
    )

    assert (
        fr(rated) == "Pour « Mon travail », Luc Gendreau a mis 20 %. Commentaire : « Ça manque. »"
    )
    assert en(rated) == "For “My work”, Luc Gendreau put 20%. Comment: “Ça manque.”"


def test_to_the_one_who_did_it_it_says_you():
    rated = entry("assessment.theme_rated", {"theme": "travail", "value": 20})

    assert fr(rated, reader="luc") == "Pour « Mon travail », vous avez mis 20 %."
    assert en(rated, reader="luc") == "For “My work”, you put 20%."


def test_a_theme_left_out_is_a_right_and_a_reason_is_hers():
    declined = entry(
        "plans.theme_declined",
        {"theme": "comprendre-medicaments", "reason": "Mes objectifs, c’est pour ma vie."},
        of="noemie",
    )

    assert fr(declined) == (
        "Noémie Sauvageau a choisi de laisser « Comprendre mes médicaments » hors du plan. "
        "C’est son droit. Raison donnée : « Mes objectifs, c’est pour ma vie. »"
    )


def test_an_agreement_noted_for_her_says_who_noted_it_and_that_silence_is_no_fault():
    goal_, proposed, things = goal()
    agreed = entry(
        "plans.goal_agreed",
        {"goal": str(goal_), "wording": str(proposed.id)},
        of="beatrice",
        noted_by="leila",
        contributors=(took("leila"), took("beatrice", "agreed", "claimed")),
    )

    assert fr(agreed, proposed, things=things) == (
        "Béatrice Nollet a dit oui à l’objectif « Tenir un cahier de mes dépenses. ». "
        "Ont pris part : Leïla Fontaine (accompagnement, a écrit). Noté par Leïla Fontaine. "
        "Béatrice Nollet n’a pas encore donné son avis : c’est facultatif."
    ).replace("dépenses. ».", "dépenses. »")
    # nothing is put in her mouth: « vous avez dit oui » only once it is hers
    assert "vous avez dit oui" not in fr(agreed, proposed, things=things, reader="beatrice").lower()
    assert "Vous pouvez confirmer" in fr(agreed, proposed, things=things, reader="beatrice")


def test_a_dispute_stands_beside_what_it_disputes_and_so_does_a_confirmation():
    goal_, proposed, things = goal()
    agreed = entry(
        "plans.goal_agreed",
        {"goal": str(goal_), "wording": str(proposed.id)},
        of="beatrice",
        noted_by="leila",
        contributors=(took("leila"), took("beatrice", "agreed", "claimed")),
    )
    disputed = answer(agreed, "contribution_disputed", "beatrice")
    confirmed = answer(agreed, "contribution_confirmed", "beatrice")

    against = fr(replace(agreed, answers=(disputed,)), proposed, things=things)
    for_it = fr(replace(agreed, answers=(confirmed,)), proposed, things=things)
    assert against.endswith("Béatrice Nollet n’est pas d’accord depuis le 15 mai 2026.")
    assert for_it.endswith("Noté par Leïla Fontaine, confirmé par Béatrice Nollet le 15 mai 2026.")
    assert fr(
        replace(agreed, answers=(confirmed,)), proposed, things=things, reader="beatrice"
    ).startswith("Vous avez dit oui")


def test_who_noted_it_is_said_once_whatever_each_has_answered():
    goal_, proposed, things = goal()
    agreed = entry(
        "plans.goal_agreed",
        {"goal": str(goal_), "wording": str(proposed.id)},
        of="beatrice",
        noted_by="leila",
        contributors=(
            took("leila"),
            took("karim", "discussed", "claimed"),
            took("beatrice", "agreed", "claimed"),
        ),
    )
    hers = answer(agreed, "contribution_confirmed", "beatrice")
    one = replace(agreed, answers=(hers,))
    both = replace(agreed, answers=(hers, answer(agreed, "contribution_confirmed", "karim")))

    assert fr(one, proposed, things=things, reader="etienne").endswith(
        " Noté par Leïla Fontaine, confirmé par Béatrice Nollet le 15 mai 2026. "
        "Karim Belhadj n’a pas encore donné son avis : c’est facultatif."
    )
    assert fr(both, proposed, things=things, reader="beatrice").endswith(
        " Noté par Leïla Fontaine, confirmé par Karim Belhadj le 15 mai 2026 "
        "et par vous le 15 mai 2026."
    )
    for told in (fr(one, proposed, things=things), fr(both, proposed, things=things)):
        assert told.count("Noté par") == 1


def test_an_answer_noted_for_someone_names_them_once():
    rated = entry(
        "assessment.theme_rated",
        {"theme": "travail", "value": 60},
        noted_by="karim",
        contributors=(took("karim"), took("luc", "proposed", "claimed")),
    )
    told = "Pour « Mon travail », Luc Gendreau a mis 60 %"

    assert fr(rated, reader="karim") == f"{told}. Noté par vous."
    # until confirmed, the one it is noted for is not told « réponse donnée par vous »
    assert fr(rated, reader="luc") == f"{told}. Noté par Karim Belhadj."
    assert fr(rated, reader="etienne") == (
        f"{told} (réponse donnée par Luc Gendreau). Noté par Karim Belhadj."
    )


@pytest.mark.parametrize("kind", ["assessment.assessment_shared", "network.network_shared"])
def test_to_whom_else_something_is_shown_is_not_told(kind):
    shared = entry(kind, {"audience": [str(party("leila"))], "parts": ["stars"]})
    eyes = Eyes(party=party("karim"), kind="care")
    trimmed = Shown().trimmed(shared, eyes)

    assert " à d’autres personnes." in fr(trimmed)
    assert " to other people." in en(trimmed)
    assert "Leïla" not in fr(trimmed)
    assert " à Leïla Fontaine." in fr(shared, reader="luc")


def test_an_end_for_others_names_nobody():
    ended = entry("assessment.sharing_ended", {"sharing": str(uuid4()), "audience": []})

    assert fr(ended) == "Luc Gendreau a mis fin au partage de ce portrait."


def test_a_dispute_says_what_is_disputed():
    goal_, proposed, things = goal()
    agreed = entry("plans.goal_agreed", {"goal": str(goal_)}, of="beatrice", stream=proposed.stream)
    disputed = entry(
        "plans.contribution_disputed",
        {"entry": str(agreed.id), "reason": "J’ai dit que j’y réfléchirais."},
        of="beatrice",
    )

    assert fr(disputed, agreed, proposed, things=things) == (
        "Béatrice Nollet n’est pas d’accord avec ce qui est écrit en son nom : « Béatrice Nollet "
        "a dit oui à l’objectif “Tenir un cahier de mes dépenses.” » "
        "Raison donnée : « J’ai dit que j’y réfléchirais. »"
    )


def test_a_view_that_moves_says_what_moved_it():
    stream = uuid4()
    words = entry(
        "assessment.theme_discussed",
        {"theme": "securite", "words": "Ici, je dors."},
        of="rejean",
    )
    revised = entry(
        "assessment.view_revised",
        {"theme": "securite", "perspective": "practitioner", "value": 90},
        of="rejean",
        by="karim",
        stream=stream,
        version=9,
        because_of=(words.id,),
    )
    noted = entry(
        "assessment.view_noted", {"theme": "securite", "value": 50}, of="rejean", by="karim"
    )
    key = view_id(stream, "securite", party("karim"))
    said = (
        Said(entry=noted.id, at=WHEN, version=5, value=50),
        Said(entry=revised.id, at=WHEN, version=9, value=90),
    )
    things = {key: Thing(id=key, kind="view", stream=stream, said=said)}

    assert fr(revised, words, noted, things=things, reader="rejean") == (
        "Après l’échange avec vous, Karim Belhadj a revu son regard sur "
        "« Me sentir en sécurité » : 50 % avant, 90 % maintenant. Ce qui a compté : « Ici, je dors. »"
    )


def test_an_answer_moves_in_an_exchange_and_by_nothing_else():
    stream = uuid4()
    first = entry("assessment.theme_rated", {"theme": "travail", "value": 20}, stream=stream)
    words = entry("assessment.theme_discussed", {"theme": "travail", "words": "Être attendu."})
    again = entry(
        "assessment.theme_rated", {"theme": "travail", "value": 35},
        stream=stream, version=9, because_of=(words.id,),
    )  # fmt: skip
    said = (
        Said(entry=first.id, at=WHEN, version=3, value=20),
        Said(entry=again.id, at=WHEN, version=9, value=35),
    )
    key = answer_id(stream, "travail")
    things = {key: Thing(id=key, kind="answer", stream=stream, said=said)}
    assert fr(again, first, words, things=things) == (
        "Après l’échange, Luc Gendreau a revu sa réponse pour « Mon travail » : "
        "20 % avant, 35 % maintenant. Ce qui a compté : « Être attendu. »"
    )

    plainly = "Pour « Mon travail », Luc Gendreau a mis 35 %."
    only = {key: Thing(id=key, kind="answer", stream=stream, said=said[1:])}
    assert fr(again, words, things=only) == f"{plainly} Après cet échange : « Être attendu. »"
    way = entry("directory.way_of_working_agreed", {"first": "alone", "words": "Seul."})
    after = replace(again, because_of=(way.id,))
    assert fr(after, first, way, things=things) == plainly


def test_a_goal_is_named_as_it_was_then():
    goal_, proposed, _ = goal("Trouver un travail")
    stream = proposed.stream
    said = (
        Said(entry=proposed.id, at=WHEN, version=2, words="Trouver un travail"),
        Said(entry=uuid4(), at=WHEN, version=8, words="Travailler où il y a de la musique"),
    )
    things = {goal_: Thing(id=goal_, kind="goal", stream=stream, said=said)}
    paused = entry("plans.goal_paused", {"goal": str(goal_)}, stream=stream, version=5)
    resumed = entry("plans.goal_resumed", {"goal": str(goal_)}, stream=stream, version=9)

    assert "« Trouver un travail »" in fr(paused, things=things)
    assert "« Travailler où il y a de la musique »" in fr(resumed, things=things)


def test_words_that_were_withdrawn_are_said_to_be_gone():
    gone = entry("assessment.theme_discussed", readable=False)

    assert fr(gone) == "Échange sur un thème, par Luc Gendreau. [mots effacés]"


def test_words_that_stay_private_leave_the_envelope():
    one = entry(
        "assessment.star_placed",
        {"theme": "travail"},
        contributors=(took("luc"), took("karim", "discussed")),
    )

    assert fr(one, reader="etienne", hidden=frozenset({one.id})) == (
        "Étoile, par Luc Gendreau. Ont pris part : Karim Belhadj (accompagnement, en a parlé). "
        "[mots gardés privés]"
    )


def test_a_hidden_strength_stays_hidden_in_the_goal_that_grew_from_it():
    strength = entry("assessment.strength_named", {"kind": "personal", "words": "La guitare"})
    said = (Said(entry=strength.id, at=WHEN, version=1, words="La guitare"),)
    things = {
        strength.id: Thing(id=strength.id, kind="strength", stream=strength.stream, said=said)
    }
    proposed = entry(
        "plans.goal_proposed",
        {
            "goal": str(uuid4()),
            "words": "Jouer",
            "grown_from": [f"strength:{strength.id}", "star:travail"],
        },
    )

    assert "la force « La guitare » et l’étoile à « Mon travail »" in fr(proposed, things=things)
    hidden = fr(proposed, things=things, hidden=frozenset({strength.id}))
    assert "guitare" not in hidden
    assert "[mots gardés privés]" in hidden


def test_whom_a_tie_is_shown_to_is_said_to_her_and_to_others_each_in_their_place():
    kept = entry("network.tie_visibility_set", {"tie": str(uuid4()), "visibility": "just_me"})
    assert fr(kept, reader="luc").endswith(": pour vous seulement.")
    assert en(kept, reader="luc").endswith(": just for you.")
    assert fr(kept, reader="karim").endswith(": pour la personne seulement.")
    assert en(kept, reader="karim").endswith(": just for the person.")


def test_a_source_that_nobody_told_here_has_no_words_to_erase():
    tie, withdrawn, later, unknown = (uuid4() for _ in range(4))
    proposed = entry(
        "plans.goal_proposed",
        {
            "goal": str(uuid4()),
            "words": "Jouer",
            "grown_from": [
                f"tie:{tie}",
                f"tie:{later}",
                f"strength:{unknown}",
                f"aspiration:{unknown}",
                f"strength:{withdrawn}",
            ],
        },
    )
    after = Said(entry=uuid4(), at=WHEN + timedelta(days=1), version=1, words="Marc")
    gone = Said(entry=withdrawn, at=WHEN, version=1)
    things = {
        later: Thing(id=later, kind="tie", stream=uuid4(), said=(after,)),
        withdrawn: Thing(id=withdrawn, kind="strength", stream=uuid4(), said=(gone,)),
    }

    assert (
        "Vient de : un lien, un lien, une force, ce qui compte et la force « [mots effacés] »."
        in fr(proposed, things=things)
    )
    assert (
        "Comes from: a tie, a tie, a strength, what matters and the strength “[words erased]”."
        in en(proposed, things=things)
    )


def test_what_stood_in_the_way_is_named_by_logic():
    goal_, proposed, things = goal("Visiter trois appartements")
    paused = entry(
        "plans.goal_set_aside",
        {
            "goal": str(goal_),
            "stood_in_the_way": {"logic": "management", "words": "Personne avant septembre."},
        },
        stream=proposed.stream,
    )

    assert "Ce qui a bloqué : « Personne avant septembre. » (les moyens" in fr(
        paused, things=things
    )


def test_a_look_says_who_when_and_why():
    look = entry(
        "assessment.record_read",
        {"scope": "assessment", "standing": "care", "role": "practitioner", "purpose": None},
        by="karim",
        occurred_at=datetime(2026, 6, 1, 3, 0, tzinfo=UTC),
    )

    # 3 h in UTC is still the day before in Québec
    assert fr(look, reader="luc") == (
        "Karim Belhadj (accompagnement) a consulté : le portrait, le 31 mai 2026."
    )


def test_the_first_of_a_month_is_said_as_one_says_it():
    meeting = entry(
        "assessment.sharing_meeting_held",
        {"themes": ["travail", "sommeil"]},
        occurred_at=datetime(2026, 6, 1, 15, tzinfo=UTC),
    )

    assert fr(meeting) == (
        "Rencontre de mise en commun le 1er juin 2026, avec Luc Gendreau. "
        "Thèmes abordés : « Mon travail » et « Mon sommeil »."
    )


def test_each_contributor_is_told_in_full():
    one = entry(
        "plans.goal_agreed",
        contributors=(
            replace(took("luc", "agreed"), knowledge=("experiential",)),
            replace(
                took("karim", "discussed", "claimed"), knowledge=("professional", "scientific")
            ),
        ),
    )
    told = Telling(one, known(one), party("etienne"), "fr")

    assert [plain(contribution(told, c)) for c in one.contributors] == [
        (
            "Luc Gendreau (la personne) : a dit oui, sait par expérience de vie "
            "— par sa propre connexion"
        ),
        (
            "Karim Belhadj (accompagnement) : en a parlé, sait par métier et sait par la recherche "
            "— noté par Luc Gendreau, sans réponse encore"
        ),
    ]


def test_what_was_written_down_on_a_later_day_says_both_days():
    one = entry(
        "plans.plan_closed",
        occurred_at=datetime(2026, 5, 12, 19, 0, tzinfo=UTC),
        recorded_at=datetime(2026, 5, 13, 13, 10, tzinfo=UTC),
    )

    assert fr(one) == (
        "Luc Gendreau a fermé le plan. Arrivé le 12 mai 2026, écrit ici le 13 mai 2026."
    )
