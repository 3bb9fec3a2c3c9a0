"""Rules on ties: add, rename, rate, describe support, end, resume."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from services.network.domain.commands import (
    CIRCLES,
    KINDS,
    SUPPORT,
    AddTie,
    DescribeSupport,
    EndTie,
    RateTie,
    RenameTie,
    ResumeTie,
)
from services.network.domain.events import (
    SupportDescribed,
    TieAdded,
    TieEnded,
    TieRated,
    TieRenamed,
    TieResumed,
)
from services.network.domain.tie import FIRM, Said
from shared.kernel import Command, Fact, Invalid, Refused

if TYPE_CHECKING:
    from services.network.domain.network import Network

LONGEST_NAME = 80


def add(network: Network, command: AddTie) -> Sequence[Fact]:
    name = named(command.name)
    require_in(command.kind, KINDS, "kind")
    if command.circle is not None:
        require_in(command.circle, CIRCLES, "circle")
    fact = TieAdded(
        *network.stamp(command),
        tie=command.tie,
        name=name,
        relation=command.relation,
        circle=command.circle,
        since=command.since,
        kind=command.kind,
    )
    known = network.ties.get(command.tie)
    if known is not None:
        if told_by(known.added) == told_by(fact):
            return []
        raise Refused("tie.exists", field="tie")
    return [fact]


def rename(network: Network, command: RenameTie) -> Sequence[Fact]:
    tie, name = network.tie(command.tie), named(command.name)
    if tie.name == name:
        return []
    return [TieRenamed(*network.stamp(command), tie.id, name)]


def rate(network: Network, command: RateTie) -> Sequence[Fact]:
    tie = network.tie(command.tie)
    if command.quality is None and command.closeness is None:
        raise Invalid("tie.nothing_rated", field="quality")
    fact = TieRated(*network.stamp(command), tie.id, command.quality, command.closeness)
    return unless_said(tie.rating, fact, (command.quality, command.closeness))


def describe(network: Network, command: DescribeSupport) -> Sequence[Fact]:
    tie = network.tie(command.tie)
    for field in ("received", "given"):
        for number, kind in enumerate(getattr(command, field)):
            require_in(kind, SUPPORT, f"{field}.{number}")
    told = (command.received, command.given, command.words)
    fact = SupportDescribed(*network.stamp(command), tie.id, *told)
    return unless_said(tie.support, fact, told)


def end(network: Network, command: EndTie) -> Sequence[Fact]:
    tie = network.tie(command.tie)
    if tie.ended:
        return []
    return [TieEnded(*network.stamp(command), tie.id, command.reason)]


def resume(network: Network, command: ResumeTie) -> Sequence[Fact]:
    tie = network.tie(command.tie)
    if not tie.ended:
        return []
    return [TieResumed(*network.stamp(command), tie.id)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    AddTie: add,
    RenameTie: rename,
    RateTie: rate,
    DescribeSupport: describe,
    EndTie: end,
    ResumeTie: resume,
}


def unless_said(before: Said | None, fact: Fact, told: tuple[object, ...]) -> Sequence[Fact]:
    """Nothing, when she has said just this as firmly."""
    if before is None or told != told_by(before.fact):
        return [fact]
    noting = fact.act.actor != fact.act.author
    return [] if noting or before.attestation in FIRM else [fact]


TOLD: Mapping[type[Fact], Sequence[str]] = {
    TieAdded: ("name", "relation", "circle", "since", "kind"),
    TieRated: ("quality", "closeness"),
    SupportDescribed: ("received", "given", "words"),
}


def told_by(fact: Fact) -> tuple[object, ...]:
    return tuple(getattr(fact, name) for name in TOLD[type(fact)])


def named(name: str) -> str:
    """A name as she gives it. Raises Invalid for one that is empty or too long."""
    name = name.strip()
    if not name:
        raise Invalid("text.empty", field="name")
    if len(name) > LONGEST_NAME:
        raise Invalid("length.too_large", field="name", max=LONGEST_NAME)
    return name


def require_in(value: object, allowed: Sequence[object], field: str) -> None:
    if value not in allowed:
        told = ", ".join(str(a) for a in allowed)
        raise Invalid("value.not_in_list", field=field, allowed=told)
