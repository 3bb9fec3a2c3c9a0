"""The application of the assessment service."""

from shared.ledger import Ledger


class AssessmentLedger(Ledger):
    """Load, decide and record what assessment is about."""

    name = "assessment"
