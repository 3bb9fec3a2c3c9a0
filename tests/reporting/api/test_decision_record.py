"""A decision with the chain that led to it and from it, over three services."""

import pytest

from tests.reporting.api.scene import Scene, plain, story


@pytest.fixture
def scene(house):
    return Scene(house)


def record(scene, who, decision):
    answer = scene.get(who, f"/persons/{scene.house.person.id}/decisions/{decision.id}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def reached(steps):
    return {step["entry"]["entry"]: step["steps"] for step in steps}


def test_the_chain_goes_from_an_answer_to_a_change_judged(scene, house):
    told = story(scene)
    scene.settled()

    found = record(scene, house.person, told.agreed)
    came_from = {
        str(told.proposed.id): 1,
        str(told.star.id): 2,
        str(told.tie.id): 2,
        str(told.rated.id): 3,
    }
    led_to = {
        str(told.action.id): 1,
        str(told.done.id): 2,
        str(told.review.id): 3,
        str(told.judged.id): 4,
    }
    assert reached(found["came_from"]) == came_from
    assert reached(found["led_to"]) == led_to
    assert found["whole"]
    services = {step["entry"]["proof"]["service"] for step in found["came_from"] + found["led_to"]}
    assert services == {"assessment", "network", "plans"}
    for step in [*found["came_from"], *found["led_to"]]:
        assert step["entry"]["proof"]["position"] > 0
        assert len(step["entry"]["proof"]["leaf"]) == 64


@pytest.mark.parametrize(
    "cut", ["star", "proposed", "agreed", "action", "done", "review", "judged"]
)
def test_a_chain_with_one_link_cut_is_not_whole(scene, house, cut):
    told = story(scene, cut=cut)
    scene.settled()

    found = record(scene, house.person, told.agreed)
    steps = reached(found["came_from"]) | reached(found["led_to"])
    everything = {
        told.rated,
        told.star,
        told.tie,
        told.proposed,
        told.action,
        told.done,
        told.review,
        told.judged,
    }
    missing = {f.TOPIC for f in everything if str(f.id) not in steps}
    assert missing == MISSING[cut]


MISSING = {
    "star": {"assessment.theme_rated"},
    "proposed": {"assessment.star_placed", "assessment.theme_rated", "network.tie_added"},
    "agreed": {
        "plans.goal_proposed", "assessment.star_placed", "assessment.theme_rated", "network.tie_added",
    },
    "action": {
        "plans.action_added", "plans.action_done", "plans.review_held", "assessment.change_judged",
    },
    "done": {"plans.action_done", "plans.review_held", "assessment.change_judged"},
    "review": {"plans.review_held", "assessment.change_judged"},
    "judged": {"assessment.change_judged"},
}  # fmt: skip


def test_it_says_what_was_decided_by_whom_and_how_they_stand_behind_it(scene, house):
    told = story(scene)
    scene.settled()

    decided = record(scene, house.person, told.agreed)["decision"]
    assert plain(decided["sentence"]) == (
        "Vous avez dit oui à l’objectif « Travailler au magasin de musique ». Ont pris part : "
        "practitioner (accompagnement, a dit oui). Noté par vous. "
        "practitioner n’a pas encore donné son avis : c’est facultatif."
    )
    by = {(c["name"], c["role"], c["part"], c["attestation"]) for c in decided["contributors"]}
    assert by == {
        ("person", "person", "agreed", "own"),
        ("practitioner", "practitioner", "agreed", "claimed"),
    }
    assert decided["recorded_at"].startswith("2026-02-03T")
    assert decided["decision"]


def test_a_practitioner_is_told_of_the_chain_only_what_she_has_shown(scene, house):
    told = story(scene)
    scene.settled()

    found = record(scene, house.practitioner, told.agreed)
    assert reached(found["came_from"]) == {str(told.proposed.id): 1}
    assert "Le gars du magasin" not in str(found)
    assert "[mots gardés privés]" in plain(found["came_from"][0]["entry"]["sentence"])


def test_what_is_not_a_decision_or_not_hers_reads_as_unknown(scene, house):
    told = story(scene)
    scene.settled()
    hers = f"/persons/{house.person.id}/decisions/"

    rated = scene.get(house.person, hers + str(told.rated.id))
    never = scene.get(house.person, hers + str(told.rated.act.command))
    neighbours = scene.get(
        house.neighbour, f"/persons/{house.neighbour.id}/decisions/{told.agreed.id}"
    )
    for answer in (rated, never, neighbours):
        assert answer.status_code == 404
        assert answer.json()["code"] == "decision.unknown"
