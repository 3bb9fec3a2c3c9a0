"""Every name that may stand on a span, a metric or a log line, and the form of what it may say.

What is not listed here, or does not have its form, is withheld: nobody's words, names or ids can
leave by a label that somebody added in good faith.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# ids, and what is written like one, have no place anywhere
AN_ID = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}")


@dataclass(frozen=True, slots=True)
class Attribute:
    """`form` is what a text must be like whole; None where only numbers are said."""

    name: str
    meaning: str
    form: str | None = None

    def allows(self, value: object) -> bool:
        if isinstance(value, (bool, int, float)):
            return True
        if self.form is None or not isinstance(value, str):
            return False
        return bool(re.fullmatch(self.form, value)) and not AN_ID.search(value)


WORD = r"[a-z][a-z0-9_]{0,39}"
CLASS = r"[A-Za-z_][A-Za-z0-9_.]{0,79}"

SERVICE = Attribute("cosigne.service", "the service whose it is", WORD)
VIEW = Attribute("cosigne.view", "the view, or what else follows a log", WORD)
SOURCE = Attribute("cosigne.source", "the service whose sealed log is followed", WORD)
OUTCOME = Attribute("cosigne.outcome", "what came of it", WORD)
CODE = Attribute(
    "cosigne.code", "the code of a refusal", r"[a-z0-9_]{1,40}(\.[a-z0-9_]{1,40}){0,3}"
)
COMMAND = Attribute("cosigne.command", "the kind of command: its class", CLASS)
STAGE = Attribute("cosigne.stage", "how far an erasure has come", WORD)
EVENTS = Attribute("cosigne.events", "how many events a batch holds")
ATTRIBUTE = Attribute(
    "cosigne.attribute", "the name of what was withheld, where it is one of these", CLASS
)

ROUTE = Attribute(
    "http.route", "the template of a route, never a path", r"/([A-Za-z0-9_./{}-]|<[a-z_:]+>)*"
)
METHOD = Attribute(
    "http.request.method", "the method, or `_OTHER`",
    "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|_OTHER",
)  # fmt: skip
STATUS = Attribute("http.response.status_code", "the status of the answer")
SCHEME = Attribute("url.scheme", "`http` or `https`", "https?")
ERROR = Attribute(
    "error.type",
    "the class of an error, or the status of an answer that is one",
    CLASS + r"|[45]\d\d",
)
POOL = Attribute("db.client.connection.pool.name", "the role a pool connects as", WORD)
STATE = Attribute("db.client.connection.state", "`idle` or `used`", "idle|used")
MESSAGING = Attribute("messaging.system", "`kafka`", "kafka")
TOPIC = Attribute("messaging.destination.name", "the topic", r"[A-Za-z0-9._-]{1,100}")
OPERATION = Attribute("messaging.operation.name", "`send` or `poll`", "send|poll")
OPERATION_TYPE = Attribute("messaging.operation.type", "`send` or `receive`", "send|receive")
MESSAGES = Attribute("messaging.batch.message_count", "how many messages were sent together")
EXCEPTION = Attribute(
    "exception.type", "the class of an exception; its message is never told", CLASS
)
FRAMES = Attribute(
    "exception.stacktrace", "files, lines and functions it came through; no message, no values",
    r'(  File "[A-Za-z0-9_./<> -]{1,200}", line \d+, in [A-Za-z0-9_<>]{1,80}\n?)*',
)  # fmt: skip
SQLSTATE = Attribute("db.response.status_code", "PostgreSQL's code for an error", "[0-9A-Z]{5}")

ALLOWED: Mapping[str, Attribute] = {
    one.name: one for one in tuple(globals().values()) if isinstance(one, Attribute)
}
