"""Whatever else Keycloak signs is no way in."""

import httpx
import pytest

from cosigne.people import find
from shared.http.provider import DISCOVERY, Provider, fetched
from tests.keycloak.person import tokens_of
from tests.keycloak.realm import ELSEWHERE, GUEST, REALM


def refused(answer: httpx.Response) -> str:
    assert answer.status_code == 401, answer.text
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    return answer.json()["code"]


@pytest.fixture(scope="module")
def lucs(keycloak):
    return tokens_of(keycloak, find("luc"))


def test_a_token_for_another_application(keycloak, let_in):
    given = tokens_of(keycloak, find("luc"), client=GUEST)
    assert refused(let_in(given["access_token"])) == "sign_in.other_audience"


def test_an_id_token_although_it_names_our_audience(lucs, let_in):
    assert let_in(lucs["access_token"]).status_code == 200
    assert refused(let_in(lucs["id_token"])) == "sign_in.invalid"


def test_a_refresh_token(lucs, let_in):
    assert refused(let_in(lucs["refresh_token"])) == "sign_in.invalid"


def test_a_token_of_another_realm_of_the_same_keycloak(keycloak, let_in):
    given = tokens_of(keycloak, find("luc"), realm=ELSEWHERE)
    assert refused(let_in(given["access_token"])) == "sign_in.invalid"


def test_a_token_somebody_wrote_into(lucs, let_in):
    header, claims, signature = lucs["access_token"].split(".")
    _, others, _ = lucs["id_token"].split(".")
    assert refused(let_in(f"{header}.{others}.{signature}")) == "sign_in.invalid"
    assert refused(let_in(f"{header}.{claims}.")) == "sign_in.invalid"


def test_a_key_that_encrypts_verifies_nothing(keycloak):
    issuer = keycloak.issuer(REALM)
    published = keycloak.client.get(f"{issuer}/protocol/openid-connect/certs").json()["keys"]
    by_use = {key["use"]: key["kid"] for key in published}
    assert set(by_use) == {"sig", "enc"}
    assert set(Provider(issuer).read()) == {by_use["sig"]}


def test_keys_are_found_at_another_address_than_peoples(keycloak):
    """As where services reach Keycloak inside a cluster: it still speaks for the same issuer."""
    issuer = keycloak.issuer(REALM)
    inside = issuer.replace("127.0.0.1", "localhost") + DISCOVERY
    asked = []

    def fetch(url):
        asked.append(url)
        return fetched(url)

    found = Provider(issuer, discovery=inside, fetch=fetch).read()
    assert set(found) == set(Provider(issuer).read())
    assert len(asked) == 2
    assert all(url.startswith("http://localhost:") for url in asked)
