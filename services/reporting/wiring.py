"""The only place where the reporting service is put together."""

from pathlib import Path

from services.reporting.api import (
    access,
    copies,
    coproduction,
    counts,
    decisions,
    disputes,
    links,
    looks,
    summaries,
    summary_print,
    summary_shares,
    trail,
)
from services.reporting.ledger import ReportingLedger
from services.reporting.views.disputes import Disputes
from services.reporting.views.links import Links
from services.reporting.views.marked import Marked
from services.reporting.views.names import Names
from services.reporting.views.themes import Themes
from services.reporting.views.things import Things
from services.reporting.views.trail import Trail
from shared.http.service import Plan

PLAN = Plan(
    name="reporting",
    title="Ce qui s’est passé · Reporting",
    description="What happened, who took part, and how it can be proved.",
    folder=Path(__file__).parent,
    ledger=ReportingLedger,
    views=(Trail(), Links(), Names(), Themes(), Things(), Marked(), Disputes()),
    routes=(
        trail.routes,
        decisions.routes,
        disputes.routes,
        looks.routes,
        access.then,
        access.mine,
        coproduction.routes,
        counts.routes,
        summaries.routes,
        summary_shares.routes,
        summary_print.routes,
        summaries.answered,
        copies.routes,
        copies.answered,
    ),
    pages=(links.pages,),
)
