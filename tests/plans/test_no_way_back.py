"""Every operation on plans, as everyone, in one's own name and in hers: none brings back what is out."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from services.plans.domain.plan import Plan
from tests.assessment.api.portraits import begin, defaults
from tests.plans.api.hers import noted_for, opened
from tests.support.operations import every_operation

MEDICATION = "comprendre-medicaments"
WORDS = "Comprendre mes médicaments"
ROLES = ("person", "practitioner", "colleague", "relative", "officer", "manager", "auditor")
# what only she may: taking it up again, or saying no to the goal as well
HERS_ALONE = ("/themes-reconsidered", "/declines", "/settings-aside")
LAST = "closure, plans"  # the search ends with a plan closed, and goes on in the next


def doors():
    found = [o for o in every_operation() if o.changes and o.service == "plans"]
    assert len(found) > 25, "the service describes fewer operations than it has"
    return sorted(found, key=lambda o: LAST.find(o.path.rsplit("/", 1)[-1]))


@pytest.fixture
def out(house):
    """Her plan, in which a goal grew from the star that she then left out of it."""
    portrait = begin(house, defaults(house)["default"])
    portrait.by(house.person, "ratings", theme=MEDICATION, value=20)
    starred = portrait.by(house.person, "stars", theme=MEDICATION)
    house.installation.settled()
    hers = opened(house)
    goal = hers.agreed("Mieux dormir", grown_from=[f"star:{MEDICATION}"])
    body = {"words": "Appeler.", "responsible": str(house.practitioner.id)}
    action = hers.by(house.practitioner, f"goals/{goal}/actions", **body)["action"]
    act = {"contributors": [{"party": str(house.practitioner.id), "part": "discussed"}]}
    shown = hers.by(house.person, "themes-declined", theme=MEDICATION, act=act)
    places = {"plan": hers.id, "goal": goal, "action": action, "entry": shown["entries"][0]}
    return hers, places, starred["entries"][0]


def bodies(operation, star):
    """The example, aimed at the theme by its id, its title, its star and its entry."""
    example = dict(operation.example or {})
    yield example | ({"theme": MEDICATION} if "theme" in example else {})
    if "words" in example:
        yield example | {"words": WORDS}
    if "grown_from" in example:
        for kind in ("star", "rating", "theme"):
            yield example | {"grown_from": [f"{kind}:{MEDICATION}"]}
    yield {**example, "act": {"because_of": [star]}}


def headers(house, operation, plan):
    """The version one must have read, where the plan is there already."""
    key = {"Idempotency-Key": str(uuid4())}
    if "{plan}" not in operation.path:
        return key
    return {**key, "If-Match": f'"{state_of(house, plan).version}"'}


def state_of(house, plan):
    ledger = house.installation.front.services["plans"].desk.ledger
    return ledger.load(Plan, house.tenant, UUID(str(plan)), house.person.id)


def require_still_out(house, plan, told):
    state = state_of(house, plan)
    assert [d.theme for d in state.themes.left_out] == [MEDICATION], told
    for goal in state.goals.values():
        assert MEDICATION not in goal.themes or goal.status in ("left_out", "set_aside"), told
    assert MEDICATION not in state.themes.considered, told


@pytest.mark.slow
def test_no_operation_brings_back_what_she_left_out(house, out):
    hers, places, star = out
    reached = 0
    for operation in doors():
        path = operation.path.format(person=house.person.id, **places)
        for role in ROLES:
            if role == "person" and operation.path.endswith(HERS_ALONE):
                continue
            for body in bodies(operation, star):
                for act in ({}, noted_for(house.person)):
                    asked = {**body, "act": {**body.get("act", {}), **act}}
                    sent = house.people[role].client.request(
                        operation.method,
                        f"/plans{path}",
                        json=asked,
                        headers=headers(house, operation, hers.id),
                    )
                    assert sent.status_code < 500, sent.text
                    assert sent.status_code != 429, "asked too fast to have searched at all"
                    reached += sent.status_code < 400
        require_still_out(house, hers.id, str(operation))
    # some doors do open, to other things: the search was let in
    assert reached > 20
    house.installation.settled()
    after = house.person.client.get(hers.plans).json()["plans"]
    assert [p["closed"] for p in after] == [True, False]
    require_still_out(house, after[-1]["id"], "the next plan")
