"""The only place where the network service is put together."""

from pathlib import Path

from services.network.api import between, figures, from_files, pictures, sharings, ties
from services.network.api.asking import PREFIX
from services.network.api.seeing import stream_of
from services.network.domain.network import Network
from services.network.ledger import NetworkLedger
from shared.http.answers import answers
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.service import Plan


def answers_in_networks(desk: Desk) -> Blueprint:
    return answers(desk, Network, PREFIX, may="network.answer", stream=stream_of)


PLAN = Plan(
    name="network",
    title="Réseau · Network",
    description="The people and places around a person, as she sees them.",
    folder=Path(__file__).parent,
    ledger=NetworkLedger,
    views=(),
    routes=(
        pictures.routes,
        figures.routes,
        ties.routes,
        between.routes,
        sharings.routes,
        from_files.routes,
        answers_in_networks,
    ),
)
