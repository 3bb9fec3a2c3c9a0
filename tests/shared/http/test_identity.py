import base64
import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID

import pytest
from flask import g
from joserfc.jwk import RSAKey

from shared.http.errors import SignInNeeded, Unavailable
from shared.http.identity import Claims, SignedIn, Verifier, bearer
from shared.http.provider import NOT_AGAIN_BEFORE, Provider, fetched, usable
from tests.support.signing import ANY, ISSUER, NOW, TENANT, AnyProvider, Clock, ec, ed, rsa, signed

KEY = rsa("one")


@pytest.fixture
def provider():
    return AnyProvider(KEY)


@pytest.fixture
def verifier(provider):
    return provider.verifier()


def refused(verifier, token, code="sign_in.invalid"):
    with pytest.raises(SignInNeeded, match=f"^{code}$"):
        verifier.verify(token)


def encoded(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def test_a_token_says_who_signed_in_and_for_which_organisation(verifier):
    token = signed(KEY, locale="fr-CA", auth_time=NOW - 5, client_id="cosigne-portal")
    assert verifier.verify(token) == SignedIn(
        "someone", ISSUER, TENANT, False, "fr-CA", NOW - 5, "cosigne-portal"
    )


@pytest.mark.parametrize(
    ("make", "alg"),
    [(rsa, "RS256"), (rsa, "PS256"), (ec, "ES256"), (ed, "EdDSA"), (ed, "Ed25519")],
)
def test_every_usual_kind_of_key_is_understood(make, alg):
    key = make("k")
    assert AnyProvider(key).verifier().verify(signed(key, alg)).subject == "someone"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"iss": "https://elsewhere.example"}, "sign_in.invalid"),
        ({"iss": None}, "sign_in.invalid"),
        ({"aud": "another-application"}, "sign_in.other_audience"),
        ({"aud": None}, "sign_in.other_audience"),
        ({"aud": {"cosigne": 1}}, "sign_in.other_audience"),
        ({"exp": NOW - 31}, "sign_in.expired"),
        ({"exp": None}, "sign_in.invalid"),
        ({"exp": "tomorrow"}, "sign_in.expired"),
        ({"exp": True}, "sign_in.expired"),
        ({"nbf": NOW + 31}, "sign_in.invalid"),
        ({"nbf": "later"}, "sign_in.invalid"),
        ({"sub": None}, "sign_in.invalid"),
        ({"sub": ""}, "sign_in.invalid"),
        ({"sub": 7}, "sign_in.invalid"),
        ({"sub": "a\0b"}, "sign_in.invalid"),
        ({"sub": "x" * 256}, "sign_in.invalid"),
        ({"cosigne_tenant": "grand-heron"}, "sign_in.invalid"),
        ({"cosigne_tenant": 7}, "sign_in.invalid"),
        ({"cosigne_tenant": [str(TENANT), str(TENANT)]}, "sign_in.invalid"),
        ({"typ": "ID"}, "sign_in.invalid"),
        ({"typ": "Refresh"}, "sign_in.invalid"),
    ],
)
def test_a_token_for_elsewhere_or_another_time_does_not_hold(verifier, claims, code):
    refused(verifier, signed(KEY, **claims), code)


def test_a_few_seconds_between_two_clocks_do_no_harm(verifier):
    assert verifier.verify(signed(KEY, exp=NOW - 5, nbf=NOW + 5))


@pytest.mark.parametrize(
    "token",
    ["", "x", "a.b.c", "é.é.é", "....", "e30.e30.e30", "\ud800", "x" * 9000, "e30.e30."],
)
def test_what_is_no_token_is_refused_as_one_that_does_not_hold(verifier, token):
    refused(verifier, token)


def test_an_unsigned_token_is_worth_nothing(verifier):
    head, payload, _ = signed(KEY).split(".")
    none = encoded(json.dumps({"alg": "none", "kid": "one"}).encode())
    refused(verifier, f"{none}.{payload}.")
    refused(verifier, f"{head}.{payload}.")


def test_a_public_key_used_as_a_shared_secret_is_not_taken_in(verifier):
    head = {"alg": "HS256", "kid": "one", "typ": "at+jwt"}
    payload = signed(KEY).split(".")[1]
    begin = f"{encoded(json.dumps(head).encode())}.{payload}"
    seal = hmac.new(KEY.as_pem(private=False), begin.encode(), hashlib.sha256).digest()
    refused(verifier, f"{begin}.{encoded(seal)}")


def test_a_changed_token_does_not_hold(verifier):
    head, _, seal = signed(KEY).split(".")
    other = signed(KEY, sub="somebody else").split(".")[1]
    refused(verifier, f"{head}.{other}.{seal}")


def test_someone_elses_key_under_a_known_name_does_not_hold(verifier):
    refused(verifier, signed(rsa("one")))


@pytest.mark.parametrize(
    "header",
    [
        {"typ": "logout+jwt"},
        {"typ": "secevent+jwt"},
        {"crit": ["x"], "x": 1},
        {"alg": "RS512"},
        {"kid": ["one"]},
        {"kid": 7},
        {"typ": {}},
        {"alg": []},
    ],
)
def test_a_token_made_for_something_else_is_not_taken_for_a_sign_in(verifier, header):
    alg = header["alg"] if header.get("alg") == "RS512" else "RS256"
    head = {"alg": alg, "kid": "one", "typ": "at+jwt", **header}
    payload = signed(KEY).split(".")[1]
    begin = f"{encoded(json.dumps(head).encode())}.{payload}"
    how = ANY.get_alg(alg)
    refused(verifier, f"{begin}.{encoded(how.sign(begin.encode(), KEY))}")


def test_an_operator_is_known_by_claim_or_by_role(provider):
    verifier = provider.verifier()
    no_tenant = {"cosigne_tenant": None}
    assert verifier.verify(signed(KEY, cosigne_operator=True, **no_tenant)).operator
    roles = {"realm_access": {"roles": ["cosigne-operator"]}}
    assert verifier.verify(signed(KEY, **roles)).operator
    for almost in ("true", 1, ["cosigne-operator"]):
        assert not verifier.verify(signed(KEY, cosigne_operator=almost)).operator
    assert verifier.verify(signed(KEY, **no_tenant)).tenant is None


def test_an_installation_says_where_its_tokens_keep_the_organisation(provider):
    for name, claims in (
        ("org.id", {"org": {"id": str(TENANT)}}),
        ("https://example.org/tenant", {"https://example.org/tenant": str(TENANT)}),
        ("organisation", {"organisation": [str(TENANT)]}),
    ):
        found = provider.verifier(claims=Claims(tenant=name)).verify(signed(KEY, **claims))
        assert found.tenant == TENANT
    other = provider.verifier(claims=Claims(tenant="nowhere.at.all"))
    assert other.verify(signed(KEY)).tenant is None


def test_a_verified_token_is_remembered_until_it_expires(provider):
    clock = Clock()
    verifier = provider.verifier(clock)
    token = signed(KEY, exp=NOW + 100)
    verifier.verify(token)
    asked = len(provider.asked)
    provider.away = True
    verifier.verify(token)
    assert len(provider.asked) == asked
    clock.now = NOW + 100 + 31
    refused(verifier, token, "sign_in.expired")


def test_a_token_is_not_remembered_longer_than_its_key_may_be_trusted(provider):
    clock = Clock()
    verifier = provider.verifier(clock)
    token = signed(KEY, exp=NOW + 90_000)
    verifier.verify(token)
    provider.keys = [rsa("two")]
    clock.now += 3601
    refused(verifier, token)


def test_keys_are_looked_up_again_when_the_provider_turns_them(provider):
    clock = Clock()
    verifier = provider.verifier(clock)
    verifier.verify(signed(KEY))
    new = rsa("two")
    provider.keys = [new]
    refused(verifier, signed(new))
    clock.now += NOT_AGAIN_BEFORE
    assert verifier.verify(signed(new))
    refused(verifier, signed(KEY, sub="again"))


def test_made_up_key_names_do_not_make_the_provider_answer_each_time(provider):
    verifier = provider.verifier()
    verifier.verify(signed(KEY))
    asked = len(provider.asked)
    for number in range(20):
        refused(verifier, signed(KEY, header={"kid": f"made-up-{number}"}))
    assert len(provider.asked) == asked


def test_while_the_provider_is_away_known_keys_go_on(provider):
    clock = Clock()
    verifier = provider.verifier(clock)
    verifier.verify(signed(KEY))
    provider.away = True
    clock.now += 4000
    assert verifier.verify(signed(KEY, exp=clock.now + 60))


def test_without_any_key_the_service_says_it_cannot_know_yet(provider):
    clock = Clock()
    verifier = provider.verifier(clock)
    provider.away = True
    for _ in range(3):
        with pytest.raises(Unavailable, match=r"sign_in\.issuer_away"):
            verifier.verify(signed(KEY))
    provider.away = False
    clock.now += 2
    assert verifier.verify(signed(KEY))


def test_a_document_of_another_issuer_is_not_believed(provider):
    provider.says = "https://elsewhere.example"
    with pytest.raises(Unavailable):
        provider.verifier().verify(signed(KEY))


def test_keys_that_encrypt_or_cannot_be_read_are_passed_over():
    told = KEY.as_dict(private=True)
    keys = usable(
        [
            {**told, "kid": "a", "use": "enc"},
            {**told, "kid": "b"},
            {"kty": "oct", "k": "AAAA", "kid": "c"},
            {"kty": "RSA", "kid": "d"},
            {"kty": "RSA", "n": "!", "e": "AQAB", "kid": "e"},
            {k: v for k, v in told.items() if k not in ("use", "kid")},
        ]
    )
    assert set(keys) == {"b", None}
    assert not any(key.is_private for key in keys.values())


def test_a_key_signs_only_by_its_own_kind_of_algorithm():
    curve = ec("k")
    verifier = AnyProvider(curve).verifier()
    refused(verifier, signed(rsa("k")))


@pytest.mark.parametrize("header", [None, "", "Basic abc", "Bearer", "Bearer  ", "abc"])
def test_without_a_bearer_token_one_is_asked_to_sign_in(header):
    with pytest.raises(SignInNeeded, match=r"sign_in\.needed"):
        bearer(header)
    assert bearer("bearer  abc ") == "abc"


def test_a_refused_sign_in_is_a_problem_with_a_challenge(app, verifier):
    app.add_url_rule("/v1/me", "me", lambda: {"subject": verifier().subject})
    client = app.test_client()
    answer = client.get("/v1/me")
    assert (answer.status_code, answer.json["code"]) == (401, "sign_in.needed")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="cosigne"'
    answer = client.get("/v1/me", headers={"Authorization": "Bearer abc"})
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    answer = client.get("/v1/me", headers={"Authorization": f"Bearer {signed(KEY)}"})
    assert answer.json == {"subject": "someone"}


def test_one_request_is_verified_once(app, provider):
    verifier = provider.verifier()
    with app.test_request_context(headers={"Authorization": f"Bearer {signed(KEY)}"}):
        first = verifier()
        verifier.known.clear()
        assert verifier() is first
        assert g.signed_in is first


# ── over a real socket ───────────────────────────────────────────────────────────────────────────


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        status, body, headers = self.server.answers.get(self.path, (404, b"", {}))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.answers = {}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_keys_are_fetched_from_a_provider_on_this_machine(site, monkeypatch):
    # a proxy of the environment must not be asked for what is next door
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.delenv("no_proxy", raising=False)
    about = {"issuer": site.url, "jwks_uri": f"{site.url}/keys"}
    keys = {"keys": [KEY.as_dict(private=False)]}
    site.answers = {
        "/.well-known/openid-configuration": (200, json.dumps(about).encode(), {}),
        "/keys": (200, json.dumps(keys).encode(), {}),
    }
    verifier = Verifier(Provider(site.url), now=lambda: NOW)
    assert verifier.verify(signed(KEY, iss=site.url)).tenant == UUID(str(TENANT))


def test_a_redirect_to_other_keys_is_not_followed(site):
    site.answers = {
        "/keys": (302, b"", {"Location": f"{site.url}/other"}),
        "/other": (200, b'{"keys": []}', {}),
    }
    with pytest.raises(OSError, match="302"):
        fetched(f"{site.url}/keys")


def test_an_endless_answer_is_not_read_to_its_end(site):
    site.answers = {"/keys": (200, b" " * 2**20, {})}
    with pytest.raises(ValueError, match="more than"):
        fetched(f"{site.url}/keys")


@pytest.mark.parametrize(
    "url", ["http://sign-in.example/keys", "file:///etc/passwd", "ftp://127.0.0.1/", "keys"]
)
def test_keys_come_by_https_or_from_this_machine_only(url):
    with pytest.raises(ValueError, match="not https"):
        fetched(url)


def test_a_private_key_published_by_mistake_is_kept_as_a_public_one():
    found = usable([rsa("k").as_dict(private=True)])["k"]
    assert isinstance(found, RSAKey)
    assert not found.is_private
