"""Realms as an installation would set them up: the mappers, the profile, the clients, the people."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid5

from cosigne.people import Person, find, id_of, organisations

REALM, ELSEWHERE = "cosigne", "elsewhere"
OPERATOR = "cosigne-operator"
PORTAL, GUEST, PARTNER = "cosigne-portal", "another-application", "laboratory"
HASTY = "cosigne-kiosk"
BACK = "http://127.0.0.1:9/signed-in"
PASSWORD = "rien-de-tout-cela-n-existe"
SECRET = "rien-de-secret-non-plus"
SIGNED_WITH = "access.token.signed.response.alg"
# what a realm may sign with, and which kind of provider has the key
KEYS: Mapping[str, tuple[str, dict[str, str]]] = {
    "PS256": ("rsa-generated", {"algorithm": "PS256"}),
    "ES256": ("ecdsa-generated", {"ecdsaEllipticCurveKey": "P-256"}),
    "ES384": ("ecdsa-generated", {"ecdsaEllipticCurveKey": "P-384"}),
    "EdDSA": ("eddsa-generated", {"eddsaEllipticCurveKey": "Ed25519"}),
}
HOUSES = ("grand-heron", "passerelles")
PEOPLE = ("luc", "patrick", "aurelie", "ode")


def realm(name: str) -> dict[str, Any]:
    """Two organisations in one realm, each person in one of them; Ode operates them all."""
    return {
        "realm": name,
        "enabled": True,
        "accessTokenLifespan": 600,
        "attributes": {f"organisation.{key}": organisations()[key].name for key in HOUSES},
        "components": {"org.keycloak.userprofile.UserProfileProvider": [profile()]},
        "roles": {"realm": [{"name": OPERATOR}]},
        "clients": [
            people_use(PORTAL),
            people_use(HASTY, **{"access.token.lifespan": "1"}),
            {**people_use(GUEST), "protocolMappers": [tenant_mapper()]},
            *(people_use(f"{PORTAL}-{a}", **{SIGNED_WITH: a}) for a in KEYS),
            partner(),
        ],
        "users": [*(user(find(key), name) for key in PEOPLE), account_of_the_partner(name)],
    }


def profile() -> dict[str, Any]:
    """The organisation is an attribute which administrators write, and nobody for herself."""
    own = {"view": ["admin", "user"], "edit": ["admin", "user"]}
    given = {"view": ["admin"], "edit": ["admin"]}
    attributes = [
        *({"name": n, "permissions": own} for n in ("username", "email", "firstName", "lastName")),
        {"name": "cosigne_tenant", "permissions": given},
    ]
    told = json.dumps({"attributes": attributes})
    return {"providerId": "declarative-user-profile", "config": {"kc.user.profile.config": [told]}}


def audience_mapper() -> dict[str, Any]:
    """Writes the audience into ID tokens too: then only what kind of token it is tells them apart."""
    config = {
        "included.custom.audience": "cosigne",
        "access.token.claim": "true",
        "id.token.claim": "true",
    }
    return mapper("audience", "oidc-audience-mapper", config)


def tenant_mapper() -> dict[str, Any]:
    config = {
        "user.attribute": "cosigne_tenant",
        "claim.name": "cosigne_tenant",
        "jsonType.label": "String",
        "access.token.claim": "true",
        "id.token.claim": "true",
    }
    return mapper("organisation", "oidc-usermodel-attribute-mapper", config)


def mapper(name: str, kind: str, config: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "protocol": "openid-connect", "protocolMapper": kind, "config": config}


def people_use(client: str, **attributes: str) -> dict[str, Any]:
    """A public client: no secret, so codes are bound by PKCE, and by nothing less than S256."""
    return {
        "clientId": client,
        "publicClient": True,
        "redirectUris": [BACK],
        "attributes": {"pkce.code.challenge.method": "S256", **attributes},
        "protocolMappers": [audience_mapper(), tenant_mapper()],
    }


def partner() -> dict[str, Any]:
    """A confidential client: a machine that signs in as itself."""
    return {
        "clientId": PARTNER,
        "secret": SECRET,
        "serviceAccountsEnabled": True,
        "standardFlowEnabled": False,
        "protocolMappers": [audience_mapper(), tenant_mapper()],
    }


def account_of_the_partner(realm: str) -> dict[str, Any]:
    return {
        "id": subject_in(realm, str(id_of("sign-in", PARTNER))),
        "username": f"service-account-{PARTNER}",
        "enabled": True,
        "serviceAccountClientId": PARTNER,
        **in_house(id_of("organisation", "grand-heron")),
    }


def user(person: Person, realm: str) -> dict[str, Any]:
    first, _, last = person.name.partition(" ")
    return {
        "id": subject_in(realm, person.subject),
        "username": person.key,
        "firstName": first,
        "lastName": last,
        "email": f"{person.key}@example.org",
        "enabled": True,
        "credentials": [{"type": "password", "value": PASSWORD, "temporary": False}],
        "realmRoles": [f"default-roles-{realm}", *([OPERATOR] if person.operator else [])],
        **(in_house(person.tenant) if person.tenant else {}),
    }


def subject_in(realm: str, subject: str) -> str:
    """Ids of users are unique in a whole Keycloak: only the first realm has those of the cast."""
    return subject if realm == REALM else str(uuid5(UUID(subject), realm))


def in_house(tenant: UUID) -> dict[str, Any]:
    return {"attributes": {"cosigne_tenant": [str(tenant)]}}
