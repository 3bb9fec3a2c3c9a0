"""Her map as JSON, for whoever she shows it to; to all others there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from flask import Response

from services.network.domain.network import Network
from services.network.domain.showing import Eyes, seen_by, sharings
from services.network.domain.tie import Tie
from shared.http.admission import Reader
from shared.http.desk import Desk
from shared.kernel import Act, Command, NotFound

CARE = frozenset({"practitioner", "peer_worker"})


def stream_of(person: UUID) -> UUID:
    """The one stream of a person's network."""
    return uuid5(person, "network")


def on(act: Act) -> dict[str, Any]:
    return {"act": act, "stream": stream_of(act.subject)}


def today(desk: Desk, tenant: UUID) -> date:
    return desk.clock().astimezone(desk.zone(tenant)).date()


def network_for(desk: Desk, reader: Reader, person: UUID) -> Response:
    """Raises the same NotFound for a map nobody began and for one that is not shown."""
    stream = stream_of(person)
    try:
        state = desk.ledger.load(Network, reader.tenant, stream, person)
    except NotFound:
        if not reader.is_self:
            raise
        state = Network(stream)
    eyes = Eyes(reader.party, reader.standing.kind)
    ties = seen_by(state, eyes, today(desk, reader.tenant))
    if ties is None:
        raise NotFound("stream.unknown")
    body = shown(person, state, eyes, ties)
    if eyes.hers:
        return desk.answer_read({**body, "version": state.version}, state.version)
    return desk.answer_read(body)


def decided(desk: Desk, command: Command) -> Response:
    """The ledger decides; whoever noted something for her sees no more than she shows them."""
    done = desk.execute(Network, command)
    act = command.act
    role = act.role_of(act.actor) or "other"
    kind = "self" if act.actor == act.subject else "care" if role in CARE else role
    eyes = Eyes(act.actor, kind)
    ties = seen_by(done.state, eyes, today(desk, act.tenant)) or ()
    body = shown(act.subject, done.state, eyes, ties)
    if eyes.hers:
        return desk.answer(done, body)
    return desk.answer_read({**body, "entries": [f.id for f in done.facts]}, status=201)


def shown(person: UUID, state: Network, eyes: Eyes, ties: Sequence[Tie]) -> Mapping[str, Any]:
    return {
        "person": person,
        "ties": [tie_shown(tie) for tie in ties],
        "sharings": [
            {
                "sharing": s.id,
                "audience": s.audience,
                "my_team": s.my_team,
                "except_ties": s.except_ties,
                "until": s.until,
            }
            for s in (sharings(state) if eyes.hers else ())
        ],
    }


def tie_shown(tie: Tie) -> Mapping[str, Any]:
    added = tie.added
    return {
        "tie": tie.id,
        "entry": added.id,
        "attestation": tie.said[0].attestation,
        "name": tie.name,
        "relation": added.relation,
        "circle": added.circle,
        "since": added.since,
        "kind": added.kind,
        "ended": tie.ended,
        "rating": said_shown(tie, "rating", ("quality", "closeness")),
        "support": said_shown(tie, "support", ("received", "given", "words")),
    }


def said_shown(tie: Tie, what: str, fields: Sequence[str]) -> Mapping[str, Any] | None:
    said = getattr(tie, what)
    if said is None:
        return None
    told = {name: getattr(said.fact, name) for name in fields}
    return {"entry": said.entry.id, "attestation": said.attestation, **told}
