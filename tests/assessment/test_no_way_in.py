"""Every operation of every service, as every role, in one's own name and in hers: none moves her answer."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from services.assessment.domain.assessment import Assessment
from services.directory.domain import events as directory
from tests.assessment.api.portraits import begin, defaults
from tests.support.installation import relations
from tests.support.operations import every_operation

ROLES = (
    "practitioner",
    "relative",
    "representative",
    "assistant",
    "administrator",
    "manager",
    "officer",
    "auditor",
    "colleague",
    "neighbour",
)
# she asked for it, and an officer does it: the whole record goes, as it must
ERASING = ("erasure", "erasures")


def doors():
    found = [o for o in every_operation() if o.changes and not o.path.endswith(ERASING)]
    assert len(found) > 80, "the services describe fewer operations than they have"
    return found


def aimed(value, theme="travail"):
    """An example, aimed at her answer: its theme, another value."""
    if isinstance(value, list):
        return [aimed(one, theme) for one in value]
    if not isinstance(value, dict):
        return value
    told = {key: aimed(one, theme) for key, one in value.items()}
    if "theme" in told:
        told["theme"] = theme
    if isinstance(told.get("value"), int):
        told["value"] = 77
    return told


@pytest.fixture
def sitting(house):
    """Her portrait: one answer of her own, one she has confirmed, both shown to all near her."""
    for role in ("representative", "assistant"):
        house.add(role, "relative", role)
        house.tell(
            directory.RepresentationStarted,
            relations(house.person.id),
            house.person.id,
            party=house.people[role].id,
            kind=role,
            scope=(),
            until=date(2100, 1, 1),
            role=role,
        )
    house.installation.settled()
    portrait = begin(house, defaults(house)["default"])
    portrait.by(house.person, "ratings", theme="travail", value=20, comment="Ça me manque.")
    hers = {"author": str(house.person.id), "setting": "together"}
    told = portrait.by(house.practitioner, "ratings", theme="sommeil", value=40, act=hers)
    path = f"{portrait.path}/entries/{told['entries'][0]}/confirmations"
    assert house.person.client.post(path, json={}).status_code == 201
    portrait.share(*(house.people[r] for r in ROLES[:4]), my_team=True)
    return portrait


def answers_of(house, portrait):
    ledger = house.installation.front.services["assessment"].desk.ledger
    state = ledger.load(Assessment, house.tenant, portrait.id, house.person.id)
    return {theme: state.kept[theme].stands for theme in ("travail", "sommeil")}


@pytest.mark.slow
def test_no_operation_of_any_service_moves_her_answer(house, sitting):
    before = answers_of(house, sitting)
    assert [a.value for a in before.values()] == [20, 40]
    reached = 0
    for operation in doors():
        for number, answer in enumerate(before.values()):
            theme = ("travail", "sommeil")[number]
            places = {name: str(uuid4()) for name in names_in(operation.path)}
            places |= {
                "person": str(house.person.id),
                "assessment": str(sitting.id),
                "entry": str(answer.entry),
                "theme": theme,
            }
            url = f"/{operation.service}{operation.path.format(**places)}"
            for role in ROLES:
                for act in ({}, {"author": str(house.person.id)}):
                    body = {**aimed(operation.example or {}, theme), "act": act}
                    sent = house.people[role].client.request(
                        operation.method, url, json=body, headers={"If-Match": "*"}
                    )
                    assert sent.status_code != 429, "asked too fast to have searched at all"
                    assert sent.status_code < 500, f"{operation} as {role}: {sent.text}"
                    reached += sent.status_code < 400
        assert answers_of(house, sitting) == before, str(operation)
    # the search did come in where it may: it is not that nothing was let through
    assert reached > 20


def names_in(path):
    return [part[1:-1] for part in path.split("/") if part.startswith("{")]
