"""Who is signed in: bearer tokens of any OpenID Connect provider, verified and remembered."""

from __future__ import annotations

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from flask import g, request
from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError

from shared.http.errors import SignInNeeded
from shared.http.provider import Provider

# symmetric algorithms and `none` are not among them: the keys here are public
ALGORITHMS = ("RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519")
TOKEN_TYPES = (None, "JWT", "at+jwt", "application/at+jwt")
NOT_FOR_CALLING = ("ID", "Refresh", "Offline", "Logout")  # what Keycloak writes into `typ`
LONGEST_TOKEN = 8192
LEEWAY = 30
NEVER = float("inf")
REMEMBERED = 10_000
REMEMBERED_FOR = 300.0


class Signatures(jws.JWSRegistry):
    """The algorithms above, and only those. Providers still write EdDSA for Ed25519."""

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


SIGNATURES = Signatures(strict_check_header=False)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a verified token says of who asks; who that is here, the directory knows."""

    subject: str
    issuer: str
    tenant: UUID | None
    operator: bool = False
    locale: str | None = None
    auth_time: int | None = None
    client: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Where an installation's tokens say what. A name may be a path (`realm_access.roles`)."""

    audience: str = "cosigne"
    tenant: str = "cosigne_tenant"
    operator: str = "cosigne_operator"
    roles: str = "realm_access.roles"
    operator_role: str = "cosigne-operator"


class Verifier:
    """Turns a bearer token into who signed in, or refuses it with 401."""

    def __init__(
        self,
        provider: Provider,
        claims: Claims | None = None,
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self.provider = provider
        self.claims = claims or Claims()
        self.now = now
        self.known: OrderedDict[bytes, tuple[float, SignedIn]] = OrderedDict()
        self.lock = threading.Lock()

    def __call__(self) -> SignedIn:
        """Who signed in for the request under way."""
        if "signed_in" not in g:
            g.signed_in = self.verify(bearer(request.headers.get("Authorization")))
        signed_in: SignedIn = g.signed_in
        return signed_in

    def verify(self, token: str) -> SignedIn:
        digest = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
        with self.lock:
            until, who = self.known.get(digest, (0.0, None))
        if who is not None and self.now() < until:
            return who
        claims = self.checked(self.signed_claims(token))
        who = self.reads(claims)
        with self.lock:
            # not for ever: a key taken out of service must not be trusted much longer
            until = min(number(claims["exp"], 0) + LEEWAY, self.now() + REMEMBERED_FOR)
            self.known[digest] = (until, who)
            while len(self.known) > REMEMBERED:
                self.known.popitem(last=False)
        return who

    def signed_claims(self, token: str) -> Mapping[str, Any]:
        if len(token) > LONGEST_TOKEN:
            raise SignInNeeded("sign_in.invalid")
        try:
            header = jws.extract_compact(token.encode("ascii")).headers()
            if header.get("typ") not in TOKEN_TYPES or header.get("alg") not in ALGORITHMS:
                raise SignInNeeded("sign_in.invalid")
            key = self.provider.key(header.get("kid"), header["alg"])
            claims = orjson.loads(jws.deserialize_compact(token, key, registry=SIGNATURES).payload)
        # a token is a stranger's: whatever breaks while it is read, it is the token
        except (JoseError, ValueError, TypeError, KeyError, AttributeError):
            raise SignInNeeded("sign_in.invalid") from None
        if not isinstance(claims, dict):
            raise SignInNeeded("sign_in.invalid")
        return claims

    def checked(self, claims: Mapping[str, Any]) -> Mapping[str, Any]:
        """Of this issuer, for this audience, at this time; else 401."""
        now, expires, begins = self.now(), claims.get("exp"), claims.get("nbf", 0)
        if claims.get("iss") != self.provider.issuer or claims.get("typ") in NOT_FOR_CALLING:
            raise SignInNeeded("sign_in.invalid")
        if expires is None or number(begins, NEVER) > now + LEEWAY:
            raise SignInNeeded("sign_in.invalid")
        if number(expires, 0) <= now - LEEWAY:
            raise SignInNeeded("sign_in.expired")
        meant_for = claims.get("aud")
        if self.claims.audience not in (meant_for if isinstance(meant_for, list) else [meant_for]):
            raise SignInNeeded("sign_in.other_audience")
        return claims

    def reads(self, claims: Mapping[str, Any]) -> SignedIn:
        subject, locale = claims.get("sub"), claims.get("locale")
        auth_time, client = claims.get("auth_time"), claims.get("client_id", claims.get("azp"))
        if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\0" in subject:
            raise SignInNeeded("sign_in.invalid")
        roles = found(claims, self.claims.roles)
        operator = found(claims, self.claims.operator) is True or (
            isinstance(roles, list) and self.claims.operator_role in roles
        )
        return SignedIn(
            subject=subject,
            issuer=self.provider.issuer,
            tenant=tenant_in(found(claims, self.claims.tenant)),
            operator=operator,
            locale=locale if isinstance(locale, str) else None,
            auth_time=int(number(auth_time, 0)) or None,
            client=client if isinstance(client, str) else None,
        )


def bearer(header: str | None) -> str:
    """The token of an Authorization header; raises 401 when there is none."""
    scheme, _, token = (header or "").strip().partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise SignInNeeded("sign_in.needed")
    return token.strip()


def found(claims: Mapping[str, Any], path: str) -> Any:
    """A claim by its name, which may hold dots itself, or by a path of names."""
    if path in claims:
        return claims[path]
    here: Any = claims
    for name in path.split("."):
        here = here.get(name) if isinstance(here, Mapping) else None
    return here


def tenant_in(claim: object) -> UUID | None:
    """The organisation a token was given for; raises 401 for one that is no id."""
    if claim is None:
        return None
    one = claim[0] if isinstance(claim, list) and len(claim) == 1 else claim
    try:
        return UUID(one if isinstance(one, str) else "")
    except ValueError:
        raise SignInNeeded("sign_in.invalid") from None


def number(claim: object, otherwise: float) -> float:
    """A claim that counts seconds; `otherwise` for one that is no number."""
    if isinstance(claim, (int, float)) and not isinstance(claim, bool):
        return claim
    return otherwise
