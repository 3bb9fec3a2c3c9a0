"""Whom she shows her map: nobody before she says so, and no tie that she keeps to herself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from services.network.domain.commands import (
    VISIBILITIES,
    EndSharing,
    SetVisibility,
    ShareNetwork,
)
from services.network.domain.events import NetworkShared, SharingEnded, TieVisibilitySet
from services.network.domain.mapping import require_in
from shared.coproduction import MisfileEntry, WithdrawWords
from shared.kernel import Act, Command, Fact, Invalid, NotFound, Refused

if TYPE_CHECKING:
    from services.network.domain.network import Network

CLOSING = (NetworkShared.TOPIC, SharingEnded.TOPIC, TieVisibilitySet.TOPIC)


def share(network: Network, command: ShareNetwork) -> Sequence[Fact]:
    if not command.audience and not command.my_team:
        raise Invalid("sharing.with_nobody", field="audience")
    known = network.known_to(command)
    if any(tie not in known for tie in command.except_ties):
        raise NotFound("tie.unknown", field="tie")
    if command.until is not None and command.until < command.today:
        raise Invalid("day.past", field="until", day=command.until)
    shown = (command.audience, command.except_ties, command.my_team, command.until)
    for now in told_to_whoever_acts(network, command.act):
        if shown == (now.audience, now.except_ties, now.my_team, now.until):
            return []
    return [NetworkShared(*network.stamp(command), *shown)]


def told_to_whoever_acts(network: Network, act: Act) -> Sequence[NetworkShared]:
    """What stands, to her; to whoever notes for her, what he noted himself."""
    if act.actor == act.subject:
        return network.sharings
    return [
        s.fact
        for s in network.said
        if isinstance(s.fact, NetworkShared) and s.entry.act.actor == act.actor
    ]


def end_sharing(network: Network, command: EndSharing) -> Sequence[Fact]:
    """What reaches them now is found again in `sharings`; an earlier one does not come back."""
    known = {f.id: f for f in network.told if isinstance(f, NetworkShared)}
    hers = command.act.actor == command.act.subject
    if command.sharing not in known or not (hers or reaches(known[command.sharing], command.act)):
        raise NotFound("sharing.unknown", field="sharing")
    ended = {f.sharing for f in network.told if isinstance(f, SharingEnded)}
    if command.sharing in ended or (
        hers and command.sharing not in {s.id for s in network.sharings}
    ):
        return []
    return [SharingEnded(*network.stamp(command), command.sharing)]


def reaches(shared: NetworkShared, act: Act) -> bool:
    """Whether whoever notes an end knows of the sharing: shown to him, or noted by him."""
    return act.actor in (*shared.audience, shared.act.actor)


def set_visibility(network: Network, command: SetVisibility) -> Sequence[Fact]:
    """Closed at once, also where it was noted for her; opened only by her own or confirmed word."""
    tie = network.tie(command)
    require_in(command.visibility, VISIBILITIES, "visibility")
    hers = command.act.actor == command.act.subject
    stands = command.visibility == ("as_map" if tie.kept_since is None else "just_me")
    if hers and stands:
        return []
    return [TieVisibilitySet(*network.stamp(command), tie.id, command.visibility)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    ShareNetwork: share,
    EndSharing: end_sharing,
    SetVisibility: set_visibility,
}


def require_showing_stands(network: Network, command: Any) -> None:
    """Raises Refused: taken back, a sharing or its end would open what she had closed."""
    if not isinstance(command, WithdrawWords | MisfileEntry):
        return
    entry = network.entries.get(command.entry)
    if entry is not None and entry.topic in CLOSING:
        raise Refused("sharing.stands", field="entry")


def sharings(network: Network) -> Sequence[NetworkShared]:
    """What she shows now; noted for her it opens nothing before she confirms it."""
    ended: set[UUID] = {f.sharing for f in network.told if isinstance(f, SharingEnded)}
    return [
        s.fact
        for s in network.said
        if isinstance(s.fact, NetworkShared) and s.firm and s.fact.id not in ended
    ]
