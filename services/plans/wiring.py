"""The only place where the plans service is put together."""

from pathlib import Path

from services.plans.ledger import PlansLedger
from shared.http.service import Plan

PLAN = Plan(
    name="plans",
    title="Plans d’accomplissement · Plans",
    description="Goals in the person’s words, and what becomes of them.",
    folder=Path(__file__).parent,
    ledger=PlansLedger,
    views=(),
    routes=(),
)
