import pytest
from psycopg.conninfo import conninfo_to_dict

from cosigne.running.preparing import administrator_of
from shared.kernel import Refused
from shared.settings import KEYS, SERVICES, Settings, role_password, url_of

WHOLE = {
    **{url_of(name): f"postgresql://db.example:5432/{name}" for name in (*SERVICES, KEYS)},
    "COSIGNE_DATABASE_SECRET": "a secret",
    "COSIGNE_KEYS_FOLDER": "/keys",
    "COSIGNE_OIDC_ISSUER": "https://id.example",
}


def test_each_role_reaches_its_services_database_with_a_password_of_its_own():
    settings = Settings.read(WHOLE)
    told = settings.conninfo("plans", "app")
    assert "host=db.example" in told
    assert "dbname=plans" in told
    assert "user=plans_app" in told
    assert role_password("a secret", "plans_app") in told
    assert settings.password("plans_app") != settings.password("plans_reader")


def test_a_role_may_be_given_a_url_of_its_own():
    url = "postgresql://plans_app:given@other.example/plans"
    settings = Settings.read({**WHOLE, "COSIGNE_PLANS_APP_DATABASE_URL": url})
    told = conninfo_to_dict(settings.conninfo("plans", "app"))
    assert told == {**conninfo_to_dict(url), "application_name": "plans_app"}
    assert "db.example" in settings.conninfo("plans", "reader")


def test_the_key_store_may_have_a_server_and_an_administrator_of_its_own():
    one = {"COSIGNE_ADMIN_DATABASE_URL": "postgresql://admin@one.example/admin"}
    both = one | {"COSIGNE_KEYS_ADMIN_DATABASE_URL": "postgresql://admin@other.example/admin"}
    assert "one.example" in administrator_of(Settings.read(WHOLE | one), KEYS)
    assert "other.example" in administrator_of(Settings.read(WHOLE | both), KEYS)
    assert "one.example" in administrator_of(Settings.read(WHOLE | both), "plans")


def test_an_administrators_password_may_be_told_apart_from_the_url(tmp_path):
    file = tmp_path / "password"
    file.write_text("from the operator's secret\n")
    settings = Settings.read(
        {
            **WHOLE,
            "COSIGNE_ADMIN_DATABASE_URL": "postgresql://admin@one.example/admin?sslmode=require",
            "COSIGNE_ADMIN_DATABASE_PASSWORD_FILE": str(file),
        }
    )
    told = conninfo_to_dict(administrator_of(settings, "plans"))
    assert told["password"] == "from the operator's secret"
    assert (told["user"], told["sslmode"]) == ("admin", "require")
    assert "from the operator" not in repr(settings)


def test_all_that_is_missing_is_said_at_once():
    with pytest.raises(Refused, match=r"settings\.missing") as refused:
        Settings.read({"COSIGNE_MODE": "production"})
    names = str(refused.value.values["names"])
    assert "COSIGNE_OIDC_ISSUER" in names
    assert "COSIGNE_KEYS_FOLDER" in names
    assert all(url_of(name) in names for name in SERVICES)


def test_a_mode_nobody_knows_is_refused():
    with pytest.raises(Refused, match=r"settings\.unknown_mode"):
        Settings.read({**WHOLE, "COSIGNE_MODE": "prod"})


def test_a_secret_may_stand_in_a_file(tmp_path):
    file = tmp_path / "secret"
    file.write_text("from the file\n")
    told = {k: v for k, v in WHOLE.items() if k != "COSIGNE_DATABASE_SECRET"}
    settings = Settings.read({**told, "COSIGNE_DATABASE_SECRET_FILE": str(file)})
    assert settings.database_secret == "from the file"


def test_a_secret_given_twice_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"settings\.given_twice"):
        Settings.read({**WHOLE, "COSIGNE_DATABASE_SECRET_FILE": str(tmp_path / "secret")})


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    told = {k: v for k, v in WHOLE.items() if k != "COSIGNE_DATABASE_SECRET"}
    with pytest.raises(Refused, match=r"settings\.file_unreadable") as refused:
        Settings.read({**told, "COSIGNE_DATABASE_SECRET_FILE": str(tmp_path / "none")})
    assert str(tmp_path / "none") in str(refused.value.values["path"])


def test_secrets_are_not_shown_when_settings_are():
    settings = Settings.read({**WHOLE, "COSIGNE_ADMIN_DATABASE_URL": "postgresql://boss:word@db/x"})
    assert "a secret" not in repr(settings)
    assert "word" not in repr(settings)


def test_without_brokers_there_is_no_kafka():
    assert Settings.read(WHOLE).kafka is None


def test_in_production_nothing_goes_to_the_brokers_in_clear_unless_that_is_said():
    named = {"COSIGNE_KAFKA": "one.example:9093, two.example:9093"}
    fit = {
        **{url_of(n): f"postgresql://db.example/{n}?sslmode=require" for n in (*SERVICES, KEYS)},
        "COSIGNE_DATABASE_SECRET": "a secret of more than thirty-two characters",
        "COSIGNE_URL": "https://cosigne.example",
        "COSIGNE_MODE": "production",
    }
    kafka = Settings.read({**WHOLE, **named, **fit}).kafka
    assert kafka is not None
    assert kafka.servers == ("one.example:9093", "two.example:9093")
    assert kafka.security == "SSL"
    here = Settings.read({**WHOLE, **named}).kafka
    assert here is not None
    assert here.security == "PLAINTEXT"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"COSIGNE_KAFKA_PARTITIONS": "0"}, r"settings\.no_number"),
        ({"COSIGNE_KAFKA_PARTITIONS": "eight"}, r"settings\.no_number"),
        ({"COSIGNE_KAFKA_PARTITIONS": "²"}, r"settings\.no_number"),
        ({"COSIGNE_KAFKA_SECURITY": "NONE"}, r"settings\.unknown_security"),
        ({"COSIGNE_KAFKA_SECURITY": "SASL_SSL"}, r"settings\.missing"),
    ],
)
def test_what_is_said_of_kafka_is_checked(given, code):
    with pytest.raises(Refused, match=code):
        Settings.read({**WHOLE, "COSIGNE_KAFKA": "one.example:9093", **given})


@pytest.mark.parametrize("told", ["127.0.0.0/33", "127.0.0.0/8, here", "nowhere"])
def test_what_is_no_network_is_refused_in_words(told):
    with pytest.raises(Refused, match=r"settings\.no_network"):
        Settings.read({**WHOLE, "COSIGNE_WEBHOOK_TEST_ADDRESSES": told})
