"""Two obvious ways of following a table, both wrong: the tests show how."""

TAIL = "SELECT stream_id, version, seq FROM events WHERE seq > %s ORDER BY seq"
# every row below the oldest transaction id still running, in the order of ids, then of seq
HORIZON = """
SELECT stream_id, version, xid, seq FROM events
 WHERE (xid, seq) > (%s::text::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())
 ORDER BY xid, seq
"""


class NaiveTail:
    """Remembers the last seq it saw."""

    def __init__(self, connection):
        self.connection, self.last, self.seen = connection, 0, []

    def read(self):
        for stream, version, seq in self.connection.execute(TAIL, (self.last,)):
            self.seen.append((stream, version))
            self.last = seq


class OldestRunning:
    """Reads only below the oldest transaction that may still write."""

    def __init__(self, connection):
        self.connection, self.last, self.seen = connection, ("0", 0), []

    def read(self):
        for stream, version, xid, seq in self.connection.execute(HORIZON, self.last):
            self.seen.append((stream, version))
            self.last = (xid, seq)
