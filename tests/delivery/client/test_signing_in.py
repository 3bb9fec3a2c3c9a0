"""A partner's system signs in by itself, and is told in a sentence what is wrong."""

from __future__ import annotations

import pytest

from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import LIFETIME
from cosigne_partner import Credentials, Refused
from cosigne_partner.__main__ import main
from cosigne_partner.credentials import EARLY, sign_in

CLIENT = "demo-partner"


@pytest.fixture
def token_url(installation):
    return f"{installation.url}/issuer/token"


def test_a_token_is_kept_for_as_long_as_it_lasts_and_then_another_is_got(installation, token_url):
    now = [0.0]
    secret = Kept(installation.issuer_folder).secret_of(CLIENT)
    token = Credentials(token_url, CLIENT, secret, clock=lambda: now[0])
    first = token()
    now[0] = LIFETIME - EARLY - 1
    assert token() == first
    now[0] = LIFETIME - EARLY
    assert token() != first


def test_another_secret_is_answered_as_oauth_says_it(token_url):
    with pytest.raises(Refused) as refused:
        Credentials(token_url, CLIENT, "another")()
    assert (refused.value.status, refused.value.code) == (401, "invalid_client")


def test_a_token_that_is_there_goes_before_a_sign_in():
    assert sign_in({"COSIGNE_TOKEN": "one", "COSIGNE_TOKEN_URL": "https://x.example"})() == "one"


def test_what_is_secret_may_be_kept_in_a_file(installation, token_url, tmp_path):
    token, secret = tmp_path / "token", tmp_path / "secret"
    token.write_text("one\n")
    secret.write_text(Kept(installation.issuer_folder).secret_of(CLIENT) + "\n")
    assert sign_in({"COSIGNE_TOKEN_FILE": str(token)})() == "one"
    told = {"COSIGNE_TOKEN_URL": token_url, "COSIGNE_CLIENT": CLIENT}
    assert sign_in({**told, "COSIGNE_CLIENT_SECRET_FILE": str(secret)})()


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"COSIGNE_TOKEN": "x", "COSIGNE_TOKEN_FILE": "y"}, "are both given: keep one"),
        ({}, "no way to sign in: set COSIGNE_TOKEN_URL"),
        ({"COSIGNE_TOKEN": "x"}, "is it the address of the delivery service"),
        ({"COSIGNE_TOKEN": "x", "COSIGNE_DELIVERY": "ftp://x"}, "not the address of a delivery"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    installation, environment, told, monkeypatch, capsys, tmp_path
):
    for name in ("TOKEN", "TOKEN_URL", "CLIENT", "CLIENT_SECRET", "DELIVERY"):
        monkeypatch.delenv(f"COSIGNE_{name}", raising=False)
    given = {"COSIGNE_DELIVERY": installation.url, "COSIGNE_SUBSCRIPTION": "x", **environment}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert main(["follow", "--place", str(tmp_path / "place.json")]) == 1
    assert told in capsys.readouterr().err


def test_a_file_that_holds_something_else_than_a_place_is_named(monkeypatch, capsys, tmp_path):
    place = tmp_path / "place.json"
    place.write_text('{"other": 1}')
    monkeypatch.setenv("COSIGNE_TOKEN", "x")
    asked = ["follow", "--url", "https://x.example", "--subscription", "x", "--place", str(place)]
    assert main(asked) == 1
    assert str(place) in capsys.readouterr().err
