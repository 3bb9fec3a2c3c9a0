"""The application of the network service."""

from shared.ledger import Ledger


class NetworkLedger(Ledger):
    """Load, decide and record what network is about."""

    name = "network"
