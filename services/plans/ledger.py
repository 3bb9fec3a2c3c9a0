"""The application of the plans service."""

from shared.ledger import Ledger


class PlansLedger(Ledger):
    """Load, decide and record what plans is about."""

    name = "plans"
