"""Who sees a plan, and the answer to a command as whoever is signed in may see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Response

from services.plans.api.refusing import in_words
from services.plans.api.telling import Telling
from services.plans.api.telling_theirs import TellingTheirs
from services.plans.domain.plan import Plan
from services.plans.views.theme_entries import themes_behind
from services.plans.views.theme_names import names_of
from shared.access.scopes import ONLY_THEIRS
from shared.http.admission import Reader
from shared.http.desk import Desk
from shared.kernel import Act, Command, NotFound, Refused
from shared.ledger import Done

WITH_HER = frozenset({"self", "care", "emergency"})
# roles towards her in which one accompanies her
ACCOMPANYING = frozenset({"person", "practitioner", "peer_worker", "manager", "researcher"})
HERS_TO_KNOW = frozenset({"theme.declined", "goal.declined"})
Show = Callable[[Telling, Plan], Mapping[str, Any]]


def telling_to(desk: Desk, reader: Reader) -> Telling:
    stands = reader.standing.kind
    telling = TellingTheirs if stands in ONLY_THEIRS else Telling
    return telling(reader.party, desk.zone(reader.tenant), stands in WITH_HER)


def telling_back(desk: Desk, act: Act) -> Telling:
    """For whoever is signed in and has just acted."""
    role = act.role_of(act.actor)
    with_her = act.actor == act.subject or role in ACCOMPANYING
    telling = TellingTheirs if role in ONLY_THEIRS else Telling
    return telling(act.actor, desk.zone(act.tenant), with_her)


def decided(
    desk: Desk, command: Command, show: Show, *, must_match: bool = False, status: int = 201
) -> Response:
    """The second and third move of every route: let the ledger decide, and answer what changed."""
    telling = telling_back(desk, command.act)
    if not telling.with_her:
        require_seen(desk, command, telling)
    try:
        done: Done[Plan] = desk.execute(Plan, command, must_match=must_match)
    except Refused as refused:
        if refused.code in HERS_TO_KNOW and not telling.with_her:
            # whoever does not see what she said no to is not told so by a refusal either
            raise NotFound("goal.unknown", field="goal") from None
        if refused.code == "theme.declined":
            raise in_words(desk, command.act.tenant, refused) from None
        raise
    return desk.answer(done, show(telling, done.state), status)


def require_seen(desk: Desk, command: Command, telling: Telling) -> None:
    """Raises NotFound for a goal, or an action of one, that reading the plan would not show."""
    act = command.act
    plan = desk.ledger.load(Plan, act.tenant, command.stream, act.subject)
    named: Any = getattr(command, "action", None)
    action = plan.actions.get(named)
    if action is not None and not telling.sees_action(action):
        raise NotFound("action.unknown", field="action")
    about: Any = action.goal if action is not None else getattr(command, "goal", None)
    goal = plan.goals.get(about)
    if goal is not None and not telling.sees(plan, goal):
        raise NotFound("goal.unknown", field="goal")


def whole(telling: Telling, plan: Plan) -> Mapping[str, Any]:
    return telling.plan(plan)


def goal_shown(goal: UUID) -> Show:
    return lambda telling, plan: telling.goal(plan, plan.goals[goal])


def action_shown(action: UUID) -> Show:
    return lambda telling, plan: telling.action(plan.actions[action])


def themes_shown(telling: Telling, plan: Plan) -> Mapping[str, Any]:
    return telling.themes(plan)


def other_names(desk: Desk, act: Act, *themes: str) -> tuple[str, ...]:
    """What these themes are called in any questionnaire, and those that the act's causes are about.

    A theme she left out is known again by them, whichever of its names or entries is sent.
    """
    behind = desk.view(act.tenant, lambda c: themes_behind(c, act.subject, act.because_of))
    named = desk.view(act.tenant, lambda c: names_of(c, (*themes, *behind)))
    return tuple(dict.fromkeys((*behind, *named)))
