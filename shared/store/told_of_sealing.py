"""What is told of a batch that was sealed: how many, how long, and in whose traces."""

from __future__ import annotations

import time

from shared.postgres.pool import Connection
from shared.telemetry import tracing
from shared.telemetry.attributes import EVENTS, SERVICE
from shared.telemetry.instruments import SEALED, SEALING
from shared.telemetry.kinds import SEAL

LOOKED_AT = 200  # of a batch: more come together only where so much happens that few are sampled
ENVELOPES = """
SELECT e.envelope::text FROM log l JOIN events e USING (xid, seq)
 WHERE l.gpos > (SELECT gpos FROM seal) - %s ORDER BY l.gpos DESC LIMIT %s
"""


class ToldOfSealing:
    """One a sealer; it asks for nothing where telemetry is off."""

    def __init__(self, service: str | None) -> None:
        self._service = service

    def __call__(self, connection: Connection, sealed: int, begun: int) -> None:
        if SEALED.real is None:
            return
        SEALED.add(sealed, self._service)
        SEALING.record((time.time_ns() - begun) / 1e9, self._service)
        rows = connection.execute(ENVELOPES, (sealed, min(sealed, LOOKED_AT))).fetchall()
        traces = tracing.traces_in(envelope.encode() for (envelope,) in rows)
        said = ((SERVICE, self._service), (EVENTS, sealed))
        tracing.after(SEAL, traces, begun, "", *said)
