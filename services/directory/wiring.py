"""The only place where the directory service is put together."""

from pathlib import Path

from services.directory.ledger import DirectoryLedger
from shared.http.service import Plan

PLAN = Plan(
    name="directory",
    title="Annuaire · Directory",
    description="Organisations, sites, parties, and how each party stands to each person.",
    folder=Path(__file__).parent,
    ledger=DirectoryLedger,
    views=(),
    routes=(),
)
