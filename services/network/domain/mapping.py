"""Rules on ties: add, rename, place, rate, describe support and contact, end, resume."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from services.network.domain.commands import (
    CIRCLES,
    JUST_ME,
    KINDS,
    LINES,
    SUPPORT,
    AddTie,
    DescribeContact,
    DescribeSupport,
    EndTie,
    PlaceTie,
    RateTie,
    RenameTie,
    ResumeTie,
)
from services.network.domain.events import (
    ContactDescribed,
    SupportDescribed,
    TieAdded,
    TieEnded,
    TiePlaced,
    TieRated,
    TieRenamed,
    TieResumed,
)
from services.network.domain.said import before, repeats
from shared.kernel import Command, Fact, Invalid, Refused

if TYPE_CHECKING:
    from services.network.domain.network import Network
    from services.network.domain.tie import Tie

LONGEST_NAME = 80


def add(network: Network, command: AddTie) -> Sequence[Fact]:
    name = named(command.name)
    require_in(command.kind, KINDS, "kind")
    require_in(command.circle, (None, *CIRCLES), "circle")
    require_in(command.visibility, (None, JUST_ME), "visibility")
    fact = TieAdded(
        *network.stamp(command),
        tie=command.tie,
        name=name,
        relation=command.relation,
        circle=command.circle,
        since=command.since,
        kind=command.kind,
        visibility=command.visibility,
    )
    known = network.ties.get(command.tie)
    if known is not None:
        if told_by(known.added) == told_by(fact) and known.adding.entry.act.actor == fact.act.actor:
            return []
        raise Refused("tie.exists", field="tie")
    return [fact]


def rename(network: Network, command: RenameTie) -> Sequence[Fact]:
    tie, name = network.tie(command), named(command.name)
    found = before(tie.of(TieAdded, TieRenamed), command.act)
    same = found is not None and getattr(found.fact, "name", None) == name
    if repeats(found, command.act, same=same):
        return []
    return [TieRenamed(*network.stamp(command), tie.id, name)]


def place(network: Network, command: PlaceTie) -> Sequence[Fact]:
    tie = network.tie(command)
    if command.circle is None and command.relation is None:
        raise Invalid("tie.nothing_placed", field="circle")
    require_in(command.circle, (None, *CIRCLES), "circle")
    fact = TiePlaced(*network.stamp(command), tie.id, command.circle, command.relation)
    return [] if all(stays(tie, fact, what) for what in ("circle", "relation")) else [fact]


def stays(tie: Tie, fact: TiePlaced, what: str) -> bool:
    """Whether this half of a tie's place stays as it was said to be."""
    wanted = getattr(fact, what)
    if wanted is None:
        return True
    told = (s for s in tie.of(TieAdded, TiePlaced) if getattr(s.fact, what) is not None)
    found = before(told, fact.act)
    same = found is not None and getattr(found.fact, what) == wanted
    return repeats(found, fact.act, same=same)


def rate(network: Network, command: RateTie) -> Sequence[Fact]:
    tie = network.tie(command)
    told = (command.quality, command.closeness, command.line)
    if told == (None, None, None):
        raise Invalid("tie.nothing_rated", field="quality")
    require_in(command.line, (None, *LINES), "line")
    return unless_said(tie, TieRated(*network.stamp(command), tie.id, *told))


def describe(network: Network, command: DescribeSupport) -> Sequence[Fact]:
    tie = network.tie(command)
    for field in ("received", "given"):
        for number, kind in enumerate(getattr(command, field)):
            require_in(kind, SUPPORT, f"{field}.{number}")
    told = (command.received, command.given, command.words)
    return unless_said(tie, SupportDescribed(*network.stamp(command), tie.id, *told))


def describe_contact(network: Network, command: DescribeContact) -> Sequence[Fact]:
    tie = network.tie(command)
    told = (command.often, command.means, command.words)
    if not any(told):
        raise Invalid("tie.no_contact_described", field="often")
    return unless_said(tie, ContactDescribed(*network.stamp(command), tie.id, *told))


def end(network: Network, command: EndTie) -> Sequence[Fact]:
    tie = network.tie(command)
    found = before(tie.of(TieEnded, TieResumed), command.act)
    same = found is not None and isinstance(found.fact, TieEnded)
    if repeats(found, command.act, same=same):
        return []
    return [TieEnded(*network.stamp(command), tie.id, command.reason)]


def resume(network: Network, command: ResumeTie) -> Sequence[Fact]:
    tie = network.tie(command)
    found = before(tie.of(TieEnded, TieResumed), command.act)
    hers = command.act.actor == command.act.subject
    if found is None and hers:
        return []
    same = found is not None and isinstance(found.fact, TieResumed)
    if repeats(found, command.act, same=same):
        return []
    return [TieResumed(*network.stamp(command), tie.id)]


RULES: Mapping[type[Command], Callable[[Any, Any], Sequence[Fact]]] = {
    AddTie: add,
    RenameTie: rename,
    PlaceTie: place,
    RateTie: rate,
    DescribeSupport: describe,
    DescribeContact: describe_contact,
    EndTie: end,
    ResumeTie: resume,
}


TOLD: Mapping[type[Fact], Sequence[str]] = {
    TieAdded: ("name", "relation", "circle", "since", "kind", "visibility"),
    TieRated: ("quality", "closeness", "line"),
    SupportDescribed: ("received", "given", "words"),
    ContactDescribed: ("often", "means", "words"),
}


def unless_said(tie: Tie, fact: Fact) -> Sequence[Fact]:
    """Nothing, when just this was said of it as firmly."""
    found = before(tie.of(type(fact)), fact.act)
    same = found is not None and told_by(found.fact) == told_by(fact)
    return [] if repeats(found, fact.act, same=same) else [fact]


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
        told = ", ".join(str(a) for a in allowed if a is not None)
        raise Invalid("value.not_in_list", field=field, allowed=told)
