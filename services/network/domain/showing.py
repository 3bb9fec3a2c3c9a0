"""Whom she shows her map: nobody before she says so, and no tie that she excepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.network.domain.commands import EndSharing, ShareNetwork
from services.network.domain.events import NetworkShared, SharingEnded
from services.network.domain.tie import Tie
from shared.coproduction import MisfileEntry, WithdrawWords
from shared.kernel import Command, Fact, Invalid, NotFound, Refused

if TYPE_CHECKING:
    from services.network.domain.network import Network


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who looks: she herself, or a party that accompanies her (`care`) or has her consent."""

    party: UUID
    kind: str

    @property
    def hers(self) -> bool:
        return self.kind == "self"


def share(network: Network, command: ShareNetwork) -> Sequence[Fact]:
    if not command.audience and not command.my_team:
        raise Invalid("sharing.with_nobody", field="audience")
    for tie in command.except_ties:
        network.tie(tie)
    shown = (command.audience, command.except_ties, command.my_team, command.until)
    for now in sharings(network):
        if shown == (now.audience, now.except_ties, now.my_team, now.until):
            return []
    return [NetworkShared(*network.stamp(command), *shown)]


def end_sharing(network: Network, command: EndSharing) -> Sequence[Fact]:
    known = {f.id for f in network.told if isinstance(f, NetworkShared)}
    if command.sharing not in known:
        raise NotFound("sharing.unknown", field="sharing")
    if command.sharing not in {s.id for s in sharings(network)}:
        return []
    return [SharingEnded(*network.stamp(command), command.sharing)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    ShareNetwork: share,
    EndSharing: end_sharing,
}


def require_showing_stands(network: Network, command: Any) -> None:
    """Raises Refused: taken back, a sharing or its end would open what she had closed."""
    if not isinstance(command, WithdrawWords | MisfileEntry):
        return
    entry = network.entries.get(command.entry)
    if entry is not None and entry.topic in (NetworkShared.TOPIC, SharingEnded.TOPIC):
        raise Refused("sharing.stands", field="entry")


def sharings(network: Network) -> Sequence[NetworkShared]:
    """What she shows now; noted for her it opens nothing before she confirms it."""
    ended = {f.sharing for f in network.told if isinstance(f, SharingEnded)}
    return [
        s.fact
        for s in network.said
        if isinstance(s.fact, NetworkShared)
        and s.attestation in ("own", "confirmed")
        and s.fact.id not in ended
    ]


def seen_by(network: Network, eyes: Eyes, today: date) -> Sequence[Tie] | None:
    """The ties these eyes may see, by the latest sharing with them; None when there is none."""
    if eyes.hers:
        return list(network.ties.values())
    reaching = [
        s
        for s in sharings(network)
        if (s.until is None or today <= s.until)
        and (eyes.party in s.audience or (s.my_team and eyes.kind == "care"))
    ]
    if not reaching:
        return None
    latest = reaching[-1]
    since = (f for f in network.told if f.originator_version >= latest.originator_version)
    # a later word that does not stand opens nothing, and what it closes stays closed
    excepted = {t for f in since if isinstance(f, NetworkShared) for t in f.except_ties}
    return [tie for tie in network.ties.values() if tie.id not in excepted]
