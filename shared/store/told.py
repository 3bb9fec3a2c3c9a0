"""A sealed event as consumers see it: by contract name and fields, whoever recorded it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID

import orjson

from shared.kernel import Act, Fact
from shared.store.cipher import Tampered
from shared.store.envelope import maybe
from shared.store.keys import KeyRef, Keys
from shared.store.mapper import fact_of, told_act
from shared.store.opening import Row, key_of, opened, read
from shared.store.source import Sealed

TAKING_BACK = ("words_withdrawn", "entry_misfiled", "person_erased")


@dataclass(frozen=True, slots=True)
class Told:
    """One event of a service's sealed log, opened as far as it can be.

    `body` holds JSON values (ids as text), brought up to date where this process has the class;
    `fact` is the typed fact there, else None. Not readable: the words or their key were destroyed.
    `entry` is the event that this one answers.
    """

    source: str
    era: int
    gpos: int
    position: int
    lane: int
    leaf: bytes
    id: UUID
    tenant: UUID
    subject: UUID
    stream: UUID
    version: int
    type: str
    schema: int
    act: Act
    body: Mapping[str, Any]
    readable: bool
    fact: Fact | None
    entry: UUID | None = None

    @property
    def takes_back(self) -> bool:
        """Whether this event makes another one, or all of a person's, unreadable."""
        return self.type.rsplit(".", 1)[-1] in TAKING_BACK

    def silent(self) -> Self:
        """The same event with nothing left to read."""
        return replace(self, body={}, readable=False, fact=None)


class Teller:
    """Opens the rows of sealed logs with the keys of this installation."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def __call__(self, source: str, sealed: Sealed) -> Told:
        return tell(source, sealed, self._keys)

    def prepare(self, page: Iterable[Sealed]) -> None:
        """Fetch the keys of a page together, so that opening it asks nothing more."""
        self._keys.fetch(ref for row in page if row.body and (ref := ref_of(row)) is not None)


def ref_of(sealed: Sealed) -> KeyRef | None:
    """The key a row needs; None where its envelope cannot be read, which `tell` says in full."""
    try:
        return key_of(read(row_of(sealed)))
    except (Tampered, ValueError, KeyError, AttributeError):
        return None


def row_of(sealed: Sealed) -> Row:
    return Row(
        sealed.tenant_id,
        sealed.stream_id,
        sealed.version,
        sealed.subject_id,
        sealed.envelope,
        sealed.body,
    )


def tell(source: str, sealed: Sealed, keys: Keys) -> Told:
    """Raises Tampered when a row is not what was written, Undecodable when its body fits no class."""
    row = row_of(sealed)
    envelope = read(row)
    act = told_act(envelope)
    body = opened(keys, row, envelope)
    fact: Fact | None = None
    json: Mapping[str, Any] = {}
    if body is not None:
        kind = Fact.registry.get(envelope["type"])
        # a newer release's fact is still told, by its fields
        if kind is not None and envelope["v"] <= kind.class_version:
            fact, json = fact_of(envelope, act, row, body)
        else:
            json = orjson.loads(body)
    return Told(
        source=source,
        era=sealed.era,
        gpos=sealed.gpos,
        position=sealed.position,
        lane=sealed.lane,
        leaf=sealed.leaf,
        id=UUID(envelope["id"]),
        tenant=row.tenant_id,
        subject=row.subject_id,
        stream=row.stream_id,
        version=row.version,
        type=envelope["type"],
        schema=envelope["v"],
        act=act,
        body=json,
        readable=body is not None,
        fact=fact,
        entry=maybe(envelope.get("entry")),
    )
