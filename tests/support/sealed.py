"""What must hold of a sealed log, whatever happened while it was made."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from shared.postgres.pool import connect
from tests.support.stores import Store

PUBLISHED = """
SELECT gpos, tenant_id, position, lane, stream_id, version, subject_id, envelope::text, body,
       body_sha, leaf
  FROM published ORDER BY gpos
"""
Place = tuple[UUID, int]  # stream and version


def assert_sealed(store: Store, acknowledged: Collection[Place]) -> list[Place]:
    """Every acknowledged event once, in its stream's order, gapless, with the leaf it must have.

    Answers the places in the order of the log.
    """
    with connect(store.conninfo("relay")) as relay:
        rows = relay.execute(PUBLISHED).fetchall()
    places = [(row[4], row[5]) for row in rows]
    assert len(places) == len(set(places)), "sealed twice"
    missing = set(acknowledged) - set(places)
    assert not missing, f"{len(missing)} acknowledged, never sealed: {sorted(missing)[:3]}"
    assert [row[0] for row in rows] == list(range(1, len(rows) + 1)), "gpos has gaps"
    positions = defaultdict(list)
    for row in rows:
        positions[row[1]].append(row[2])
    for of_tenant in positions.values():
        assert of_tenant == list(range(1, len(of_tenant) + 1)), "positions have gaps"
    assert out_of_order(places) == []
    for row in rows:
        assert_leaf(row)
    return places


def out_of_order(places: Iterable[Place]) -> list[Place]:
    """Events that come after a later one of their own stream."""
    reached: dict[UUID, int] = {}
    late = []
    for stream, version in places:
        if version < reached.get(stream, 0):
            late.append((stream, version))
        reached[stream] = max(version, reached.get(stream, 0))
    return late


def assert_leaf(row: tuple[Any, ...]) -> None:
    """From the columns of PUBLISHED."""
    tenant, lane, subject, envelope, body, body_sha, leaf = row[1], *row[3:4], *row[6:]
    assert lane == hashlib.sha256(tenant.bytes + subject.bytes).digest()[0] & 63
    if body is not None:
        assert body_sha == hashlib.sha256(body).digest()
    clear = envelope.encode()
    told = b"\x00" + len(clear).to_bytes(4, "big") + clear + body_sha
    assert leaf == hashlib.sha256(told).digest()
