"""Her map as it is for someone's eyes: a map of its own, that holds nothing they may not know.

All that is read from a map (as of a day, what changed, measures) is read from this one, so that
no figure and no picture can tell of a tie that she keeps to herself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from services.network.domain.between import pair_of
from services.network.domain.events import (
    AltersConnected,
    AltersDisconnected,
    AlterTiesAsked,
    ContactDescribed,
    SupportDescribed,
    TieAdded,
    TieDiscussed,
    TieEnded,
    TiePlaced,
    TieRated,
    TieRenamed,
    TieResumed,
)
from services.network.domain.reach import shown_since
from services.network.domain.said import Said, in_order_of_life, latest_of
from services.network.domain.tie import Tie
from shared.access.eyes import Eyes
from shared.kernel import Fact, with_id_of

if TYPE_CHECKING:
    from services.network.domain.network import Network

# each later word of a family takes the place of the one before
FAMILIES = ((TieRated,), (SupportDescribed,), (ContactDescribed,), (TieEnded, TieResumed))


@dataclass(frozen=True)
class Seen:
    """What someone sees: a map, and those of whom only the name is told (`named`)."""

    map: Network
    named: tuple[Tie, ...] = ()


def through(network: Network, eyes: Eyes, today: date) -> Seen | None:
    """The map as these eyes may see it; None when she does not show it to them."""
    if eyes.hers:
        return Seen(network)
    since = shown_since(network, eyes, today)
    if since is None:
        return None
    whole = {id_: at for id_, at in since.items() if shows_whole(network.ties[id_], eyes)}
    told = [f for id_, at in whole.items() for f in first_shown(network.ties[id_], at)]
    told += between_them(network, whole)
    told.sort(key=lambda fact: fact.originator_version)
    named = tuple(network.ties[id_] for id_ in since if id_ not in whole)
    return Seen(replace(network, told=tuple(told)), named)


def shows_whole(tie: Tie, eyes: Eyes) -> bool:
    """Nobody reads what was said of him or of her: no one near her, and no service of itself.

    An alter is never linked to an account, so nobody can tell who is who: those near her read
    names only, and those who work in services read nothing that she says of a service.
    """
    return eyes.hers or (eyes.team and tie.kind != "service")


def first_shown(tie: Tie, since: int) -> Iterator[Fact]:
    """What is told of a tie: what she kept and changed before showing it stays hers alone."""
    before = [s for s in tie.said if s.version < since]
    if not before:
        yield from (s.fact for s in tie.said)
        return
    yield as_first_named(tie, before)
    yield from placed_last(before)
    for family in FAMILIES:
        last = latest_of(s for s in before if isinstance(s.fact, family))
        if last is not None:
            yield last.fact
    yield from (s.fact for s in before if isinstance(s.fact, TieDiscussed))
    yield from (s.fact for s in tie.said if s.version >= since)


def as_first_named(tie: Tie, before: list[Said]) -> Fact:
    """The tie under the name it had when it was first shown; where it is, its last placing says."""
    added = tie.added
    last = latest_of(s for s in before if isinstance(s.fact, TieAdded | TieRenamed))
    circle, relation = (placed(before, what) for what in ("circle", "relation"))
    named = replace(
        added,
        name=added.name if last is None else getattr(last.fact, "name", added.name),
        circle=added.circle if circle is tie.adding else None,
        relation=added.relation if relation is tie.adding else None,
    )
    return with_id_of(named, added)


def placed(told: Iterable[Said], what: str) -> Said | None:
    """By which word a tie has its circle, or its relation."""
    kinds = TieAdded | TiePlaced
    said = (s for s in told if isinstance(s.fact, kinds) and getattr(s.fact, what) is not None)
    return latest_of(said)


def placed_last(told: list[Said]) -> Iterator[Fact]:
    """The last placing in a circle and the last in a relation, each for that half only."""
    circle, relation = (placed(told, what) for what in ("circle", "relation"))
    for said in (circle, *([] if relation is circle else [relation])):
        if said is not None and isinstance(said.fact, TiePlaced):
            fact = said.fact
            half = replace(
                fact,
                circle=fact.circle if said is circle else None,
                relation=fact.relation if said is relation else None,
            )
            yield with_id_of(half, fact)


def between_them(network: Network, whole: Mapping[UUID, int]) -> Iterator[Fact]:
    """Lines between two who are both shown, and what was asked among those who are."""
    lines: dict[frozenset[UUID], list[Said]] = {}
    for said in network.said:
        fact = said.fact
        if isinstance(fact, AlterTiesAsked):
            left = tuple(tie for tie in fact.ties if tie in whole)
            if len(left) > 1:
                yield with_id_of(replace(fact, ties=left), fact)
        elif isinstance(fact, AltersConnected | AltersDisconnected):
            pair = pair_of(fact) or frozenset()
            if pair <= whole.keys():
                lines.setdefault(pair, []).append(said)
    for pair, told in lines.items():
        since = max(whole[tie] for tie in pair)
        last = latest_of(in_order_of_life(s for s in told if s.version < since))
        yield from [last.fact] if last else []
        yield from (s.fact for s in told if s.version >= since)


def may_name(network: Network, eyes: Eyes, today: date) -> Mapping[UUID, Tie]:
    """The ties a party may speak of: what it sees or is told the name of, and what it noted."""
    if eyes.hers:
        return network.ties
    seen = through(network, eyes, today)
    shown = {*seen.map.ties, *(tie.id for tie in seen.named)} if seen else set()
    return {
        id_: tie
        for id_, tie in network.ties.items()
        if id_ in shown or tie.adding.entry.act.actor == eyes.party
    }
