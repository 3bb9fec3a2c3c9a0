"""Whom to call, for whoever comes by a poster: what it says, and that nothing else leads there."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from uuid import uuid4

import httpx
import pytest

from services.directory.api.places import LINES
from shared.postgres.pool import connect
from shared.settings import KEYS
from tests.directory.api.town import REGISTERED


@pytest.fixture(scope="module")
def nobody(installation):
    with httpx.Client(base_url=installation.url, trust_env=False) as client:
        yield client


@pytest.fixture
def poster(town):
    town.post("admin", "/help-lines", LINES, status=200, method="PUT")
    return town.get("awa", "/organisation")["poster"]


def read(nobody, poster, language="fr-CA"):
    headers = {"Accept-Language": language}
    return nobody.get(f"/directory/v1/help-lines/{poster}", headers=headers)


def test_a_poster_says_the_name_and_whom_to_call_and_nothing_else(nobody, poster):
    answer = read(nobody, poster)
    assert answer.status_code == 200
    assert answer.json() == {"name": REGISTERED["name"], "help_lines": LINES["lines"]}


def test_what_hangs_on_a_wall_goes_on_leading_there_when_the_lines_change(town, nobody, poster):
    lines = [{"fr": "Une autre ligne : 9-8-8", "en": "Another line: 9-8-8"}]
    town.post("admin", "/help-lines", {"lines": lines}, status=200, method="PUT")
    assert town.get("kim", "/organisation")["poster"] == poster
    assert read(nobody, poster).json()["help_lines"] == lines


def test_the_id_of_an_organisation_alone_leads_nowhere(town, nobody, poster):
    """It stands in the links to summaries: one that is over must not tell whose it was."""
    sealed = urlsafe_b64decode(poster)
    assert sealed[:16] == town.tenant.bytes
    for seal in (b"\0" * 8, bytes([sealed[16] ^ 1]) + sealed[17:], b""):
        assert unknown(nobody, urlsafe_b64encode(town.tenant.bytes + seal).decode())
    assert unknown(nobody, str(town.tenant))


def test_the_seal_of_one_organisation_opens_no_other(elsewhere, nobody, poster):
    elsewhere.post("admin", "/help-lines", LINES, status=200, method="PUT")
    theirs = elsewhere.tenant.bytes + urlsafe_b64decode(poster)[16:]
    assert unknown(nobody, urlsafe_b64encode(theirs).decode())


def test_an_organisation_that_says_no_lines_yet_is_unknown_outside(town, nobody, installation):
    first = {"id": str(uuid4()), "name": "Patrick", "sign_in_subject": f"p-{uuid4().hex}"}
    made = {**REGISTERED, "id": str(uuid4()), "administrator": first}
    told = town.post("operator", "/organisations", made)
    assert unknown(nobody, told["poster"])


@pytest.mark.parametrize("odd", ["x", "%00", "%ff", "é" * 16, "A" * 32, "A" * 31 + "=", "a b"])
def test_what_never_was_a_poster_is_unknown_in_both_languages(nobody, odd):
    assert unknown(nobody, odd)


def test_no_key_is_made_for_an_organisation_that_never_was(installation, nobody):
    never = uuid4()
    assert unknown(nobody, urlsafe_b64encode(never.bytes + b"12345678").decode())
    conninfo = installation.settings.conninfo(KEYS, "app")
    with connect(conninfo) as connection, connection.transaction():
        connection.execute("SELECT set_config('app.tenant', %s, true)", (str(never),))
        assert connection.execute("SELECT count(*) FROM data_key").fetchone() == (0,)


def unknown(nobody, poster) -> bool:
    """The same whatever is wrong with it, but for the language."""
    answers = [read(nobody, poster, language) for language in ("fr-CA", "en")]
    assert {a.status_code for a in answers} == {404}
    assert len({a.json()["detail"] for a in answers}) == 2
    return True
