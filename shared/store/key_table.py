"""The key store on PostgreSQL: a database of its own, one row for each version of a key."""

from __future__ import annotations

import logging
import secrets
import time
from collections import defaultdict
from collections.abc import Hashable, Iterable
from contextlib import suppress
from itertools import islice
from uuid import UUID

from shared.postgres.pool import Pool, in_tenant
from shared.store.cipher import DataKey
from shared.store.key_files import KeyProvider, KeyTrouble, LostKey
from shared.store.key_leases import LEASE, Leases
from shared.store.keys import Erased, Fate, KeyRef, UnknownKey
from shared.telemetry.instruments import KEYS_ERASED, KEYS_MISSED, KEYS_OPENED
from shared.telemetry.words import Word

PROVEN_SECONDS, OTHERS_TRIED = 1.0, 5
log = logging.getLogger("cosigne.keys")

NEWEST = """
SELECT version, wrapped, closed_at IS NOT NULL FROM data_key
 WHERE tenant_id = %s AND subject_id = %s ORDER BY version DESC LIMIT 1
"""
ANY = "SELECT 1 FROM data_key WHERE tenant_id = %s AND wrapped IS NOT NULL LIMIT 1"
SOME = """
SELECT subject_id, version, wrapped FROM data_key
 WHERE tenant_id = %s AND wrapped IS NOT NULL LIMIT 1
"""
FIRST = """
INSERT INTO data_key (tenant_id, subject_id, version, wrapped) VALUES (%s, %s, 1, %s)
ON CONFLICT DO NOTHING
"""
MANY = """
SELECT subject_id, version, wrapped FROM data_key
 WHERE tenant_id = %s AND (subject_id, version) IN (SELECT * FROM unnest(%s::uuid[], %s::int[]))
"""
CLOSE = """
UPDATE data_key SET closed_at = now()
 WHERE tenant_id = %s AND subject_id = %s AND closed_at IS NULL
"""
TOMBSTONE = """
INSERT INTO data_key (tenant_id, subject_id, version, wrapped, closed_at, destroyed_at)
VALUES (%s, %s, 1, NULL, now(), now()) ON CONFLICT DO NOTHING
"""
FATE = """
SELECT extract(epoch FROM clock_timestamp() - min(closed_at))::float8,
       extract(epoch FROM clock_timestamp() - max(destroyed_at))::float8,
       bool_and(closed_at IS NOT NULL), bool_and(wrapped IS NULL)
  FROM data_key WHERE tenant_id = %s AND subject_id = %s
"""
DESTROY = """
UPDATE data_key SET wrapped = NULL, closed_at = coalesce(closed_at, now()), destroyed_at = now()
 WHERE tenant_id = %s AND subject_id = %s AND destroyed_at IS NULL
"""


class KeyTable:
    """`Keys` over the role keys_app and whoever holds the master keys."""

    def __init__(self, pool: Pool, provider: KeyProvider, lease: float = LEASE) -> None:
        self._pool, self._provider, self.lease = pool, provider, lease
        self._sealing: Leases[DataKey] = Leases(lease)
        self._proven = -PROVEN_SECONDS  # when somebody's key opened something, once one did not
        # a destroyed key is remembered as destroyed
        self._opening: Leases[tuple[DataKey | None]] = Leases(lease)

    def sealing_key(self, tenant: UUID, subject: UUID) -> DataKey:
        held = self._sealing.get((tenant, subject))
        if held is not None:
            return held
        KEYS_MISSED.add(1)
        asked = self._sealing.now()
        try:
            found = self._newest(tenant, subject)
        except KeyTrouble as trouble:
            raise self._told(tenant, trouble) from trouble
        if found is None or found[2]:
            raise Erased
        key = self._open(KeyRef(tenant, subject, found[0]), found[1])
        self._sealing.put((tenant, subject), key, asked)
        return key

    def _newest(self, tenant: UUID, subject: UUID) -> tuple[int, bytes, bool] | None:
        """Its version, itself and whether it is closed; made where there is none yet."""
        with in_tenant(self._pool, tenant) as connection:
            found = connection.execute(NEWEST, (tenant, subject)).fetchone()
            if found is None:
                first = connection.execute(ANY, (tenant,)).fetchone() is None
                secret = secrets.token_bytes(32)
                made = self._provider.wrap(tenant, subject, 1, secret, first=first)
                # whoever was first has made it: read again what stands
                connection.execute(FIRST, (tenant, subject, made))
                found = connection.execute(NEWEST, (tenant, subject)).fetchone()
        return found

    def opening_key(self, tenant: UUID, subject: UUID, version: int) -> DataKey | None:
        ref = KeyRef(tenant, subject, version)
        held = self._opening.get(ref)
        if held is None:
            held = self._ask(tenant, [ref]).get(ref)
        if held is None:
            raise UnknownKey(f"no key {version} of {subject} in {tenant}")
        return held[0]

    def fetch(self, wanted: Iterable[KeyRef]) -> None:
        by_tenant: dict[UUID, list[KeyRef]] = defaultdict(list)
        for ref in set(wanted):
            if self._opening.get(ref) is None:
                by_tenant[ref.tenant].append(ref)
        for tenant, refs in by_tenant.items():
            try:
                self._ask(tenant, refs)
            except LostKey as lost:  # whatever needs it says so again
                log.error("%s: %s", Word(lost.code), Word(lost.values["name"]))  # noqa: TRY400

    def digest_key(self, tenant: UUID, subject: UUID) -> bytes:
        return self.sealing_key(tenant, subject).for_digests

    def close(self, tenant: UUID, subject: UUID) -> None:
        with suppress(Erased):  # closing twice is harmless
            self.sealing_key(tenant, subject)  # a row to close, even if nothing was said yet
        self._change(tenant, subject, CLOSE)

    def destroy(self, tenant: UUID, subject: UUID) -> None:
        self._change(tenant, subject, TOMBSTONE, DESTROY)
        KEYS_ERASED.add(1)

    def fate(self, tenant: UUID, subject: UUID) -> Fate:
        with in_tenant(self._pool, tenant) as connection:
            found = connection.execute(FATE, (tenant, subject)).fetchone()
        closed_for, destroyed_for, closed, destroyed = found or (None, None, None, None)
        return Fate(closed_for if closed else None, destroyed_for if destroyed else None)

    def forget(self, tenant: UUID, subject: UUID) -> None:
        def of_subject(name: Hashable) -> bool:
            return isinstance(name, tuple) and name[:2] == (tenant, subject)

        self._sealing.drop(of_subject)
        self._opening.drop(of_subject)

    def _change(self, tenant: UUID, subject: UUID, *statements: str) -> None:
        with in_tenant(self._pool, tenant) as connection:
            for statement in statements:
                connection.execute(statement, (tenant, subject))
        self.forget(tenant, subject)

    def _ask(self, tenant: UUID, refs: list[KeyRef]) -> dict[KeyRef, tuple[DataKey | None]]:
        KEYS_MISSED.add(1)
        asked = self._opening.now()
        subjects, versions = [r.subject for r in refs], [r.version for r in refs]
        with in_tenant(self._pool, tenant) as connection:
            rows = connection.execute(MANY, (tenant, subjects, versions)).fetchall()
        found: dict[KeyRef, tuple[DataKey | None]] = {}
        for subject, version, wrapped in rows:
            ref = KeyRef(tenant, subject, version)
            found[ref] = (None if wrapped is None else self._open(ref, wrapped),)
            self._opening.put(ref, found[ref], asked)
        return found

    def _open(self, ref: KeyRef, wrapped: bytes) -> DataKey:
        KEYS_OPENED.add(1)
        try:
            return DataKey(ref.version, self._provider.unwrap(*ref, wrapped))
        except KeyTrouble as trouble:
            raise self._told(ref.tenant, trouble) from trouble

    def _told(self, tenant: UUID, trouble: KeyTrouble) -> KeyTrouble:
        """The trouble of one, or of all: whether somebody else's key opens what it sealed."""
        if time.monotonic() - self._proven > PROVEN_SECONDS:
            others = islice((t for t in self._provider.tenants() if t != tenant), OTHERS_TRIED)
            if not any(self._opens(other) for other in others):
                return trouble
            self._proven = time.monotonic()
        return LostKey(trouble.code, name=trouble.values["name"])

    def _opens(self, tenant: UUID) -> bool:
        with in_tenant(self._pool, tenant) as connection:
            found = connection.execute(SOME, (tenant,)).fetchone()
        try:
            return found is not None and bool(self._provider.unwrap(tenant, *found))
        except KeyTrouble:
            return False
