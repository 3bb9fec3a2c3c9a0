"""How a partner's system signs in: as a client of its own at the organisation's provider of sign-ins."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote_plus, urlencode, urlsplit

from cosigne_partner.feed import OPENER, PATIENCE, Refused

EARLY = 60.0  # seconds before its end from which on a token is not used any more


class Credentials:
    """The grant `client_credentials` of OAuth 2.0: a `token` for a Feed, kept for as long as it lasts."""

    def __init__(
        self, url: str, client: str, secret: str, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise ValueError(f"not an address to get a token from: {url}")
        self.url, self._client, self._secret, self._clock = url, client, secret, clock
        self._token, self._until, self._alone = "", float("-inf"), threading.Lock()

    def __call__(self) -> str:
        """Raises Refused where the provider says no, and OSError where it does not answer."""
        with self._alone:
            if self._clock() >= self._until:
                now = self._clock()
                self._token, lasts = self._ask()
                self._until = now + max(lasts - EARLY, 0)
            return self._token

    def _ask(self) -> tuple[str, float]:
        pair = f"{quote_plus(self._client)}:{quote_plus(self._secret)}".encode()
        request = urllib.request.Request(  # noqa: S310 - the scheme is looked at above
            self.url,
            data=urlencode({"grant_type": "client_credentials"}).encode(),
            headers={"Authorization": f"Basic {b64encode(pair).decode()}"},
        )
        try:
            with OPENER.open(request, timeout=PATIENCE) as answer:
                told = json.loads(answer.read())
        except urllib.error.HTTPError as error:
            with error:
                raise refusal(error.code, error.read()) from None
        return str(told["access_token"]), float(told.get("expires_in", 0))


def refusal(status: int, body: bytes) -> Refused:
    """As OAuth 2.0 says it."""
    try:
        told = json.loads(body)
        code, detail = str(told.get("error", "")), str(told.get("error_description", ""))
    except (ValueError, AttributeError):
        code, detail = "", body[:200].decode(errors="replace")
    return Refused(status, code, detail or "the provider of sign-ins gives no token")


def sign_in(environment: Mapping[str, str]) -> Callable[[], str]:
    """As the environment says. Raises ValueError where it says nothing."""
    if token := told(environment, "COSIGNE_TOKEN"):
        return lambda: token
    names = ("COSIGNE_TOKEN_URL", "COSIGNE_CLIENT", "COSIGNE_CLIENT_SECRET")
    url, client, secret = (told(environment, name) for name in names)
    if not (url and client and secret):
        raise ValueError(
            f"no way to sign in: set {', '.join(names[:2])} and {names[2]}, or COSIGNE_TOKEN"
        )
    return Credentials(url, client, secret)


def told(environment: Mapping[str, str], name: str) -> str:
    """What it says; `<name>_FILE` names a file that holds it. Raises ValueError for both at once."""
    value, file = environment.get(name, ""), environment.get(f"{name}_FILE")
    if value and file:
        raise ValueError(f"{name} and {name}_FILE are both given: keep one")
    return Path(file).read_text("utf-8").strip() if file else value
