"""Who knows whom on her map, and among whom that was asked: no line is not "not asked"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.network.domain.commands import AskAlterTies, ConnectAlters, DisconnectAlters
from services.network.domain.events import AltersConnected, AltersDisconnected, AlterTiesAsked
from services.network.domain.said import Said, before, in_order_of_life, latest_of, repeats
from shared.kernel import Command, Fact, Invalid, NotFound

if TYPE_CHECKING:
    from services.network.domain.network import Network

Pair = frozenset[UUID]


def connect(network: Network, command: ConnectAlters | DisconnectAlters) -> Sequence[Fact]:
    """The order of the two does not matter; a line that was never drawn is not taken away."""
    if command.one == command.other:
        raise Invalid("alters.same", field="other")
    for field in ("one", "other"):
        network.tie(command, field)
    kind = AltersConnected if isinstance(command, ConnectAlters) else AltersDisconnected
    found = before(told_of(network, frozenset({command.one, command.other})), command.act)
    hers = command.act.actor == command.act.subject
    if found is None and hers and kind is AltersDisconnected:
        return []
    if repeats(found, command.act, same=found is not None and isinstance(found.fact, kind)):
        return []
    return [kind(*network.stamp(command), command.one, command.other)]


def ask(network: Network, command: AskAlterTies) -> Sequence[Fact]:
    if len(set(command.ties)) < 2 or len(set(command.ties)) != len(command.ties):
        raise Invalid("alters.two_at_least", field="ties")
    known = network.known_to(command)
    for number, tie in enumerate(command.ties):
        if tie not in known:
            raise NotFound("tie.unknown", field=f"ties.{number}")
    wanted = set(command.ties)
    told = in_order_of_life(s for s in network.said if isinstance(s.fact, AlterTiesAsked))
    same_people = [s for s in told if set(asked_by(s)) == wanted]
    if repeats(before(same_people, command.act), command.act, same=True):
        return []
    return [AlterTiesAsked(*network.stamp(command), command.ties)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    ConnectAlters: connect,
    DisconnectAlters: connect,
    AskAlterTies: ask,
}


def asked_by(said: Said) -> tuple[UUID, ...]:
    return said.fact.ties if isinstance(said.fact, AlterTiesAsked) else ()


def pair_of(fact: Fact) -> Pair | None:
    if isinstance(fact, AltersConnected | AltersDisconnected):
        return frozenset({fact.one, fact.other})
    return None


def told_of(network: Network, pair: Pair) -> Sequence[Said]:
    return in_order_of_life(s for s in network.said if pair_of(s.fact) == pair)


def lines(network: Network) -> frozenset[Pair]:
    """The pairs that know each other, both of them on the map."""
    told: dict[Pair, list[Said]] = {}
    for said in network.said:
        pair = pair_of(said.fact)
        if pair is not None and pair <= network.ties.keys():
            told.setdefault(pair, []).append(said)
    latest = {pair: latest_of(in_order_of_life(said)) for pair, said in told.items()}
    return frozenset(
        pair for pair, said in latest.items() if said and isinstance(said.fact, AltersConnected)
    )


def asked(network: Network) -> frozenset[Pair]:
    """The pairs about whom it was asked whether they know each other."""
    told = [ties for s in network.said if (ties := asked_by(s)) and s.attestation]
    return frozenset(frozenset(pair) for ties in told for pair in combinations(ties, 2))
