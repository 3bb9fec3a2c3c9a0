"""A no of hers is told to those who make the plan with her, not to others by writing about it."""

from __future__ import annotations

from datetime import date

from services.directory.domain import events as directory
from tests.plans.api.hers import HerPlan
from tests.support.installation import relations


def test_a_relative_does_not_find_a_goal_she_said_no_to_by_writing_about_it(house):
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
    hers = HerPlan(house)
    hers.id = house.person.client.post(hers.plans, json={}).json()["id"]
    goal = hers.agreed()
    action = hers.by(house.person, f"goals/{goal}/actions", words="Appeler.")["action"]
    assert hers.ask(house.relative, f"goals/{goal}/discussions", words="Bravo!").status_code == 201
    hers.by(house.person, f"goals/{goal}/disagreements", reason="Plus maintenant.")
    assert hers.seen_by(house.relative)["goals"] == []
    for resource, body in (
        (f"goals/{goal}/discussions", {"words": "Alors?"}),
        (f"goals/{goal}/progress", {"value": 30}),
        (f"actions/{action}/completions", {}),
    ):
        answer = hers.ask(house.relative, resource, **body)
        assert answer.status_code == 404, answer.text
