"""The applications which may ask the issuer for tokens, as authlib's server wants to see them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from authlib.oauth2.rfc6749 import ClientMixin

from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import said
from cosigne.people import tenant_of
from shared.production import is_near

SCOPES = ("openid", "profile", "cosigne")
CODE, CREDENTIALS = "authorization_code", "client_credentials"


@dataclass(frozen=True)
class Client(ClientMixin):  # type: ignore[misc]
    """An application: a public one signs people in, a confidential one asks for itself."""

    id: str
    grant: str
    secret: str = ""
    redirects: tuple[str, ...] = ()
    organisation: str | None = None
    operator: bool = False

    def claims(self) -> dict[str, Any]:
        tenant = tenant_of(self.organisation) if self.organisation else None
        return said(tenant=tenant, operator=self.operator)

    def get_client_id(self) -> str:
        return self.id

    def get_default_redirect_uri(self) -> str | None:
        return self.redirects[0] if self.redirects else None

    def get_allowed_scope(self, scope: str | None) -> str:
        asked = (scope or "cosigne").split()
        return " ".join(one for one in asked if one in SCOPES)

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        """One of those registered, or an application on this machine (RFC 8252 §7.3)."""
        try:
            parts = urlsplit(redirect_uri)
            near = parts.scheme == "http" and is_near(parts.hostname or "") and not parts.fragment
        except ValueError:
            return False
        return self.grant == CODE and (
            redirect_uri in self.redirects or (near and not parts.username)
        )

    def check_client_secret(self, client_secret: str) -> bool:
        return bool(self.secret) and secrets.compare_digest(
            self.secret.encode(), client_secret.encode()
        )

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        del endpoint
        return method == "none" if not self.secret else method.startswith("client_secret")

    def check_response_type(self, response_type: str) -> bool:
        return self.grant == CODE and response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == self.grant


def clients_of(kept: Kept, redirects: tuple[str, ...] = ()) -> Mapping[str, Client]:
    """The portal, where people sign in, and machines: a partner's system and an operator's."""
    known = [
        Client("cosigne-portal", CODE, redirects=redirects),
        machine(kept, "demo-partner", organisation="grand-heron"),
        machine(kept, "demo-machine", organisation="passerelles"),
        machine(kept, "demo-operator", operator=True),
    ]
    return {client.id: client for client in known}


def machine(
    kept: Kept, name: str, *, organisation: str | None = None, operator: bool = False
) -> Client:
    secret = kept.secret_of(name)
    return Client(name, CREDENTIALS, secret, organisation=organisation, operator=operator)
