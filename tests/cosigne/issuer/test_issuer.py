"""The issuer over a real socket, spoken to as any client of OpenID Connect would."""

import base64
import hashlib
import re
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.jwk import KeySet
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from cosigne.issuer.app import issuer_app
from cosigne.issuer.codes import LIFETIME, Code, Codes
from cosigne.issuer.kept import Kept
from cosigne.issuer.local import LocalIssuer
from cosigne.people import find, people
from shared.http.errors import SignInNeeded
from shared.http.identity import Verifier
from shared.http.provider import Provider
from shared.kernel import Refused

BACK = "http://127.0.0.1:9/signed-in"
PROOF = "a-verifier-as-long-as-a-verifier-must-be-in-pkce"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(PROOF.encode()).digest()).decode().rstrip("=")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("issuer") / "kept"


@pytest.fixture(scope="module")
def url(folder):
    """The issuer under a path, as the embedded installation mounts it."""
    mounted = DispatcherMiddleware(nothing)
    server = make_server("127.0.0.1", 0, mounted, threaded=True)
    address = f"http://127.0.0.1:{server.port}/issuer"
    mounted.mounts["/issuer"] = issuer_app(address, folder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield address
    server.shutdown()
    server.server_close()
    thread.join()


def nothing(environ, start):
    start("404 Not Found", [])
    return []


@pytest.fixture
def client(url):
    with httpx.Client(base_url=url) as client:
        yield client


@pytest.fixture
def verifier(url):
    return Verifier(Provider(url))


@pytest.fixture
def password(url, folder):
    return Kept(folder).password()


def asked(**other):
    query = {
        "response_type": "code",
        "client_id": "cosigne-portal",
        "redirect_uri": BACK,
        "scope": "openid profile cosigne",
        "state": "s",
        "nonce": "n",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
        **other,
    }
    return {k: v for k, v in query.items() if v is not None}


def signed_in(client, password, person="luc", **other):
    """The answer to the sign-in page, and what the address it leads to says."""
    form = {"person": person, "password": password}
    answer = client.post("/authorize", params=asked(**other), data=form)
    return answer, said(answer)


def said(answer):
    where = answer.headers.get("Location", "")
    return {k: v[0] for k, v in parse_qs(urlsplit(where).query).items()}


def exchanged(client, code, **other):
    form = {
        "grant_type": "authorization_code",
        "client_id": "cosigne-portal",
        "code": code,
        "redirect_uri": BACK,
        "code_verifier": PROOF,
        **other,
    }
    return client.post("/token", data={k: v for k, v in form.items() if v is not None})


def test_discovery_says_where_everything_is(client, url):
    about = client.get("/.well-known/openid-configuration").json()
    metadata = OpenIDProviderMetadata(about)
    for check in ("jwks_uri", "response_types_supported", "subject_types_supported",
                  "id_token_signing_alg_values_supported", "scopes_supported"):  # fmt: skip
        getattr(metadata, f"validate_{check}")
    assert about["issuer"] == url
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        assert about[name].startswith(url)
    assert client.get(about["jwks_uri"]).status_code == 200


def test_only_public_keys_are_published(client):
    [key] = client.get("/jwks").json()["keys"]
    assert set(key) == {"kty", "n", "e", "kid", "use", "alg"}


def test_a_person_signs_in_by_code_and_pkce(client, password, verifier, url):
    answer, back = signed_in(client, password)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(BACK)
    assert (back["state"], back["iss"]) == ("s", url)
    given = exchanged(client, back["code"])
    assert given.headers["Cache-Control"] == "no-store"
    who = verifier.verify(given.json()["access_token"])
    luc = find("luc")
    assert (who.subject, who.tenant, who.operator) == (luc.subject, luc.tenant, False)
    assert (who.locale, who.client) == ("fr-CA", "cosigne-portal")
    assert who.auth_time


def test_the_id_token_is_for_the_application_and_opens_no_service(client, password, verifier, url):
    given = exchanged(client, signed_in(client, password)[1]["code"]).json()
    keys = KeySet.import_key_set(client.get("/jwks").json())
    claims = jwt.decode(given["id_token"], keys, algorithms=["RS256"]).claims
    assert (claims["iss"], claims["aud"], claims["nonce"]) == (url, ["cosigne-portal"], "n")
    assert (claims["sub"], claims["name"]) == (find("luc").subject, "Luc Gendreau")
    with pytest.raises(SignInNeeded, match="other_audience"):
        verifier.verify(given["id_token"])


def test_an_access_token_names_nobody(client, password):
    given = exchanged(client, signed_in(client, password)[1]["code"]).json()
    payload = given["access_token"].split(".")[1]
    told = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
    assert "Luc" not in told
    assert "Gendreau" not in told


@pytest.mark.parametrize("person", sorted(people()))
def test_every_fictional_person_can_be_chosen(client, person):
    assert f'value="{person}"' in client.get("/authorize", params=asked()).text


def test_a_wrong_password_or_person_opens_nothing(client, password):
    for form in ({"password": "x"}, {"password": ""}, {"person": "nobody"}, {"person": ""}):
        data = {"person": "luc", "password": password, **form}
        answer = client.post("/authorize", params=asked(), data=data)
        assert answer.status_code == 403
        assert "Location" not in answer.headers
        assert password not in answer.text


def test_a_code_serves_once(client, password):
    code = signed_in(client, password)[1]["code"]
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: exchanged(client, code).status_code, range(8)))
    assert sorted(answers) == [200, *[400] * 7]


@pytest.mark.parametrize(
    "other",
    [
        {"code_verifier": "x" * 43},
        {"code_verifier": None},
        {"redirect_uri": "http://127.0.0.1:9/elsewhere"},
        {"client_id": "demo-partner"},
        {"client_id": "nobody"},
        {"code": "made-up"},
        {"grant_type": "password"},
    ],
)
def test_a_code_is_worth_nothing_to_anyone_else(client, password, other):
    code = signed_in(client, password)[1]["code"]
    assert exchanged(client, **{"code": code, **other}).status_code in (400, 401)


def test_a_code_does_not_wait(tmp_path):
    now = [1000.0]
    codes = Codes(tmp_path, now=lambda: now[0])
    granted = Code("cosigne-portal", "luc", BACK, "openid", CHALLENGE, "S256", signed_in_at=1000)
    codes.keep("one", granted)
    now[0] += LIFETIME + 1
    assert codes.take("one") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "other",
    [
        {"code_challenge": None, "code_challenge_method": None},
        {"code_challenge_method": "plain"},
        {"code_challenge_method": None},
        {"response_type": "token"},
        {"scope": "openid everything"},
    ],
)
def test_a_request_without_pkce_or_for_something_else_is_sent_back(client, other):
    answer = client.get("/authorize", params=asked(**other))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(BACK)
    assert "error" in said(answer)


@pytest.mark.parametrize(
    "other",
    [
        {"redirect_uri": "https://elsewhere.example/"},
        {"redirect_uri": "http://127.0.0.1.elsewhere.example/"},
        {"redirect_uri": "http://user@127.0.0.1/"},
        {"redirect_uri": "http://127.0.0.1/#fragment"},
        {"redirect_uri": "javascript:alert(1)"},
        {"redirect_uri": "http://[::1"},
        {"redirect_uri": None},
        {"client_id": "nobody"},
        {"client_id": "demo-partner"},
        {"client_id": None},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_the_applications(client, other):
    answer = client.get("/authorize", params=asked(**other))
    assert answer.status_code == 400
    assert "Location" not in answer.headers


def test_a_machine_gets_a_token_of_its_own(client, folder, verifier):
    secret = Kept(folder).secret_of("demo-partner")
    for sent in (
        {"auth": ("demo-partner", secret), "data": {"grant_type": "client_credentials"}},
        {
            "data": {
                "grant_type": "client_credentials",
                "client_id": "demo-partner",
                "client_secret": secret,
            }
        },
    ):
        who = verifier.verify(client.post("/token", **sent).json()["access_token"])
        assert (who.subject, who.tenant) == ("demo-partner", find("luc").tenant)
        assert not who.operator
    secret = Kept(folder).secret_of("demo-operator")
    given = client.post(
        "/token", data={"grant_type": "client_credentials"}, auth=("demo-operator", secret)
    )
    assert verifier.verify(given.json()["access_token"]).operator


@pytest.mark.parametrize(
    "auth", [("demo-partner", "wrong"), ("demo-partner", ""), ("cosigne-portal", ""), ("no", "x")]
)
def test_a_machine_without_its_secret_gets_nothing(client, auth):
    answer = client.post("/token", data={"grant_type": "client_credentials"}, auth=auth)
    assert answer.status_code in (400, 401)
    assert "access_token" not in answer.text


def test_the_page_speaks_french_first_and_english_when_asked(client):
    page = client.get("/authorize", params=asked())
    assert '<html lang="fr">' in page.text
    assert "Qui êtes-vous" in page.text
    page = client.get("/authorize", params=asked(), headers={"Accept-Language": "en"})
    assert "Who are you?" in page.text


def test_the_page_can_be_framed_by_nobody_and_leads_only_onward(client):
    page = client.get("/authorize", params=asked(state='"><script>alert(1)</script>'))
    policy = page.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert "form-action 'self' http://127.0.0.1:9;" in policy
    assert "<script" not in page.text
    assert client.get("/style.css").status_code == 200
    # every field has its label
    ids = re.findall(r'<(?:input|select) id="(\w+)"', page.text)
    assert ids
    assert all(f'<label for="{one}">' in page.text for one in ids)


def test_what_is_asked_from_elsewhere_over_plain_http_is_refused(folder):
    app = issuer_app("http://127.0.0.1/issuer", folder)
    client = app.test_client()
    for answer in (
        client.post("/token", base_url="http://elsewhere.example", data={}),
        client.get("/authorize", base_url="http://elsewhere.example", query_string=asked()),
    ):
        assert answer.status_code == 400


# ── what is kept ─────────────────────────────────────────────────────────────────────────────────


def test_what_is_kept_is_for_its_owner_only_and_stays(tmp_path):
    folder = tmp_path / "kept"
    first = LocalIssuer("http://127.0.0.1/issuer", folder)
    password, secret = first.kept.password(), first.kept.secret_of("x")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {0o600}
    again = Kept(folder)
    assert again.signing_key().kid == first.key.kid
    assert (again.password(), again.secret_of("x")) == (password, secret)
    assert len(password.replace("-", "")) == 16


def test_processes_that_start_together_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(6) as many:
        kids = set(many.map(lambda _: Kept(tmp_path / "k").signing_key().kid, range(6)))
    assert len(kids) == 1
    assert [p.name for p in Path(tmp_path / "k").iterdir()] == ["signing-key.json"]


def test_a_token_minted_beside_the_running_issuer_holds(url, folder, verifier):
    local = LocalIssuer(url, folder)
    assert verifier.verify(local.token("ode")).operator
    eli = verifier.verify(local.token("eli"))
    assert (eli.subject, eli.tenant) == (find("eli").subject, find("eli").tenant)
    own = local.mint("whoever", tenant=find("awa").tenant, locale="en")
    assert local.verifier().verify(own).locale == "en"
    with pytest.raises(SignInNeeded, match="expired"):
        verifier.verify(local.token("luc", lifetime=-60))


def test_a_token_of_another_installation_does_not_hold(url, tmp_path, verifier):
    with pytest.raises(SignInNeeded):
        verifier.verify(LocalIssuer(url, tmp_path / "other").token("luc"))


def test_in_production_the_issuer_does_not_start(tmp_path):
    with pytest.raises(Refused, match=r"issuer\.not_in_production"):
        issuer_app("https://cosigne.example/issuer", tmp_path / "kept", mode="production")
    assert not (tmp_path / "kept").exists()
