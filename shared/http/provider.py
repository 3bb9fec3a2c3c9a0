"""An OpenID Connect provider as a service sees it: its discovery document and its public keys."""

from __future__ import annotations

import json
import logging
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from shared.http.errors import SignInNeeded, Unavailable
from shared.production import is_near

Fetch = Callable[[str], Any]
log = logging.getLogger(__name__)

DISCOVERY = "/.well-known/openid-configuration"
KINDS: Mapping[str, type[RSAKey | ECKey | OKPKey]] = {
    "RSA": RSAKey,
    "EC": ECKey,
    "OKP": OKPKey,
}
FITTING = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC", "ES384": "EC"}
FRESH_FOR = 3600.0  # keys are read again after an hour
NOT_AGAIN_BEFORE = 20.0  # a stranger's made-up key id makes nobody ask the provider each time
LARGEST_ANSWER = 512 * 1024
PATIENCE = 5.0


class Provider:
    """Keys are fetched when first needed, kept, and looked up again when one is unknown."""

    def __init__(
        self,
        issuer: str,
        *,
        discovery: str | None = None,
        fetch: Fetch | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.issuer = issuer
        self.discovery = discovery or issuer.rstrip("/") + DISCOVERY
        self.fetch = fetch or fetched
        self.now = now
        self.keys: Mapping[str | None, Key] = {}
        self.asked_at = self.fresh_until = float("-inf")
        self.lock = threading.Lock()

    def key(self, kid: object, algorithm: str) -> Key:
        """The public key a token names; raises SignInNeeded when the provider has none such."""
        if self.now() >= self.fresh_until or kid not in self.keys:
            self.refresh(kid)
        key = self.keys.get(kid if isinstance(kid, str) else None)
        if key is None and kid is None and len(self.keys) == 1:
            key = next(iter(self.keys.values()))
        if key is None or key.key_type != FITTING.get(algorithm, "OKP"):
            raise SignInNeeded("sign_in.invalid")
        return key

    def refresh(self, kid: object) -> None:
        with self.lock:
            now = self.now()
            known = kid in self.keys and now < self.fresh_until
            if known or now < self.asked_at + NOT_AGAIN_BEFORE:
                if not self.keys:
                    raise Unavailable("sign_in.issuer_away")
                return
            self.asked_at = now
            try:
                self.keys = self.read()
                self.fresh_until = now + FRESH_FOR
            except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
                log.warning("the sign-in service does not answer: %s", error)
                # with keys in hand, people already signed in go on
                if not self.keys:
                    self.asked_at = now - NOT_AGAIN_BEFORE + 1
                    raise Unavailable("sign_in.issuer_away") from None

    def known(self) -> bool:
        """Whether its keys were ever fetched; asks for them where they were not."""
        if not self.keys:
            self.refresh(None)
        return bool(self.keys)

    def read(self) -> Mapping[str | None, Key]:
        document = self.fetch(self.discovery)
        if document["issuer"] != self.issuer:
            raise ValueError(f"{self.discovery} speaks for {document['issuer']}")
        return usable(self.fetch(document["jwks_uri"])["keys"])


def usable(keys: list[dict[str, Any]]) -> Mapping[str | None, Key]:
    """The keys that sign; a provider also publishes some that encrypt, or that we cannot read."""
    found: dict[str | None, Key] = {}
    for told in keys:
        kind = KINDS.get(told.get("kty", ""))
        if kind is None or told.get("use", "sig") != "sig":
            continue
        public = {k: v for k, v in told.items() if k not in ("d", "p", "q", "dp", "dq", "qi")}
        try:
            found[public.get("kid")] = kind.import_key(public)
        except (JoseError, ValueError):
            log.warning("a key of the sign-in service cannot be read: %s", told.get("kid"))
    return found


class Straight(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: keys come from the address they were asked at, or not at all."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def fetched(url: str, tls: ssl.SSLContext | None = None) -> Any:
    """JSON over https; plain http only from this same machine."""
    parts = urlsplit(url)
    near = is_near(parts.hostname or "")
    if parts.scheme != "https" and not (parts.scheme == "http" and near):
        raise ValueError(f"{url} is not https")
    # a proxy of the environment is no way to one's own machine
    proxies = [urllib.request.ProxyHandler({})] if near else []
    secured = urllib.request.HTTPSHandler(context=tls)
    opener = urllib.request.build_opener(Straight(), secured, *proxies)
    asked = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - checked above
    with opener.open(asked, timeout=PATIENCE) as answer:
        raw = answer.read(LARGEST_ANSWER + 1)
    if len(raw) > LARGEST_ANSWER:
        raise ValueError(f"{url} answers more than a provider has to say")
    return json.loads(raw)
