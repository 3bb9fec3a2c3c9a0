"""Signing in at the installation's OpenID Connect provider: code flow with PKCE (RFC 7636).

The portal is a public client: it holds no secret at the provider. State, nonce and verifier wait in
a sealed cookie of the browser that began, so a sign-in that was begun elsewhere cannot end here.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.errors import JoseError

from services.portal.asking import Problem
from shared.http.identity import ALGORITHMS, LEEWAY
from shared.http.provider import DISCOVERY, Provider
from shared.kernel import Refused
from shared.settings import Settings

FRESH_FOR = 3600.0
SCOPES = "openid profile"
SKEW = 5  # seconds by which the provider's clock may be behind ours


@dataclass(frozen=True)
class Begun:
    """A sign-in on its way: the address to go to, and what must be kept to end it."""

    url: str
    kept: Mapping[str, Any]


@dataclass(frozen=True)
class Granted:
    """A token of whoever signed in, until when, and when the sign-in itself was."""

    token: str
    until: float
    subject: str
    signed_in_at: int
    session: str = field(default="", repr=False)  # the ID token: by it the provider's session ends


class SignInFailed(Refused):
    """The provider sent someone back without a sign-in that holds."""

    status = 400


class SignIns:
    """Begins and ends sign-ins."""

    def __init__(self, settings: Settings, client: httpx.Client) -> None:
        self.issuer, self.client_id = settings.oidc_issuer, settings.portal_client
        self.discovery = settings.oidc_discovery or self.issuer.rstrip("/") + DISCOVERY
        self.client = client
        self.provider = Provider(self.issuer, discovery=self.discovery, fetch=self.fetch)
        self.about: tuple[float, Mapping[str, Any]] = (0.0, {})

    def begin(self, back: str, locale: str, *, anew: bool = False) -> Begun:
        """`anew`: whoever is signed in at the provider must show again that it is they."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": back,
            "scope": SCOPES,
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
            "ui_locales": locale,
            **({"prompt": "login", "max_age": "0"} if anew else {}),
        }
        kept: dict[str, Any] = {"state": state, "nonce": nonce, "verifier": verifier, "back": back}
        kept |= {"anew": int(time.time())} if anew else {}
        return Begun(f"{self.told('authorization_endpoint')}?{urlencode(asked)}", kept)

    def end(self, kept: Mapping[str, Any], answer: Mapping[str, str]) -> Granted:
        """Raises SignInFailed for an answer that was not asked for, or does not hold."""
        state = kept.get("state")
        if not state or not secrets.compare_digest(state, answer.get("state", "")):
            raise SignInFailed("sign_in.not_begun_here")
        if answer.get("iss", self.issuer) != self.issuer or not answer.get("code"):
            raise SignInFailed("sign_in.did_not_work")
        told = self.exchanged(kept, answer["code"])
        claims = self.read(told.get("id_token", ""), kept)
        return Granted(
            token=told["access_token"],
            until=time.time() + int(told.get("expires_in", 300)),
            subject=str(claims["sub"]),
            signed_in_at=int(claims.get("auth_time", 0)),
            session=told["id_token"],
        )

    def leaving(self, session: str, back: str) -> str:
        """Where the provider ends its own session, and comes `back`; nowhere if it keeps none.

        OpenID Connect RP-Initiated Logout 1.0, §2. A provider that is away ends nothing: whoever
        signs in next is asked who they are all the same.
        """
        try:
            end = self.about_it().get("end_session_endpoint")
        except Problem:
            end = None
        if not end or not session:
            return ""
        asked = {
            "id_token_hint": session,
            "client_id": self.client_id,
            "post_logout_redirect_uri": back,
        }
        return f"{end}?{urlencode(asked)}"

    def exchanged(self, kept: Mapping[str, Any], code: str) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "client_id": self.client_id,
            "code": code,
            "redirect_uri": kept["back"],
            "code_verifier": kept["verifier"],
        }
        try:
            answer = self.client.post(self.told("token_endpoint"), data=form)
            told: Mapping[str, Any] = answer.json() if answer.is_success else {}
        except (httpx.HTTPError, ValueError):
            told = {}
        if not told.get("access_token"):
            raise SignInFailed("sign_in.did_not_work")
        return told

    def read(self, token: str, kept: Mapping[str, Any]) -> Mapping[str, Any]:
        """The ID token's claims (OpenID Connect Core §3.1.3.7), and that the sign-in is recent."""
        try:
            decoded = jwt.decode(token, self.key_of, algorithms=list(ALGORITHMS))
            claims = decoded.claims
            meant_for = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
            holds = (
                claims["iss"] == self.issuer
                and self.client_id in meant_for
                and claims["nonce"] == kept["nonce"]
                and claims["exp"] > time.time() - LEEWAY
            )
            # signed in since it was asked, whatever the provider made of `prompt`
            if kept.get("anew") and int(claims.get("auth_time", 0)) < kept["anew"] - SKEW:
                raise SignInFailed("sign_in.not_fresh")
        except (JoseError, KeyError, TypeError, ValueError) as error:
            raise SignInFailed("sign_in.did_not_work") from error
        if not holds:
            raise SignInFailed("sign_in.did_not_work")
        return claims

    def key_of(self, given: Any) -> Any:
        header = given.headers()
        return self.provider.key(header.get("kid"), header["alg"])

    def told(self, name: str) -> str:
        """An address from the provider's discovery document."""
        return str(self.about_it()[name])

    def about_it(self) -> Mapping[str, Any]:
        """The discovery document, read once an hour. Raises Problem where it cannot be."""
        read_at, about = self.about
        if time.monotonic() - read_at > FRESH_FOR or not about:
            try:
                about = self.fetch(self.discovery)
            except (OSError, ValueError) as error:
                raise Problem(503) from error
            self.about = (time.monotonic(), about)
        return about

    def fetch(self, url: str) -> Any:
        try:
            answer = self.client.get(url)
        except httpx.HTTPError as error:
            raise OSError(str(error)) from error
        if not answer.is_success:
            raise OSError(f"{url} answered {answer.status_code}")
        return answer.json()
