"""The only place where the network service is put together."""

from pathlib import Path

from services.network.ledger import NetworkLedger
from shared.http.service import Plan

PLAN = Plan(
    name="network",
    title="Réseau · Network",
    description="The people and places around a person, as she sees them.",
    folder=Path(__file__).parent,
    ledger=NetworkLedger,
    views=(),
    routes=(),
)
