"""A map as JSON: the same for all, made of what each may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from services.network.domain.measures import asking_of
from services.network.domain.network import Network
from services.network.domain.said import Said
from services.network.domain.seeing import Seen
from services.network.domain.tie import Tie
from shared.access.eyes import Eyes


def shown(
    person: UUID, state: Network, eyes: Eyes, seen: Seen, picture: Network, day: date
) -> dict[str, Any]:
    """`picture` is the map as these eyes see it on that day; to whom she shows it is hers alone."""
    return {
        "person": person,
        "as_of": day,
        "ties": [tie_shown(tie) for tie in picture.ties.values()],
        "named": [
            {"tie": tie.id, "name": tie.name, "kind": tie.kind, "relation": tie.relation}
            for tie in seen.named
        ],
        "lines": sorted(sorted(str(tie) for tie in pair) for pair in picture.lines),
        "alter_ties_asked": asking_of(picture),
        "sharings": [
            {
                "sharing": s.id,
                "audience": s.audience,
                "my_team": s.my_team,
                "except_ties": s.except_ties,
                "until": s.until,
            }
            for s in (state.sharings if eyes.hers else ())
        ],
    }


def tie_shown(tie: Tie) -> Mapping[str, Any]:
    added = tie.added
    return {
        "tie": tie.id,
        "entry": added.id,
        "attestation": tie.adding.attestation,
        "name": tie.name,
        "relation": tie.relation,
        "circle": tie.circle,
        "since": added.since,
        "kind": added.kind,
        "ended": tie.ended,
        "visibility": "as_map" if tie.kept_since is None else "just_me",
        "rating": tie.rating and said_shown(tie.rating, ("quality", "closeness", "line")),
        "support": tie.support and said_shown(tie.support, ("received", "given", "words")),
        "contact": tie.contact and said_shown(tie.contact, ("often", "means", "words")),
        "thread": [
            {
                "entry": s.entry.id,
                "author": s.entry.act.author,
                "words": getattr(s.fact, "words", None),
            }
            for s in tie.thread
        ],
    }


def said_shown(said: Said, fields: Sequence[str]) -> Mapping[str, Any]:
    fact, told = said.fact, {"entry": said.entry.id, "attestation": said.attestation}
    for name in fields:
        told[name] = getattr(fact, name)
    return told
