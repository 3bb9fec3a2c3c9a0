"""The only place where the assessment service is put together."""

from pathlib import Path

from services.assessment.ledger import AssessmentLedger
from shared.http.service import Plan

PLAN = Plan(
    name="assessment",
    title="Portraits · Assessment",
    description="What a person says of her life, and what others see beside it.",
    folder=Path(__file__).parent,
    ledger=AssessmentLedger,
    views=(),
    routes=(),
)
