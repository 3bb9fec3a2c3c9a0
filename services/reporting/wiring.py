"""The only place where the reporting service is put together."""

from pathlib import Path

from services.reporting.ledger import ReportingLedger
from shared.http.service import Plan

PLAN = Plan(
    name="reporting",
    title="Ce qui s’est passé · Reporting",
    description="What happened, who took part, and how it can be proved.",
    folder=Path(__file__).parent,
    ledger=ReportingLedger,
    views=(),
    routes=(),
)
