"""Production refuses each thing that is only for trying out, and says all of them at once."""

import pytest

from shared.kernel import Refused
from shared.settings import EVERYTHING, KEYS, SERVICES, Settings, url_of

LONG = "a secret of more than thirty-two characters"
FIT = {
    "COSIGNE_MODE": "production",
    **{
        url_of(name): f"postgresql://db.example:5432/{name}?sslmode=verify-full"
        for name in (*SERVICES, KEYS)
    },
    "COSIGNE_DATABASE_SECRET": LONG,
    "COSIGNE_KEYS_FOLDER": "/keys",
    "COSIGNE_OIDC_ISSUER": "https://id.example",
    "COSIGNE_URL": "https://cosigne.example",
    "COSIGNE_ERASURES_LIST": "/elsewhere/erasures.jsonl",
    "COSIGNE_PORTAL_SECRET": LONG,
    "COSIGNE_KAFKA": "one.example:9093",
}
UNFIT = {
    "an address of people in clear": ("COSIGNE_URL", "http://cosigne.example", "COSIGNE_URL"),
    "a provider in clear": ("COSIGNE_OIDC_ISSUER", "http://id.example", "COSIGNE_OIDC_ISSUER"),
    "a discovery in clear": ("COSIGNE_OIDC_DISCOVERY", "http://id/x", "COSIGNE_OIDC_DISCOVERY"),
    "the embedded issuer": (
        "COSIGNE_OIDC_ISSUER",
        "https://cosigne.example/issuer",
        "COSIGNE_OIDC_ISSUER",
    ),
    "a short secret of the portal": ("COSIGNE_PORTAL_SECRET", "short", "COSIGNE_PORTAL_SECRET"),
    "a short secret of databases": ("COSIGNE_DATABASE_SECRET", "short", "COSIGNE_DATABASE_SECRET"),
    "no secret of databases": ("COSIGNE_DATABASE_SECRET", "", "COSIGNE_DATABASE_SECRET"),
    "a database in clear": (url_of("plans"), "postgresql://db.example/plans", url_of("plans")),
    "a database that may be in clear": (
        url_of("plans"),
        "postgresql://db.example/plans?sslmode=prefer",
        url_of("plans"),
    ),
    "a role's database in clear": (
        "COSIGNE_PLANS_APP_DATABASE_URL",
        "postgresql://plans_app:x@db.example/plans",
        "COSIGNE_PLANS_APP_DATABASE_URL",
    ),
    "an administrator in clear": (
        "COSIGNE_ADMIN_DATABASE_URL",
        "postgresql://boss:x@db.example/postgres",
        "COSIGNE_ADMIN_DATABASE_URL",
    ),
    "brokers in clear": ("COSIGNE_KAFKA_SECURITY", "PLAINTEXT", "COSIGNE_KAFKA_SECURITY"),
    "brokers that keep for long what was taken back": (
        "COSIGNE_KAFKA_RETENTION_HOURS",
        "25",
        "COSIGNE_KAFKA_RETENTION_HOURS",
    ),
    "a service in clear": ("COSIGNE_PLANS_URL", "http://plans:8080/plans", "COSIGNE_PLANS_URL"),
    "addresses to try webhooks": (
        "COSIGNE_WEBHOOK_TEST_ADDRESSES",
        "127.0.0.0/8",
        "COSIGNE_WEBHOOK_TEST_ADDRESSES",
    ),
}
INSIDE = (
    "a database in clear",
    "a database that may be in clear",
    "a role's database in clear",
    "an administrator in clear",
    "brokers in clear",
    "a service in clear",
)


def refused(given):
    with pytest.raises(Refused, match=r"settings\.unfit") as told:
        Settings.read(given)
    return str(told.value.values["names"])


def test_what_is_fit_for_production_is_read():
    assert Settings.read(FIT).mode == "production"


@pytest.mark.parametrize("name", ["COSIGNE_URL", "COSIGNE_ERASURES_LIST"])
def test_in_production_nobody_guesses_where_something_is(name):
    needs = EVERYTHING | {name}
    told = {key: value for key, value in FIT.items() if key != name}
    with pytest.raises(Refused, match=r"settings\.missing") as refused:
        Settings.read(told, needs)
    assert refused.value.values["names"] == name
    Settings.read({**told, "COSIGNE_MODE": "embedded"}, needs)


def test_in_production_the_list_of_erasures_is_never_put_beside_the_keys():
    told = {key: value for key, value in FIT.items() if key != "COSIGNE_ERASURES_LIST"}
    with pytest.raises(Refused, match=r"settings\.missing"):
        _ = Settings.read(told).list_of_erasures
    assert str(Settings.read(FIT).list_of_erasures) == FIT["COSIGNE_ERASURES_LIST"]


@pytest.mark.parametrize("what", UNFIT)
def test_production_refuses(what):
    name, value, named = UNFIT[what]
    assert named in refused({**FIT, name: value})


@pytest.mark.parametrize("what", UNFIT)
def test_embedded_allows(what):
    name, value, _ = UNFIT[what]
    Settings.read({**FIT, "COSIGNE_MODE": "embedded", name: value})


@pytest.mark.parametrize("what", sorted(INSIDE))
def test_where_a_mesh_encrypts_what_is_inside_may_be_in_clear(what):
    name, value, _ = UNFIT[what]
    Settings.read({**FIT, "COSIGNE_MESH": "yes", name: value})


@pytest.mark.parametrize("what", sorted(UNFIT.keys() - INSIDE))
def test_a_mesh_excuses_nothing_else(what):
    name, value, named = UNFIT[what]
    assert named in refused({**FIT, "COSIGNE_MESH": "yes", name: value})


def test_all_of_it_is_said_at_once():
    worst = {name: value for name, value, _ in UNFIT.values() if value}
    told = refused({**FIT, **worst, "COSIGNE_OIDC_ISSUER": "http://id.example"})
    assert all(named in told for _, _, named in UNFIT.values())


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://127.0.0.1/plans",
        "postgresql:///plans?host=/run/postgresql",
        "postgresql://localhost/plans",
        "postgresql://[::1]/plans",
    ],
)
def test_a_database_on_this_machine_needs_no_tls(url):
    Settings.read({**FIT, url_of("plans"): url})


def test_one_database_elsewhere_among_several_needs_it():
    url = "postgresql://127.0.0.1,db.example/plans"
    assert url_of("plans") in refused({**FIT, url_of("plans"): url})


def test_a_secret_is_never_said_back():
    told = refused({**FIT, "COSIGNE_PORTAL_SECRET": "hush", "COSIGNE_URL": "http://x.example"})
    assert "hush" not in told
