"""The list of positions, kept outside: what each sealed log held, proven by one digest a line.

Whoever restores compares it with what came back: each leaf made again from the stored bytes, and
chained, must give the digests that were written down while all was well. It holds no person's id.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from shared.kernel import Refused
from shared.postgres.pool import Connection, connect
from shared.settings import SERVICES, Settings

HEAD = "SELECT era, gpos FROM published_head"
# the view walks the log in its order; the envelope's text is the bytes that were stored
PAGE = """
SELECT gpos, tenant_id, position, envelope::text, body, body_sha, leaf FROM published
 WHERE gpos > %s AND gpos <= %s ORDER BY gpos LIMIT 2000
"""
START = b"\0" * 32


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: in this era of this log, all up to this position chains to this digest."""

    service: str
    era: int
    gpos: int
    chain: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a sealed log as it is stored now."""

    gpos: int
    tenant: UUID
    position: int
    envelope: str
    body: bytes | None
    body_sha: bytes
    leaf: bytes

    def is_whole(self) -> bool:
        """Whether the stored bytes give the leaf; words that were taken back leave their digest."""
        told = self.envelope.encode()
        made = sha256(b"\0" + len(told).to_bytes(4, "big") + told + self.body_sha).digest()
        kept = self.body is None or sha256(self.body).digest() == self.body_sha
        return kept and made == self.leaf

    def chained(self, before: bytes) -> bytes:
        place = self.gpos.to_bytes(8, "big", signed=True) + self.position.to_bytes(8, "big")
        return sha256(before + self.tenant.bytes + place + self.leaf).digest()


class PositionsList:
    """A file of lines, one for each service and time of writing; only ever added to."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def require(self) -> None:
        """Raises Refused where there is no list: comparing with none would prove nothing."""
        if not self.file.exists():
            raise Refused("positions.no_list", file=str(self.file))

    def all(self) -> Iterator[Listed]:
        """Raises Refused for a line that cannot be read: a list in doubt proves nothing."""
        if not self.file.exists():
            return
        for number, line in enumerate(self.file.read_text("ascii").splitlines(), 1):
            try:
                yield Listed(**json.loads(line))
            except (ValueError, TypeError) as error:
                raise Refused("positions.line", file=str(self.file), line=number) from error

    def last(self) -> Mapping[tuple[str, int], Listed]:
        """The last line of each service in each era."""
        return {(one.service, one.era): one for one in self.all()}

    def write(self, settings: Settings) -> list[Listed]:
        """Go on from the last line of each service; answers where each stands now.

        Raises Refused where a log knows less than the list: it was restored, or is another one.
        """
        known = self.last()
        added = [self._gone_on(settings, service, known) for service in SERVICES]
        self._append([one for one in added if one.gpos and one not in known.values()])
        return added

    @staticmethod
    def _gone_on(
        settings: Settings, service: str, known: Mapping[tuple[str, int], Listed]
    ) -> Listed:
        with connect(settings.conninfo(service, "relay")) as relay:
            era, head = head_of(relay)
            last = known.get((service, era), Listed(service, era, 0, START.hex()))
            if head < last.gpos or any(s == service and e > era for s, e in known):
                raise Refused("positions.behind", service=service, listed=last.gpos, head=head)
            if head == last.gpos:
                return last
            chain = bytes.fromhex(last.chain)
            for entry in entries(relay, last.gpos, head):
                chain = entry.chained(chain)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return Listed(service, era, head, chain.hex(), at)

    def _append(self, lines: list[Listed]) -> None:
        made = os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(made, "a", encoding="ascii") as out:
            out.writelines(f"{json.dumps(asdict(line))}\n" for line in lines)
            out.flush()
            os.fsync(out.fileno())


def head_of(connection: Connection) -> tuple[int, int]:
    era, head = connection.execute(HEAD).fetchone() or (1, 0)
    return era, head


def entries(connection: Connection, after: int, upto: int) -> Iterator[Entry]:
    while after < upto:
        rows = connection.execute(PAGE, (after, upto)).fetchall()
        if not rows:
            return
        yield from (Entry(*row) for row in rows)
        after = rows[-1][0]
