"""A sealed event as consumers see it: by contract name and fields, whoever recorded it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import orjson

from shared.kernel import Act, Fact
from shared.store.cipher import Tampered
from shared.store.codec import decoded, uuid_of
from shared.store.envelope import Envelope, maybe
from shared.store.keys import KeyRef, Keys
from shared.store.mapper import fact_of, told_act
from shared.store.opening import Row, holder, opened, read
from shared.store.source import Sealed

TAKING_BACK = ("words_withdrawn", "entry_misfiled", "person_erased")
KEY = re.compile(rb'"key":"(tenant|subject)\.([0-9]+)"')
UNOPENED: Any = object()


class Told:
    """One event of a service's sealed log, opened as far as it is asked for, and once.

    `id` is the event's own, `entry` the one it answers. What is in clear is read at once; the act,
    the words (`body`) and the typed fact when a view asks for them, as most events are none of its
    business. Asking raises Tampered or Undecodable where a row is not what was written.
    """

    __slots__ = (
        "_act", "_body", "_keys", "_plain", "entry", "envelope", "sealed", "source", "type",
    )  # fmt: skip

    def __init__(self, source: str, sealed: Sealed, envelope: Envelope, keys: Keys | None) -> None:
        self.source, self.sealed, self.envelope, self._keys = source, sealed, envelope, keys
        self.type: str = envelope["type"]
        self.entry = maybe(envelope.get("entry"))
        self._act: Act | None = None
        # without keys there is nothing left to read
        self._plain: bytes | None = None if keys is None else UNOPENED
        self._body: Mapping[str, Any] | None = None

    @property
    def id(self) -> UUID:
        return uuid_of(self.envelope["id"])

    @property
    def era(self) -> int:
        return self.sealed.era

    @property
    def gpos(self) -> int:
        return self.sealed.gpos

    @property
    def position(self) -> int:
        return self.sealed.position

    @property
    def lane(self) -> int:
        return self.sealed.lane

    @property
    def leaf(self) -> bytes:
        return self.sealed.leaf

    @property
    def tenant(self) -> UUID:
        return self.sealed.tenant_id

    @property
    def subject(self) -> UUID:
        return self.sealed.subject_id

    @property
    def stream(self) -> UUID:
        return self.sealed.stream_id

    @property
    def version(self) -> int:
        return self.sealed.version

    @property
    def schema(self) -> int:
        return int(self.envelope["v"])

    @property
    def act(self) -> Act:
        """Who, for whom, with whom, how and when."""
        if self._act is None:
            self._act = told_act(self.envelope)
        return self._act

    @property
    def readable(self) -> bool:
        """Whether the words are still there: neither they nor their key were destroyed."""
        return self._words() is not None

    @property
    def body(self) -> Mapping[str, Any]:
        """JSON values (ids as text), brought up to date where this process has the class."""
        if self._body is None:
            words = self._words()
            self._body = {} if words is None else self._json(words)
        return self._body

    @property
    def fact(self) -> Fact | None:
        """The typed fact; None where its words are gone, or this process lacks its class."""
        words = self._words()
        if words is None or self._kind() is None:
            return None
        return fact_of(self.envelope, self.act, row_of(self.sealed), words)[0]

    @property
    def takes_back(self) -> bool:
        """Whether this event makes another one, or all of a person's, unreadable."""
        return takes_back(self.type)

    @property
    def outlives(self) -> bool:
        """Whether it stays readable when its subject's key is destroyed: the organisation's does."""
        return str(self.envelope["key"]).startswith("tenant.")

    def silent(self) -> Told:
        """The same event with nothing left to read."""
        return Told(self.source, self.sealed, self.envelope, None)

    def _words(self) -> bytes | None:
        if self._plain is UNOPENED and self._keys is not None:
            self._plain = opened(self._keys, row_of(self.sealed), self.envelope)
        return self._plain

    def _json(self, words: bytes) -> Mapping[str, Any]:
        kind = self._kind()
        if kind is not None:
            return decoded(kind, self.schema, words)
        json: Mapping[str, Any] = orjson.loads(words)
        return json

    def _kind(self) -> type[Fact] | None:
        """The class that knows this body: a newer release's fact is told by its fields alone."""
        kind = Fact.registry.get(self.type)
        return kind if kind is not None and self.schema <= kind.class_version else None


def takes_back(stored_name: str) -> bool:
    return stored_name.rsplit(".", 1)[-1] in TAKING_BACK


class Teller:
    """Opens the rows of sealed logs with the keys of this installation."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def __call__(self, source: str, sealed: Sealed) -> Told:
        return tell(source, sealed, self._keys)

    def prepare(self, page: Iterable[Sealed]) -> None:
        """Fetch the keys of a page together, so that opening it asks nothing more."""
        wanted: dict[tuple[int, int, bytes], KeyRef] = {}
        for row in page:
            # found without decoding the envelope; one that names no key says so when it is told
            found = KEY.search(row.envelope) if row.body else None
            if found is None:
                continue
            name = (row.tenant_id.int, row.subject_id.int, found[0])
            if name not in wanted:
                of = holder(row.tenant_id, row.subject_id, found[1].decode())
                wanted[name] = KeyRef(row.tenant_id, of, int(found[2]))
        self._keys.fetch(wanted.values())


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
    """Raises Tampered when an envelope cannot be read or is not this row's."""
    envelope = read(row_of(sealed))
    try:
        return Told(source, sealed, envelope, keys)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Tampered("an envelope cannot be read") from error
