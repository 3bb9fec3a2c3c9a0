"""One command, one id: the same key sent again is the same command, not a second one."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import time
from collections.abc import Callable
from uuid import UUID, uuid5

from flask import g, request

from shared.http.bodies import body_of, canonical
from shared.kernel import Invalid, uuid7_from

KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,198}[\x21-\x7e])?")
HEADER = "Idempotency-Key"


class Idempotency:
    """Names the command of the request under way, and digests it under the subject's own key."""

    def __init__(self, digest_key: Callable[[UUID, UUID], bytes]) -> None:
        self.digest_key = digest_key

    def command(self, tenant: UUID) -> UUID:
        """The id of this request's command: from tenant, route and key; else drawn, once."""
        key = sent_key()
        if key is None:
            return self.drawn()
        return uuid5(tenant, f"{route()}\n{key}")

    def digest(self, tenant: UUID, subject: UUID) -> str | None:
        """What was asked with the key: method, path, who asks and the body; None without a key.

        Under a key of the subject's own, so that a digest kept in clear tells nobody which words
        were sent, nor that two persons sent the same.
        """
        if sent_key() is None:
            return None
        own = self.digest_key(tenant, subject)
        asked = f"{request.method}\n{request.path}\n{asker()}\n".encode()
        return hmac.new(own, asked + canonical(body_of(request)), hashlib.sha256).hexdigest()

    def stream(self, tenant: UUID, *parts: object) -> UUID:
        """The id of a stream which this request opens: the same again for the same key.

        Each who asks, and each place, has keys of its own: two people's first key may well be "1".
        """
        opened = "/".join(str(part) for part in parts)
        return uuid5(self.command(tenant), f"{asker()}\n{request.path}\n{opened}")

    def drawn(self) -> UUID:
        """The request's own id where no key was sent: one, however often it is asked for."""
        if "command" not in g:
            g.command = self.fresh()
        drawn: UUID = g.command
        return drawn

    @staticmethod
    def fresh() -> UUID:
        """A new UUIDv7."""
        return uuid7_from(time.time_ns() // 1_000_000, os.urandom(10))


def sent_key() -> str | None:
    key = request.headers.get(HEADER)
    if key is not None and not KEY.fullmatch(key):
        raise Invalid("idempotency.invalid_key", field=HEADER)
    return key


def route() -> str:
    """The route as it was written, so that one key serves one kind of command."""
    rule = request.url_rule.rule if request.url_rule else request.path
    return f"{request.method} {rule}"


def asker() -> str:
    who = g.get("signed_in")
    return who.subject if who else ""
