"""Leading the meeting: Olivier speaks first, with a summary he made, shown to whom and until when."""

from functools import partial

from tests.journeys.looking import place_of
from tests.journeys.told import Told, plain, took_part

at = partial(place_of, 7)
MADE = at("summary_made")
SHARED = at("summary_shared")
OPENED = at("summary_opened")
ENDED = at("summary_share_ended")
TITLE = "Ce que je veux dire au rendez-vous"


def test_he_makes_it_with_isabelle_and_it_is_his(told: Told) -> None:
    made = told.entry("olivier", MADE)
    assert plain(made["sentence"]) == (
        f"Vous avez préparé un résumé : « {TITLE} ». "
        "Noté par vous, confirmé par Isabelle Fortin le 24 novembre 2025."
    )
    assert took_part(made) == [
        ("Olivier Champoux", "person", "wrote", ("experiential",), "own"),
        ("Isabelle Fortin", "practitioner", "discussed", ("professional",), "confirmed"),
    ]


def test_he_decides_who_sees_it_and_until_when(told: Told) -> None:
    assert told.sentence("olivier", SHARED) == (
        "Vous avez montré votre résumé à Anne Leduc, à l’écran, jusqu’au 8 décembre 2025."
    )
    assert told.sentence("olivier", SHARED, language="en") == (
        "You showed your summary to Anne Leduc, on screen, until 8 December 2025."
    )
    assert told.entry("olivier", SHARED)["decision"]


def test_she_reads_the_pieces_he_chose_in_his_order_and_nothing_else(told: Told) -> None:
    answer = told.saw("leduc_reads_the_list")
    (brief,) = answer["summaries"]
    assert (brief["title"], brief["until"], brief["shares"]) == (TITLE, "2025-12-08", [])
    opened = told.opened("leduc_opens")
    said = [(p["kind"], p["heading"], p["words"], p["value"]) for p in opened["pieces"]]
    assert said == [
        ("star", "Mon énergie", None, None),
        ("answer", "Mon sommeil", "Le médicament du soir m’assomme.", 25),
        ("strength", None, "Je connais bien mon corps.", None),
    ]
    assert opened["called"] == "Olivier Champoux"
    assert "Maman parle mieux que moi" not in str(opened)


def test_nobody_else_knows_that_there_is_one(told: Told) -> None:
    assert told.saw("isabelle_reads_the_list")["summaries"] == []
    assert told.refused("isabelle_reads_it") == (404, "stream.unknown")
    assert told.refused("isabelle_opens_it") == (404, "stream.unknown")
    assert told.refused("diane_opens_it") == (404, "stream.unknown")
    for look in ("isabelle_reads_the_trail", "diane_reads_the_trail"):
        types = {entry["type"] for entry in told.saw(look)["entries"]}
        assert not types & {"reporting.summary_shared", "reporting.summary_opened"}


def test_that_it_was_opened_is_on_record(told: Told) -> None:
    assert told.sentence("olivier", OPENED) == "Anne Leduc a ouvert le résumé le 1er décembre 2025."
    assert told.sentence("olivier", OPENED, language="en") == (
        "Anne Leduc opened the summary on 1 December 2025."
    )


def test_what_he_said_first_led_to_a_goal_of_his(told: Told) -> None:
    words = "Revoir l’heure du médicament du soir et en reparler dans un mois."
    goal = told.entry("olivier", at("goal_agreed"))
    assert words in plain(goal["sentence"])
    met = told.entry("leduc", at("sharing_meeting_held"), "olivier")
    assert "J’ai parlé en premier." in plain(met["sentence"])


def test_once_it_has_ended_it_opens_no_more(told: Told) -> None:
    assert told.sentence("olivier", ENDED) == (
        "Vous avez mis fin au partage du résumé avec Anne Leduc."
    )
    assert told.refused("leduc_opens_again") == (404, "stream.unknown")
    assert told.saw("leduc_reads_the_list_again")["summaries"] == []


def test_a_consent_ends_without_a_reason_being_asked(told: Told) -> None:
    assert told.sentence("olivier", at("consent_withdrawn")) == (
        "Vous avez mis fin au partage avec Diane Champoux."
    )
    assert told.refused("diane_reads_no_more") == (404, "person.unknown")
