"""The library's mapper, ours: envelope in clear, body sealed under it, unreadable once destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from shared.kernel import Act, Fact, Unreadable
from shared.store.cipher import Tampered, seal
from shared.store.codec import Undecodable, decode, encode, uuid_of
from shared.store.envelope import Envelope, act_of, envelope_of
from shared.store.keys import Keys
from shared.store.opening import Row, holder, opened, read
from shared.store.stored import Stored

if TYPE_CHECKING:
    from eventsourcing.domain import DomainEventProtocol


class FactMapper(Mapper[UUID]):
    """Facts to stored events and back. Safe to share between threads."""

    def __init__(self, keys: Keys) -> None:
        super().__init__(JSONTranscoder())
        self.keys = keys

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> Stored:
        """Seal a fact; a retry seals again, under the envelope of that try."""
        fact = domain_event
        if not isinstance(fact, Fact) or isinstance(fact, Unreadable):
            raise TypeError(f"{fact!r} is not a fact that can be recorded")
        act = fact.act
        of = holder_of(fact)
        key = self.keys.sealing_key(act.tenant, holder(act.tenant, act.subject, of))
        envelope = envelope_of(fact, f"{of}.{key.version}")
        return Stored(
            originator_id=fact.originator_id,
            originator_version=fact.originator_version,
            topic=fact.TOPIC,
            state=seal(key, envelope, encode(fact)),
            tenant_id=act.tenant,
            subject_id=act.subject,
            command_id=act.command,
            envelope=envelope,
        )

    def to_domain_event(self, stored_event: StoredEvent) -> Fact:
        """The fact, or an Unreadable in its place; raises Tampered if it is not what was written."""
        if not isinstance(stored_event, Stored):
            raise TypeError(f"{stored_event!r} has no envelope")
        row = row_of(stored_event)
        envelope = read(row)
        body = opened(self.keys, row, envelope)
        act = told_act(envelope)
        if body is None:
            return unreadable(envelope, act, row)
        return fact_of(envelope, act, row, body)[0]


def holder_of(fact: Fact) -> str:
    """`tenant` for facts about no person, and for those that outlive a person's key."""
    if fact.act.subject == fact.act.tenant:
        return "tenant"
    return str(getattr(fact, "sealed_for", "subject"))


def row_of(stored: Stored) -> Row:
    return Row(
        stored.tenant_id,
        cast("UUID", stored.originator_id),
        stored.originator_version,
        stored.subject_id,
        stored.envelope,
        stored.body,
    )


def told_act(envelope: Envelope) -> Act:
    try:
        return act_of(envelope)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Tampered("an envelope cannot be read") from error


def unreadable(envelope: Envelope, act: Act, row: Row) -> Unreadable:
    gone = Unreadable(row.stream_id, row.version, act.at, act, envelope["type"])
    gone.__dict__["recorded_id"] = uuid_of(envelope["id"])
    return gone


def fact_of(envelope: Envelope, act: Act, row: Row, body: bytes) -> tuple[Fact, dict[str, Any]]:
    """The typed fact and its body's JSON, both as today's class has them.

    The class comes from our own registry only: a stored name never imports a module.
    """
    kind = Fact.registry.get(envelope["type"])
    if kind is None:
        raise Undecodable(f"{envelope['type']!r} is no fact that this process knows")
    json, fields = decode(kind, envelope["v"], body)
    fact: Fact = object.__new__(kind)
    # as the library does: what was recorded is not judged again
    fact.__dict__.update(
        fields,
        originator_id=row.stream_id,
        originator_version=row.version,
        timestamp=act.at,
        act=act,
        recorded_id=uuid_of(envelope["id"]),
    )
    return fact, json
