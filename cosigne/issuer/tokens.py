"""What the issuer's tokens say, and how they are signed: one shape, whoever asks for one."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from cosigne.people import Person

AUDIENCE = "cosigne"
LIFETIME = 3600
COMMAND_LINE = "cosigne-cli"


def claims_of(person: Person) -> dict[str, Any]:
    return said(tenant=person.tenant, operator=person.operator, locale=person.locale)


def said(*, tenant: UUID | None, operator: bool, locale: str | None = None) -> dict[str, Any]:
    """The claims of our own; the name of a person is not among them."""
    claims: dict[str, Any] = {}
    if tenant is not None:
        claims["cosigne_tenant"] = str(tenant)
    if operator:
        claims["cosigne_operator"] = True
    if locale:
        claims["locale"] = locale
    return claims


def mint(
    key: RSAKey,
    *,
    issuer: str,
    subject: str,
    tenant: UUID | None = None,
    operator: bool = False,
    locale: str | None = None,
    audience: str = AUDIENCE,
    client: str = COMMAND_LINE,
    lifetime: int = LIFETIME,
    now: Callable[[], float] = time.time,
) -> str:
    """An access token (RFC 9068), signed by whoever may read the key."""
    begins = int(now())
    claims = {
        "iss": issuer,
        "sub": subject,
        "aud": audience,
        "client_id": client,
        "iat": begins,
        "auth_time": begins,
        "exp": begins + lifetime,
        "jti": secrets.token_urlsafe(12),
        **said(tenant=tenant, operator=operator, locale=locale),
    }
    header = {"alg": "RS256", "typ": "at+jwt", "kid": key.kid}
    return jwt.encode(header, claims, key, algorithms=["RS256"])


def mint_for(key: RSAKey, person: Person, *, issuer: str, **more: Any) -> str:
    """A token for one of the fictional people, as `cosigne token --as …` prints it."""
    return mint(
        key,
        issuer=issuer,
        subject=person.subject,
        tenant=person.tenant,
        operator=person.operator,
        locale=person.locale,
        **more,
    )


def public_keys(key: RSAKey) -> Mapping[str, Any]:
    published: Mapping[str, Any] = KeySet([key]).as_dict(private=False)
    return published
