"""How a token is granted: authlib's grants and token classes, filled with our people and keys."""

from __future__ import annotations

import time
from typing import Any, ClassVar

from authlib.oauth2.rfc6749 import InvalidRequestError, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, ClientCredentialsGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oauth2.rfc9068 import JWTBearerTokenGenerator
from authlib.oauth2.rfc9207 import IssuerParameter
from authlib.oidc.core import UserInfo
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import KeySet, RSAKey

from cosigne.crowd import find
from cosigne.issuer.clients import Client
from cosigne.issuer.codes import Code, Codes
from cosigne.issuer.tokens import AUDIENCE, LIFETIME, claims_of
from cosigne.people import Person, Unknown


class SignedInPerson:
    """A person as authlib's server wants to see one, with the moment of signing in."""

    def __init__(self, person: Person, signed_in_at: int) -> None:
        self.person = person
        self.signed_in_at = signed_in_at

    def get_user_id(self) -> str:
        return self.person.subject


class AccessTokens(JWTBearerTokenGenerator):  # type: ignore[misc]
    """Access tokens for the services (RFC 9068)."""

    def __init__(self, issuer: str, key: RSAKey) -> None:
        super().__init__(issuer=issuer, alg="RS256", expires_generator=LIFETIME)
        self.key = key

    def get_jwks(self) -> KeySet:
        return KeySet([self.key])

    def get_audiences(self, client: Client, user: object, scope: str) -> str:
        del client, user, scope
        return AUDIENCE

    def get_auth_time(self, user: SignedInPerson | None) -> int | None:
        return user.signed_in_at if user else None

    def get_extra_claims(
        self, client: Client, grant_type: str, user: SignedInPerson | None, scope: str
    ) -> dict[str, Any]:
        del grant_type, scope
        return claims_of(user.person) if user else client.claims()


class IdTokens(OpenIDCode):  # type: ignore[misc]
    """ID tokens for the application where a person signs in."""

    def __init__(self, issuer: str, key: RSAKey) -> None:
        super().__init__(require_nonce=False)
        self.issuer = issuer
        self.key = key

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        del client
        return self.key

    def get_encode_header(self, client: Client) -> dict[str, Any]:
        del client
        return {"alg": "RS256", "kid": self.key.kid}

    def get_client_claims(self, client: Client) -> dict[str, Any]:
        return {"iss": self.issuer, "aud": [client.id]}

    def exists_nonce(self, nonce: str, request: OAuth2Request) -> bool:
        """A nonce is the client's to remember; codes are taken only once."""
        del nonce, request
        return False

    def generate_user_info(self, user: SignedInPerson, scope: str) -> UserInfo:
        told = UserInfo(sub=user.person.subject, **claims_of(user.person))
        if "profile" in scope.split():
            told["name"] = user.person.name
        return told


class Challenge(CodeChallenge):  # type: ignore[misc]
    """PKCE for everyone, by S256 only."""

    SUPPORTED_CODE_CHALLENGE_METHOD: ClassVar[list[str]] = ["S256"]

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or not asked.get("code_challenge_method"):
            raise InvalidRequestError("Missing 'code_challenge' or 'code_challenge_method'")
        super().validate_code_challenge(grant, redirect_uri)


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """A code for a person who signed in, a token for the code."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = ["none"]
    codes: ClassVar[Codes]

    def save_authorization_code(self, code: str, request: OAuth2Request) -> None:
        asked = request.payload.data
        granted = Code(
            client=request.client.id,
            person=request.user.person.key,
            redirect_uri=request.payload.redirect_uri or "",
            scope=request.scope,
            code_challenge=asked["code_challenge"],
            code_challenge_method=asked["code_challenge_method"],
            signed_in_at=int(time.time()),
            nonce=asked.get("nonce"),
        )
        self.codes.keep(code, granted)

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        granted = self.codes.take(code)
        return granted if granted and granted.client == client.id else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Taking it was the end of it."""

    def authenticate_user(self, authorization_code: Code) -> SignedInPerson | None:
        try:
            person = find(authorization_code.person)
        except Unknown:
            return None
        return SignedInPerson(person, authorization_code.signed_in_at)


class MachineGrant(ClientCredentialsGrant):  # type: ignore[misc]
    """A token for a confidential application itself."""

    TOKEN_ENDPOINT_AUTH_METHODS: ClassVar[list[str]] = ["client_secret_basic", "client_secret_post"]


class Naming(IssuerParameter):  # type: ignore[misc]
    """Says which issuer answers (RFC 9207), so that answers cannot be mixed up."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer

    def get_issuer(self) -> str:
        return self.issuer
