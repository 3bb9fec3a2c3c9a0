from __future__ import annotations

from services.directory.domain import events as directory
from tests.assessment.api.portraits import begin
from tests.support.installation import relations


def rated(house, portrait, **values):
    for theme, value in values.items():
        portrait.by(house.person, "ratings", theme=theme.replace("_", "-"), value=value)


def test_the_persons_hundred_stands_and_the_view_is_what_moves(house, portrait):
    """Story 2."""
    rated(house, portrait, securite=100)
    early = portrait.ask(house.practitioner, "views", theme="securite", value=50)
    assert (early.status_code, early.json()["code"]) == (409, "theme.not_shown")
    portrait.share(house.practitioner)
    portrait.by(house.practitioner, "views", theme="securite", value=50, words="Encore inquiet.")
    portrait.by(
        house.practitioner,
        "meetings",
        themes=["securite"],
        act={
            "setting": "meeting",
            "contributors": [{"party": str(house.person.id), "part": "discussed"}],
        },
    )
    portrait.by(house.practitioner, "threads", theme="securite", words="Que représente ce 100?")
    spoken = portrait.by(
        house.person, "threads", theme="securite", words="Avant, je dormais avec une chaise."
    )["entries"][0]
    why = {"theme": "securite", "value": 90, "words": "Je comparais avec ma vie à moi."}
    unexplained = portrait.ask(house.practitioner, "views/revisions", **why)
    assert unexplained.json()["code"] == "view.revised_because_of"
    portrait.by(house.practitioner, "views/revisions", **why, act={"because_of": [spoken]})
    seen = portrait.themes_seen_by(house.person)["securite"]
    assert seen["answer"]["value"] == 100
    (view,) = seen["views"]
    assert (view["value"], view["perspective"]) == (90, "practitioner")
    assert view["because_of"] == [spoken]
    assert [said["author"] for said in seen["thread"]] == [
        str(house.practitioner.id),
        str(house.person.id),
    ]
    assert len(portrait.seen_by(house.practitioner)["meetings"]) == 1


def test_a_relative_sees_one_theme_and_says_how_she_sees_it(house, portrait):
    """Story 7."""
    rated(house, portrait, dire_ce_que_je_pense=65, amities=50)
    portrait.share(house.relative, only_themes=["dire-ce-que-je-pense"])
    assert set(portrait.themes_seen_by(house.relative)) == {"dire-ce-que-je-pense"}
    told = portrait.by(
        house.relative,
        "views",
        theme="dire-ce-que-je-pense",
        value=80,
        words="Il n’a plus besoin que je parle pour lui.",
    )
    assert told["themes"][0]["views"][0]["perspective"] == "relative"
    hidden = portrait.ask(house.relative, "views", theme="amities", value=80)
    nothing = portrait.ask(house.relative, "views", theme="famille", value=80)
    assert hidden.status_code == nothing.status_code == 409
    assert hidden.json() == nothing.json()


def test_what_is_left_out_and_what_is_just_for_her_stays_hers(house, portrait):
    rated(house, portrait, travail=20, intimite=50)
    portrait.by(house.person, "ratings", theme="famille", value=30, visibility="just_me")
    portrait.share(house.practitioner, except_themes=["intimite"])
    assert set(portrait.themes_seen_by(house.practitioner)) == {"travail"}
    assert portrait.seen_by(house.practitioner)["sharings"][0]["except_themes"] == []


def test_she_stops_showing_without_saying_why(house, portrait):
    rated(house, portrait, travail=20)
    shared = portrait.share(house.practitioner)
    (sharing,) = shared["sharings"]
    portrait.by(house.person, f"sharings/{sharing['sharing']}/ending")
    assert house.practitioner.client.get(portrait.path).status_code == 404
    assert portrait.seen_by(house.person)["sharings"] == []


def test_no_one_shows_in_her_place(house, portrait):
    body = {"parts": ["quality_of_life"], "audience": [str(house.practitioner.id)]}
    for act in ({}, {"author": str(house.person.id)}):
        refused = portrait.ask(house.practitioner, "sharings", **body, act=act)
        assert refused.status_code == 403
        assert refused.json()["code"] == "sharing.by_her_own_sign_in"


def test_stars_put_offs_wishes_and_changes_are_told_together(house, portrait):
    rated(house, portrait, travail=20, role_parent=15)
    portrait.by(house.person, "stars", theme="travail", rank=1)
    portrait.by(house.person, "threads/put-offs", theme="role-parent", words="Pas aujourd’hui.")
    portrait.by(
        house.person, "together", what="mes objectifs", with_party=str(house.practitioner.id)
    )
    portrait.by(
        house.person,
        "changes",
        theme="travail",
        judgement="better",
        since="2026-01-16",
        thanks_to=["me", "people"],
    )
    portrait.share(house.practitioner)
    seen = portrait.seen_by(house.practitioner)
    themes = {t["theme"]: t for t in seen["themes"]}
    assert themes["travail"]["star"]["rank"] == 1
    assert themes["role-parent"]["thread"][0]["put_off"] is True
    assert seen["together"][0]["what"] == "mes objectifs"
    assert seen["changes"][0]["thanks_to"] == ["me", "people"]
    assert (
        portrait.by(house.person, "stars/removals", theme="travail")["themes"][0].get("star")
        is None
    )


def test_each_finds_what_was_shown_to_them(house, portrait):
    rated(house, portrait, travail=20)
    portrait.share(house.relative, my_team=True, parts=["quality_of_life", "strengths"])
    house.installation.settled()
    for someone in (house.relative, house.practitioner):
        found = someone.client.get("/assessment/v1/shown-to-me").json()["assessments"]
        assert found == [
            {
                "person": str(house.person.id),
                "assessment": str(portrait.id),
                "parts": ["quality_of_life", "strengths"],
            }
        ]
    for stranger in (house.colleague, house.neighbour, house.person):
        assert stranger.client.get("/assessment/v1/shown-to-me").json() == {"assessments": []}


def test_two_portraits_are_compared_in_points(house, portrait, catalogues):
    rated(house, portrait, travail=20, loisirs=80)
    later = begin(house, catalogues["default"])
    rated(house, later, travail=55)
    path = f"/assessment/v1/persons/{house.person.id}/comparisons"
    asked = {"before": str(portrait.id), "after": str(later.id)}
    told = house.person.client.get(path, params=asked).json()["differences"]
    assert {d["meaning"]: (d["points"], d["reason"]) for d in told} == {
        "travail": (35, None),
        "loisirs": (None, "no_answer_after"),
    }
    assert house.practitioner.client.get(path, params=asked).status_code == 404
    portrait.share(house.practitioner)
    later.share(house.practitioner)
    assert len(house.practitioner.client.get(path, params=asked).json()["differences"]) == 2


def test_a_theme_is_told_over_time_and_what_changed_before_is_hers_alone(
    house, portrait, catalogues
):
    rated(house, portrait, travail=20)
    rated(house, portrait, travail=30)
    later = begin(house, catalogues["default"])
    rated(house, later, travail=55)
    house.installation.settled()
    path = f"/assessment/v1/persons/{house.person.id}/themes/travail/answers"

    def told_to(someone):
        return [one["answer"]["value"] for one in someone.client.get(path).json()["answers"]]

    assert told_to(house.person) == [20, 30, 55]
    assert told_to(house.practitioner) == []
    portrait.share(house.practitioner)
    assert told_to(house.practitioner) == [30]
    unknown = house.person.client.get(path.replace("travail", "bonheur"))
    assert unknown.json() == {"meaning": "bonheur", "answers": []}


def test_whom_she_restricts_neither_reads_nor_writes_whatever_she_showed_before(house, portrait):
    rated(house, portrait, travail=20)
    portrait.share(house.practitioner)
    portrait.by(house.practitioner, "views", theme="travail", value=50)
    house.tell(
        directory.AccessRestricted,
        relations(house.person.id),
        house.person.id,
        by=house.person.id,
        audience=house.practitioner.id,
        category=None,
        scope=("quality_of_life",),
        reason=None,
    )
    house.installation.settled()
    assert house.practitioner.client.get(portrait.path).status_code in (403, 404)
    said = portrait.ask(house.practitioner, "threads", theme="travail", words="Et le matin?")
    assert said.status_code in (403, 404)
    shown = house.practitioner.client.get("/assessment/v1/shown-to-me").json()
    assert shown == {"assessments": []}
