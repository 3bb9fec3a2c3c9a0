"""Someone who signs in at Keycloak as in a browser: its page, her password, the way back."""

import base64
import hashlib
import html
import re
import secrets
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from cosigne.people import Person
from tests.keycloak.realm import BACK, PASSWORD, PORTAL, REALM
from tests.keycloak.server import Keycloak

FORM = re.compile(r'<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"')


def tokens_of(
    keycloak: Keycloak, who: Person, realm: str = REALM, client: str = PORTAL
) -> dict[str, Any]:
    """All her tokens, by authorization code and PKCE."""
    proof = secrets.token_urlsafe(48)
    code = code_of(keycloak, who, realm, client, challenge(proof))
    return keycloak.token(
        realm,
        grant_type="authorization_code",
        client_id=client,
        code=code,
        redirect_uri=BACK,
        code_verifier=proof,
    )


def code_of(keycloak: Keycloak, who: Person, realm: str, client: str, challenged: str) -> str:
    asked = {
        "response_type": "code",
        "client_id": client,
        "redirect_uri": BACK,
        "scope": "openid",
        "state": secrets.token_urlsafe(12),
        "code_challenge": challenged,
        "code_challenge_method": "S256",
    }
    # a browser of her own each time: nobody is signed in from the last one
    with httpx.Client(timeout=60, verify=False, trust_env=False) as browser:
        page = browser.get(f"{keycloak.issuer(realm)}/protocol/openid-connect/auth", params=asked)
        form = FORM.search(page.text)
        assert form is not None, page.text
        filled_in = {"username": who.key, "password": PASSWORD, "credentialId": ""}
        # to its own machine, a browser sends cookies marked "secure" over plain http too
        kept = "; ".join(f"{cookie.name}={cookie.value}" for cookie in page.cookies.jar)
        back = browser.post(html.unescape(form[1]), data=filled_in, headers={"Cookie": kept})
    assert back.status_code == 302, back.text
    told = parse_qs(urlsplit(back.headers["location"]).query)
    assert back.headers["location"].startswith(BACK)
    assert told["state"] == [asked["state"]]
    return told["code"][0]


def challenge(proof: str) -> str:
    digest = hashlib.sha256(proof.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
