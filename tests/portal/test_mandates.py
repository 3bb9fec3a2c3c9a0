"""An auditor at the portal: what a mandate reaches, with words masked, and the proof of a decision."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.directory.domain import events as d
from tests.portal.test_history import address_of, keep


@pytest.fixture
def decided(open_house, visiting):
    """She named a strength and said yes to a goal of hers; an auditor has a mandate."""
    me = open_house.person
    keep(visiting(me), "Je joue de la guitare.")
    plans = f"/plans/v1/persons/{me.id}/plans"
    plan = me.client.post(plans, json={}).json()["id"]
    goal = str(uuid4())
    words = {"goal": goal, "words": "Jouer devant du monde"}
    read = me.client.post(f"{plans}/{plan}/goals", json=words).headers["ETag"]
    path = f"{plans}/{plan}/goals/{goal}/agreements"
    assert me.client.post(path, json={}, headers={"If-Match": read}).status_code == 201
    today = datetime.now(UTC).date()
    open_house.tell(
        d.AuditMandateGiven,
        uuid4(),
        open_house.tenant,
        auditor=open_house.auditor.id,
        purpose="Vérification de la qualité",
        begins=today - timedelta(days=2),
        until=today + timedelta(days=9),
    )
    open_house.installation.settled()
    return visiting(open_house.auditor)


def test_an_auditor_reads_what_the_mandate_is_for_and_until_when(decided):
    page = decided.read("/mandates")
    assert "Vérification de la qualité" in page
    assert "restent masqués" in page


def test_the_register_tells_who_decided_with_words_masked(decided, open_house):
    page = decided.read("/mandates/trail?what=all")
    assert "Oui à un objectif" in page
    assert "Jouer devant du monde" not in page
    assert "guitare" not in page
    hers = decided.read(f"/mandates/persons/{open_house.person.id}")
    assert "Oui à un objectif" in hers
    assert "Jouer devant du monde" not in hers


def test_the_record_of_a_decision_shows_where_it_stands_in_the_sealed_log(decided, open_house):
    page = address_of(decided, "Le dossier de cette décision", "/mandates/trail")
    told = decided.read(page)
    assert "Places et empreintes" in told
    assert "D’où vient cette décision" in told
    assert "Jouer devant du monde" not in told


def test_she_finds_that_an_auditor_looked(decided, open_house, visiting):
    decided.read(f"/mandates/persons/{open_house.person.id}")
    open_house.installation.settled()
    assert "Auditor a regardé" in visiting(open_house.person).read("/persons/{me}/history/looks")


def test_these_pages_are_for_auditors_and_reach_nobody_elsewhere(decided, visiting, other_house):
    assert visiting(other_house.auditor).get("/mandates/trail").status_code == 200
    elsewhere = visiting(other_house.auditor)
    assert "Oui à un objectif" not in elsewhere.get("/mandates/trail?what=all").text
    for name in ("practitioner", "manager", "administrator", "person"):
        stranger = visiting(getattr(other_house, name))
        assert stranger.get("/mandates").status_code == 404
