"""While the services run, Keycloak's keys change and tokens end. Last of the folder: it waits."""

import json
import time
from base64 import urlsafe_b64decode

import pytest

from cosigne.people import find
from shared.http.identity import LEEWAY
from shared.http.provider import NOT_AGAIN_BEFORE
from tests.keycloak.person import tokens_of
from tests.keycloak.realm import KEYS, PORTAL, REALM
from tests.support.installation import eventually

LONG_ENOUGH = NOT_AGAIN_BEFORE + 10


def part(token, number):
    text = token.split(".")[number]
    return json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))


def add_key(keycloak, name, kind, config):
    """A key of its own, before all others: what an administrator does to rotate."""
    realm = keycloak.ask("GET", f"/{REALM}")["id"]
    told = {"priority": "200", "enabled": "true", "active": "true", **config}
    provider = {
        "name": name,
        "parentId": realm,
        "providerId": kind,
        "providerType": "org.keycloak.keys.KeyProvider",
        "config": {key: [value] for key, value in told.items()},
    }
    keycloak.ask("POST", f"/{REALM}/components", provider)


@pytest.fixture(scope="module")
def old(keycloak):
    """Two tokens from before: one is shown at once, the other only when the key is an old one."""
    return [tokens_of(keycloak, find("luc"))["access_token"] for _ in range(2)]


@pytest.fixture(scope="module")
def rotated(keycloak, let_in, old):
    """From now on Keycloak signs with a newer key, and has some of every other kind."""
    assert let_in(old[0]).status_code == 200
    add_key(keycloak, "newer", "rsa-generated", {"algorithm": "RS256"})
    for algorithm, (kind, config) in KEYS.items():
        add_key(keycloak, algorithm, kind, config)


def test_a_new_key_is_followed_without_a_restart(keycloak, let_in, old, rotated):
    new = tokens_of(keycloak, find("luc"))["access_token"]
    assert part(new, 0)["kid"] != part(old[0], 0)["kid"]
    eventually(lambda: let_in(new).status_code == 200, LONG_ENOUGH)


def test_a_token_from_before_the_new_key_is_still_good(let_in, old, rotated):
    assert let_in(old[1]).status_code == 200


@pytest.mark.parametrize("algorithm", KEYS)
def test_whichever_algorithm_keycloak_signs_with(keycloak, let_in, rotated, algorithm):
    token = tokens_of(keycloak, find("luc"), client=f"{PORTAL}-{algorithm}")["access_token"]
    assert part(token, 0)["alg"] == algorithm
    eventually(lambda: let_in(token).status_code == 200, LONG_ENOUGH)


def test_a_token_ends_although_it_was_good_before(fleeting, let_in):
    ends = part(fleeting, 1)["exp"] + LEEWAY
    time.sleep(max(0.0, ends + 1 - time.time()))
    answer = let_in(fleeting)
    assert answer.status_code == 401
    assert answer.json()["code"] == "sign_in.expired"
