"""The application of the reporting service."""

from shared.ledger import Ledger


class ReportingLedger(Ledger):
    """Load, decide and record what reporting is about."""

    name = "reporting"
