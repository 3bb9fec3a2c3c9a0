from __future__ import annotations

from uuid import uuid4

from tests.plans.api.hers import HerPlan, opened, with_


def test_a_plan_is_opened_and_read_by_her_and_who_accompanies_her(house, hers):
    seen = hers.seen_by(house.practitioner)
    assert seen["person"] == str(house.person.id)
    assert (seen["number"], seen["closed"], seen["goals"]) == (1, False, [])
    answer = house.person.client.get(hers.path)
    assert answer.headers["ETag"] == '"1"'


def test_hours_are_hers_and_days_are_everyones(house, hers):
    assert "T" in hers.seen_by(house.person)["opened_at"]
    assert "T" not in hers.seen_by(house.practitioner)["opened_at"]


def test_a_plan_is_listed(house, hers):
    house.installation.settled()
    (listed,) = house.practitioner.client.get(hers.plans).json()["plans"]
    assert (listed["id"], listed["number"], listed["closed"]) == (hers.id, 1, False)


def test_one_plan_is_open_at_a_time_and_sent_again_it_opens_once(house):
    hers, key = HerPlan(house), {"Idempotency-Key": str(uuid4())}
    first, again = (
        house.person.client.post(hers.plans, json={"words": "L’hiver"}, headers=key)
        for _ in range(2)
    )
    assert first.status_code == again.status_code == 201
    assert first.json()["entries"] == again.json()["entries"]
    second = house.practitioner.client.post(hers.plans, json={})
    assert (second.status_code, second.json()["code"]) == (409, "plan.already_open")


def test_what_she_left_out_stays_out_of_the_next_plan(house, hers):
    hers.by(house.person, "themes-declined", theme="comprendre-medicaments")
    hers.by(house.person, "closure")
    after = opened(house, by=house.practitioner, act=with_(house.person))
    assert after.id != hers.id
    seen = after.seen_by(house.person)
    assert seen["number"] == 2
    assert seen["themes"]["left_out"] == [
        {
            "theme": "comprendre-medicaments",
            "carried_over": True,
            "reason": None,
            "said": None,
        }
    ]
    refused = after.refused(house.practitioner, "themes-considered", theme="comprendre-medicaments")
    assert refused == (409, "theme.declined")
    assert hers.refused(house.person, "goals", words="Trop tard") == (409, "plan.closed")


def test_a_review_says_what_stood_in_the_way(house, hers):
    obstacle = {"logic": "management", "words": "Personne avant septembre."}
    shown = hers.by(
        house.practitioner,
        "reviews",
        words="On attend.",
        next_review="2026-09-01",
        stood_in_the_way=obstacle,
        act=with_(house.person, "discussed", setting="meeting"),
    )
    (review,) = shown["reviews"]
    assert review["stood_in_the_way"] == obstacle
    assert review["next_review"] == "2026-09-01"


def test_who_does_not_know_her_finds_nothing(house, other_house, hers):
    stranger = other_house.practitioner.client.get(hers.path)
    never = other_house.practitioner.client.get(f"/plans/v1/persons/{uuid4()}/plans/{uuid4()}")
    assert stranger.status_code == never.status_code == 404
    assert stranger.json()["code"] == never.json()["code"]
    for someone in (house.colleague, house.manager, house.neighbour, house.relative):
        assert someone.client.get(hers.path).status_code in (403, 404), someone.name
        body = {"words": "Un objectif"}
        assert someone.client.post(f"{hers.path}/goals", json=body).status_code in (403, 404)


def test_another_persons_plan_is_not_hers(house, hers):
    path = f"/plans/v1/persons/{house.neighbour.id}/plans/{hers.id}"
    assert house.neighbour.client.get(path).status_code == 404
    answer = house.neighbour.client.post(f"{path}/goals", json={"words": "Ma chimie"})
    assert (answer.status_code, answer.json()["code"]) == (404, "stream.unknown")
