"""The only place where the plans service is put together."""

from pathlib import Path
from uuid import UUID

from services.plans.api import actions, agreements, courses, from_files, goals, plan, plans, themes
from services.plans.api.asking import PLAN as ONE_PLAN
from services.plans.domain.plan import Plan as PersonsPlan
from services.plans.ledger import PlansLedger
from services.plans.views.plans import Plans
from services.plans.views.theme_entries import ThemeEntries
from services.plans.views.theme_names import ThemeNames
from services.plans.views.waiting import Waiting
from shared.http.answers import answers
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.service import Plan


def answers_in_plans(desk: Desk) -> Blueprint:
    def stream(person: UUID, plan: UUID) -> UUID:
        del person
        return plan

    return answers(desk, PersonsPlan, ONE_PLAN, may="plan.answer", stream=stream)


PLAN = Plan(
    name="plans",
    title="Plans d’accomplissement · Plans",
    description="Goals in the person’s words, and what becomes of them.",
    folder=Path(__file__).parent,
    ledger=PlansLedger,
    views=(Plans(), ThemeNames(), ThemeEntries(), Waiting()),
    routes=(
        plans.routes,
        plan.routes,
        plan.waiting,
        themes.routes,
        goals.routes,
        goals.words,
        from_files.routes,
        agreements.routes,
        courses.routes,
        actions.adding,
        actions.routes,
        answers_in_plans,
    ),
)
