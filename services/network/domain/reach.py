"""Since when each tie is shown to someone: the latest word decides, a sharing or its end.

Never the sum: to show less takes away what was shown before, and to end that does not bring it
back. What her team is shown reaches each member of it unless a later word names them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from services.network.domain.events import NetworkShared, SharingEnded
from services.network.domain.said import Said
from shared.access.eyes import Eyes

if TYPE_CHECKING:
    from services.network.domain.network import Network

TEAM = None


class Word(NamedTuple):
    """The latest word to one party, or to her team; `shows` is None once it has ended."""

    order: int
    sharing: UUID
    shows: NetworkShared | None


@dataclass(frozen=True)
class Reach:
    """What one reader has been shown: since when the map, since when a tie that was kept before."""

    eyes: Eyes
    words: Mapping[UUID | None, Word] = field(default_factory=dict)
    kept: frozenset[UUID] = frozenset()
    since: int | None = None
    again: Mapping[UUID, int] = field(default_factory=dict)
    heard: int = 0

    @property
    def deciding(self) -> NetworkShared | None:
        last = max(self.words.values(), key=lambda word: word.order, default=None)
        return None if last is None else last.shows

    def hear(self, said: Said) -> Reach:
        match said.fact:
            case NetworkShared() as shared:
                return self.shared(said, shared)
            case SharingEnded() as ended:
                return self.ended(said, ended)
            case _:
                return self

    def shared(self, said: Said, fact: NetworkShared) -> Reach:
        whom: list[UUID | None] = [p for p in fact.audience if p == self.eyes.party]
        whom += [TEAM] * (fact.my_team and self.eyes.team)
        if not whom:
            return self
        if not said.firm:
            # a word that does not stand opens nothing, and what it closes stays closed
            return replace(self, kept=self.kept | set(fact.except_ties))
        word = Word(self.heard, fact.id, fact)
        heard = replace(self, words={**self.words, **dict.fromkeys(whom, word)})
        return self.turned(heard, said, frozenset(fact.except_ties))

    def ended(self, said: Said, fact: SharingEnded) -> Reach:
        words = dict(self.words)
        for who, word in self.words.items():
            if word.sharing != fact.sharing or (fact.audience and who not in fact.audience):
                continue
            # an end for the team keeps its place: it does not end what one was shown later
            words[who] = Word(word.order if who is TEAM else self.heard, word.sharing, None)
        heard = replace(self, words=words)
        kept = self.kept if heard.deciding == self.deciding else excepted(heard.deciding)
        return self.turned(heard, said, kept)

    def turned(self, now: Reach, said: Said, kept: frozenset[UUID]) -> Reach:
        """After a word: what goes on being shown keeps its beginning, what opens begins here."""
        then = self.deciding
        day = said.fact.act.day_recorded
        over = then is not None and then.until is not None and day > then.until
        at = said.version
        if now.deciding is None or then is None or over:
            since, again = (None if now.deciding is None else at), dict[UUID, int]()
        else:
            since, again = self.since, {**self.again, **dict.fromkeys(self.kept - kept, at)}
        return replace(now, kept=kept, since=since, again=again, heard=self.heard + 1)


def excepted(shared: NetworkShared | None) -> frozenset[UUID]:
    return frozenset(() if shared is None else shared.except_ties)


def shown_since(network: Network, eyes: Eyes, today: date) -> Mapping[UUID, int] | None:
    """The version since which these eyes see each tie they see; None when she shows no map."""
    reach = heard_by(eyes, network.said)
    deciding = reach.deciding
    if deciding is None or (deciding.until is not None and today > deciding.until):
        return None
    start = reach.since or 0
    return {
        id_: max(start, reach.again.get(id_, 0), tie.opened_at)
        for id_, tie in network.ties.items()
        if id_ not in reach.kept and tie.kept_since is None
    }


def heard_by(eyes: Eyes, said: Iterable[Said]) -> Reach:
    reach = Reach(eyes)
    for one in said:
        reach = reach.hear(one)
    return reach
