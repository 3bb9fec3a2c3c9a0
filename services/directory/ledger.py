"""The application of the directory service."""

from shared.ledger import Ledger


class DirectoryLedger(Ledger):
    """Load, decide and record what directory is about."""

    name = "directory"
