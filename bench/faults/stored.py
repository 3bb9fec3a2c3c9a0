"""One event as its service's table holds it, with its place in the log; digests reckoned anew."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import psycopg

ROWS = """
SELECT e.tenant_id::text, e.stream_id::text, e.version, e.subject_id::text, e.command_id::text,
       e.envelope::text, e.body, l.gpos, l.position, l.leaf, l.body_sha
  FROM events e LEFT JOIN log l ON l.xid = e.xid AND l.seq = e.seq
"""


@dataclass(frozen=True)
class Row:
    """One event as it is stored, with its place in the log if it has one."""

    tenant: str
    stream: str
    version: int
    subject: str
    command: str
    envelope: str
    body: bytes | None
    gpos: int | None
    position: int | None
    leaf: bytes | None
    body_sha: bytes | None

    @property
    def id(self) -> str:
        found: str = json.loads(self.envelope)["id"]
        return found

    @property
    def whole(self) -> bool:
        """Whether its digests are those of what stands there; words that were taken back leave one."""
        told = self.envelope.encode()
        sealed = self.body_sha or b""
        if self.body is not None and hashlib.sha256(self.body).digest() != sealed:
            return False
        leaf = hashlib.sha256(b"\0" + len(told).to_bytes(4, "big") + told + sealed).digest()
        return leaf == self.leaf


def rows(database: psycopg.Connection[Any]) -> list[Row]:
    return [Row(*found) for found in database.execute(ROWS).fetchall()]


def trail_of(database: psycopg.Connection[Any]) -> str:
    """The table that reporting's trail is read from now."""
    asked = "SELECT active FROM view_version WHERE name = 'trail'"
    (active,) = database.execute(asked).fetchone() or (1,)
    return f"trail_v{active}"
