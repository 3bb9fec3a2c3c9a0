"""Goals out of an organisation's files are proposals: active by her yes only."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

from tests.support.bringing_in import begun, noted

YES = {"noted": True, "refused": None}


def path(house) -> str:
    return f"/plans/v1/persons/{house.person.id}/goals-from-files"


def body(opened, *words):
    lines = [{"goal": str(uuid4()), "words": one} for one in words]
    return {"from_import": opened, "occurred_at": "2024-03-05", "lines": lines}


def plan_of(house, number=1):
    plan = uuid5(UUID(str(house.person.id)), f"plan/{number}")
    return f"/plans/v1/persons/{house.person.id}/plans/{plan}"


def goals(house, number=1):
    answer = house.person.client.get(plan_of(house, number))
    assert answer.status_code == 200, answer.text
    return {goal["words"]: goal for goal in answer.json()["goals"]}


def test_a_goal_from_the_files_waits_for_her_yes(house):
    told = body(begun(house), "Finir ma chimie.", "Nourrir le loup blanc.")
    assert noted(house.administrator, path(house), told) == [YES, YES]
    found = goals(house)
    assert [goal["status"] for goal in found.values()] == ["proposed", "proposed"]
    where = f"{plan_of(house)}/goals/{found['Finir ma chimie.']['goal']}/agreements"
    version = house.person.client.get(plan_of(house)).headers["ETag"]
    agreed = house.person.client.post(where, json={}, headers={"If-Match": version})
    assert agreed.status_code == 201, agreed.text
    assert goals(house)["Finir ma chimie."]["status"] == "active"


def test_goals_sent_again_are_noted_once(house):
    told = body(begun(house), "Finir ma chimie.")
    for key in ("1", "1", "2"):
        assert noted(house.administrator, path(house), told, key=key) == [YES]
    assert list(goals(house)) == ["Finir ma chimie."]


def test_more_goals_go_into_the_plan_that_is_open(house, hers):
    noted(house.administrator, path(house), body(begun(house), "Finir ma chimie."))
    assert "Finir ma chimie." in goals(house)


def test_after_a_closed_plan_they_open_the_next(house, hers):
    assert house.person.client.post(f"{plan_of(house)}/closure", json={}).status_code == 201
    noted(house.administrator, path(house), body(begun(house), "Finir ma chimie."))
    assert list(goals(house, 2)) == ["Finir ma chimie."]


def test_a_goal_she_said_no_to_does_not_come_back_and_nobody_is_told(house):
    opened = begun(house)
    told = body(opened, "Finir ma chimie.")
    noted(house.administrator, path(house), told)
    where = f"{plan_of(house)}/goals/{told['lines'][0]['goal']}/declines"
    answer = house.person.client.post(where, json={})
    assert answer.status_code == 201, answer.text
    (line,) = noted(house.administrator, path(house), body(opened, "Finir ma chimie."))
    assert line == {"noted": False, "refused": "line.not_noted"}
