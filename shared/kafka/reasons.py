"""Why brokers did not let us in: the client's errors say only that its time was over."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kafka.errors import KafkaTimeoutError, RequestTimedOutError


class UnreachableError(ConnectionError):
    """None of the brokers that were named answers, or lets us in."""


HUNG_UP = "disconnected"


class Said(logging.Handler):
    """Why connections failed, in the only place where the client says so: the reason that says most."""

    reason = ""

    def emit(self, record: logging.LogRecord) -> None:
        given = record.args if isinstance(record.args, tuple) else ()
        for error in given:
            # that its time was over, or that it was hung up on, says less than what came before
            late = isinstance(error, KafkaTimeoutError | RequestTimedOutError)
            if isinstance(error, Exception) and not late:
                less = HUNG_UP in str(error) and self.reason
                self.reason = self.reason if less else str(error)


said = Said()
# it writes many lines a second while a broker is away; what comes of that is in our own logs
logging.getLogger("kafka").setLevel(logging.CRITICAL)
connecting = logging.getLogger("kafka.net.manager")
connecting.setLevel(logging.WARNING)
connecting.propagate = False
connecting.addHandler(said)


@contextmanager
def told_why(servers: Sequence[str], *, signing_in: bool) -> Iterator[None]:
    """Raises UnreachableError with the reason: a wrong password, a certificate nobody vouches for."""
    said.reason = ""
    try:
        yield
    except KafkaTimeoutError as late:
        reason = said.reason
        if signing_in and HUNG_UP in reason:
            # a broker that does not know the password hangs up; its answer may be lost with that
            reason = f"{reason} while signing in: the user or the password may be wrong"
        raise UnreachableError(": ".join(filter(None, (", ".join(servers), reason)))) from late
