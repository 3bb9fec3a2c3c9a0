from __future__ import annotations

from uuid import UUID

import pytest

from tests.assessment.api.portraits import begin, defaults
from tests.plans.api.hers import noted_for, with_

MEDICATION = "comprendre-medicaments"


@pytest.fixture
def portrait(house):
    """Her portrait with the default questionnaire, known to the plans service too."""
    portrait = begin(house, defaults(house)["default"])
    portrait.by(house.person, "ratings", theme=MEDICATION, value=20)
    portrait.by(house.person, "stars", theme=MEDICATION)
    house.installation.settled()
    return portrait


def entries(portrait, theme=MEDICATION):
    """Her rating of a theme and its star, by their ids."""
    found = portrait.themes_seen_by(portrait.house.person)[theme]
    return found["answer"]["entry"], found["star"]["entry"]


def test_considered_left_out_and_taken_up_again(house, hers):
    shown = hers.by(house.practitioner, "themes-considered", theme=MEDICATION)
    assert [t["theme"] for t in shown["considered"]] == [MEDICATION]
    shown = hers.by(house.person, "themes-declined", theme=MEDICATION, reason="Pas pour ça.")
    (out,) = shown["left_out"]
    assert (out["theme"], out["reason"], shown["considered"]) == (MEDICATION, "Pas pour ça.", [])
    shown = hers.by(house.person, "themes-reconsidered", theme=MEDICATION, reason="Moi, je veux.")
    assert shown["left_out"] == []


def test_only_she_leaves_out_and_takes_up_again(house, hers):
    by = house.practitioner
    assert hers.refused(by, "themes-declined", theme=MEDICATION) == (403, "theme.hers_to_decline")
    hers.by(by, "themes-declined", theme=MEDICATION, act=noted_for(house.person))
    again = {"theme": MEDICATION}
    assert hers.refused(by, "themes-reconsidered", **again) == (403, "action.not_yours")
    for_her = {**again, "act": noted_for(house.person)}
    assert hers.refused(by, "themes-reconsidered", **for_her) == (403, "action.not_yours")


def test_by_no_route_and_under_no_name(house, hers, portrait):
    rating, star = entries(portrait)
    goal = hers.agreed()
    hers.by(house.person, "themes-declined", theme=MEDICATION)
    by = house.practitioner
    for resource, body in (
        ("themes-considered", {"theme": MEDICATION}),
        ("themes-considered", {"theme": "Comprendre mes médicaments"}),
        ("themes-considered", {"theme": "sommeil", "act": {"because_of": [rating]}}),
        ("goals", {"words": "Mieux dormir", "grown_from": [f"star:{MEDICATION}"]}),
        ("goals", {"words": "Mieux dormir", "grown_from": [f"rating:{MEDICATION}"]}),
        ("goals", {"words": "Mieux dormir", "grown_from": [f"theme:{MEDICATION}"]}),
        ("goals", {"words": "Mieux dormir", "act": {"because_of": [star]}}),
        ("goals", {"words": "Mieux dormir", "act": {"because_of": [rating]}}),
        ("goals", {"words": "Comprendre mes médicaments"}),
        ("goals", {"words": "Understanding my medication", "act": noted_for(house.person)}),
        (f"goals/{goal}/wordings", {"words": "Comprendre mes médicaments, puis la chimie"}),
        (f"goals/{goal}/wordings", {"words": "Autrement", "act": {"because_of": [star]}}),
        (f"goals/{goal}/actions", {"words": "Lire", "act": {"because_of": [star]}}),
        (f"goals/{goal}/actions", {"words": "« Comprendre mes médicaments »"}),
        (f"goals/{goal}/discussions", {"words": "Et comprendre mes médicaments ?"}),
        ("reviews", {"words": "Il reste : comprendre mes médicaments."}),
    ):
        assert hers.refused(by, resource, **body) == (409, "theme.declined"), (resource, body)
    assert house.person.client.get(hers.path).json()["themes"]["considered"] == []


@pytest.mark.parametrize(
    ("language", "titled", "untitled"),
    [
        (
            "fr",
            "La personne a laissé «\u00a0Comprendre mes médicaments\u00a0» hors du plan.",
            "La personne a laissé ce thème hors du plan.",
        ),
        (
            "en",
            "The person left “Understanding my medication” out of the plan.",
            "The person left this theme out of the plan.",
        ),
    ],
)
def test_a_refusal_names_the_theme_by_its_title_or_not_at_all(
    house, hers, portrait, language, titled, untitled
):
    assert portrait.opened["catalogue"]
    for theme, said in ((MEDICATION, titled), ("theme-maison-7", untitled)):
        hers.by(house.person, "themes-declined", theme=theme)
        answer = house.practitioner.client.post(
            f"{hers.path}/themes-considered",
            json={"theme": theme},
            headers={"Accept-Language": language},
        )
        assert answer.status_code == 409, answer.text
        told = answer.json()
        assert told["code"] == "theme.declined"
        assert told["detail"].startswith(said), told
        assert theme not in answer.text


def test_a_renamed_theme_of_the_same_meaning_is_the_same_theme(house, hers, portrait):
    hers.by(house.person, "themes-declined", theme=MEDICATION)
    administrator = house.administrator.client
    catalogue = UUID(portrait.opened["catalogue"])
    derived = administrator.post(
        "/assessment/v1/catalogues",
        json={"fr": "Le nôtre", "en": "Ours", "derived_from": str(catalogue)},
    ).json()
    themes = f"/assessment/v1/catalogues/{derived['id']}/themes"
    retired = administrator.post(f"{themes}/{MEDICATION}/retirement", json={})
    assert retired.status_code == 201, retired.text
    added = administrator.post(
        themes,
        json={
            "theme": "mes-pilules",
            "sphere": "sante",
            "fr": "Mes pilules",
            "en": "My pills",
            "help_fr": "Est-ce que je sais à quoi servent mes pilules ?",
            "help_en": "Do I know what my pills are for?",
            "meaning": MEDICATION,
        },
    )
    assert added.status_code == 201, added.text
    house.installation.settled()
    by = house.practitioner
    refused = hers.refused(by, "themes-considered", theme="mes-pilules")
    assert refused == (409, "theme.declined")
    refused = hers.refused(by, "goals", words="Un objectif", grown_from=["star:mes-pilules"])
    assert refused == (409, "theme.declined")


def test_a_relative_sees_the_plan_but_not_what_she_said_no_to(house, hers):
    from datetime import date

    from services.directory.domain import events as directory
    from tests.support.installation import relations

    house.tell(
        directory.ConsentGiven,
        relations(house.person.id),
        house.person.id,
        by=house.person.id,
        audience=house.relative.id,
        category=None,
        tabs=("plan",),
        purpose="care",
        until=date(2100, 1, 1),
    )
    house.installation.settled()
    kept, no = hers.agreed(), hers.goal("Gérer mon argent autrement")
    hers.by(house.person, f"goals/{no}/declines")
    hers.by(house.person, "themes-declined", theme=MEDICATION, reason="À moi.")
    seen = hers.seen_by(house.relative)
    assert [g["goal"] for g in seen["goals"]] == [kept]
    assert seen["themes"]["left_out"] == []
    assert hers.refused(house.relative, "goals", words="Un objectif")[0] == 403
    shown = hers.by(house.relative, f"goals/{kept}/discussions", words="Bravo !")
    assert [t["words"] for t in shown["thread"]] == ["Bravo !"]
    for words, goal in (("Et alors ?", no), ("Comprendre mes médicaments ?", no)):
        refused = hers.refused(house.relative, f"goals/{goal}/discussions", words=words)
        assert refused == (404, "goal.unknown")
    assert house.relative.client.get(hers.plans).status_code == 200


def test_a_consent_for_another_tab_opens_no_plan(house, hers):
    from datetime import date

    from services.directory.domain import events as directory
    from tests.support.installation import relations

    house.tell(
        directory.ConsentGiven,
        relations(house.person.id),
        house.person.id,
        by=house.person.id,
        audience=house.relative.id,
        category=None,
        tabs=("strengths",),
        purpose="care",
        until=date(2100, 1, 1),
    )
    house.installation.settled()
    goal = hers.agreed()
    assert house.relative.client.get(hers.path).status_code == 404
    assert hers.refused(house.relative, f"goals/{goal}/discussions", words="?")[0] == 404


def test_noted_for_her_she_disputes_it_and_it_is_in_again(house, hers):
    act = noted_for(house.person, setting="meeting")
    shown = hers.by(house.practitioner, "themes-declined", theme=MEDICATION, act=act)
    entry = shown["left_out"][0]["said"]["entry"]
    assert shown["left_out"][0]["said"]["noted_by"] == str(house.practitioner.id)
    hers.by(house.person, f"entries/{entry}/disputes", reason="Je n’ai pas dit ça.")
    assert hers.seen_by(house.person)["themes"]["left_out"] == []
    hers.by(house.practitioner, "themes-considered", theme=MEDICATION, act=with_(house.person))
