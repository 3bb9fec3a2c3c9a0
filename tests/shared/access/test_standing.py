"""How people stand to a person, asked of the relation views on real PostgreSQL."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from services.directory.domain import events as told
from shared.access.freshness import NotFreshError
from shared.access.knocking import fresh_caller
from shared.access.standing import Standing, standings
from shared.postgres.pool import connect, in_tenant
from tests.support.installation import House, Someone, relations


def kinds(house: House, who: Someone, person: UUID, at: datetime | None = None):
    """The kinds in which someone stands to a person, or None when there is no such person."""
    desk = house.installation.front.services["assessment"].desk
    with in_tenant(desk.pool, house.tenant) as connection:
        caller = fresh_caller(connection, house.tenant, who.subject)
        assert caller is not None
        found = standings(connection, caller, person, at or datetime.now(UTC))
        return found if found is None else {s.kind for s in found}


def test_a_person_stands_to_herself(house: House) -> None:
    assert kinds(house, house.person, house.person.id) == {"self"}


def test_a_practitioner_stands_in_care_only_where_a_relation_began(house: House) -> None:
    assert kinds(house, house.practitioner, house.person.id) == {"care", "worker"}
    assert kinds(house, house.practitioner, house.neighbour.id) == {"worker"}
    assert kinds(house, house.colleague, house.person.id) == {"worker"}


def test_nobody_stands_to_a_person_of_another_organisation(
    house: House, other_house: House
) -> None:
    assert kinds(house, house.practitioner, other_house.person.id) is None
    assert kinds(house, house.practitioner, uuid4()) is None


def test_care_ends_from_the_moment_it_is_recorded_and_not_before(house: House) -> None:
    relation = house.care(house.neighbour, house.colleague)
    house.installation.settled()
    before = datetime.now(UTC)
    house.tell(
        told.CareRelationEnded,
        relations(house.neighbour.id),
        house.neighbour.id,
        relation=relation.id,
        party=house.colleague.id,
    )
    house.installation.settled()
    assert kinds(house, house.colleague, house.neighbour.id) == {"worker"}
    assert kinds(house, house.colleague, house.neighbour.id, before) == {"care", "worker"}


def test_a_restricted_worker_stands_no_more_in_care(house: House) -> None:
    restricted = house.tell(
        told.AccessRestricted,
        relations(house.person.id),
        house.person.id,
        audience=house.practitioner.id,
        category=None,
        scope=("everything",),
    )
    house.installation.settled()
    assert kinds(house, house.practitioner, house.person.id) == {"worker"}
    house.tell(
        told.AccessRestrictionLifted,
        relations(house.person.id),
        house.person.id,
        restriction=restricted.id,
    )
    house.installation.settled()
    assert "care" in kinds(house, house.practitioner, house.person.id)


def test_emergency_access_ends_by_itself(house: House) -> None:
    now = datetime.now(UTC)
    house.tell(
        told.EmergencyAccessOpened,
        relations(house.person.id),
        house.person.id,
        reason="…",
        expires=now + timedelta(hours=1),
        by=house.colleague.id,
    )
    house.installation.settled()
    assert "emergency" in kinds(house, house.colleague, house.person.id)
    later = now + timedelta(hours=2)
    assert "emergency" not in kinds(house, house.colleague, house.person.id, later)


def test_who_left_cannot_come_in(house: House) -> None:
    house.tell(told.PartyLeft, house.colleague.id, house.tenant)
    house.installation.settled()
    desk = house.installation.front.services["assessment"].desk
    with in_tenant(desk.pool, house.tenant) as connection:
        assert fresh_caller(connection, house.tenant, house.colleague.subject) is None


def test_an_auditor_stands_by_a_mandate_that_is_in_force(house: House) -> None:
    today = datetime.now(ZoneInfo("America/Toronto")).date()  # where the house is
    house.tell(
        told.AuditMandateGiven,
        uuid4(),
        house.tenant,
        auditor=house.auditor.id,
        purpose="…",
        begins=today,
        until=today + timedelta(days=3),
    )
    house.installation.settled()
    assert kinds(house, house.auditor, house.person.id) == {"auditor"}
    assert kinds(house, house.auditor, house.person.id, datetime.now(UTC) + timedelta(9)) == set()


@pytest.mark.parametrize(
    ("researcher", "purpose", "stands"),
    [
        ("researcher", "research", {"researcher"}),
        ("researcher", "partner", set()),
        ("relative", "research", set()),
    ],
)
def test_a_consent_to_research_is_one_of_its_own_and_only_to_a_researcher(
    house: House, researcher: str, purpose: str, stands: set[str]
) -> None:
    house.add("researcher", "staff", "researcher")
    who = house.people[researcher]
    house.installation.settled()
    assert kinds(house, who, house.person.id) == set()
    house.tell(
        told.ConsentGiven,
        relations(house.person.id),
        house.person.id,
        by=house.person.id,
        audience=who.id,
        category=None,
        tabs=("plan",),
        purpose=purpose,
        until=datetime.now(UTC).date() + timedelta(days=30),
    )
    house.installation.settled()
    assert kinds(house, who, house.person.id) == stands


def test_a_restriction_of_one_tab_closes_that_tab(house: House) -> None:
    house.tell(
        told.AccessRestricted,
        relations(house.person.id),
        house.person.id,
        audience=house.practitioner.id,
        category=None,
        scope=("network",),
    )
    house.installation.settled()
    desk = house.installation.front.services["assessment"].desk
    with in_tenant(desk.pool, house.tenant) as connection:
        caller = fresh_caller(connection, house.tenant, house.practitioner.subject)
        assert caller is not None
        found = standings(connection, caller, house.person.id, datetime.now(UTC))
    assert found is not None
    (care,) = [s for s in found if s.kind == "care"]
    assert isinstance(care, Standing)
    assert care.closed == {"network"}


@pytest.mark.parametrize("name", ["administrator", "manager"])
def test_offices_stand_by_their_office(house: House, name: str) -> None:
    someone = house.people[name]
    assert name in kinds(house, someone, house.person.id)


def parked(house: House, view: str, subject: UUID) -> None:
    """Set a sequence aside in the assessment service, as a fold that fails does."""
    consumer = house.installation.table("assessment", view)
    with connect(house.installation.settings.conninfo("assessment", "reader")) as connection:
        connection.execute(
            "INSERT INTO parked (consumer, source, era, tenant_id, subject_id, gpos, reason) "
            "VALUES (%s, 'directory', 1, %s, %s, 1, 'ValueError')",
            (consumer, house.tenant, subject),
        )


def test_whose_relations_are_parked_nobody_is_let_in(house: House) -> None:
    assert "care" in kinds(house, house.practitioner, house.person.id)
    house.care(house.neighbour, house.practitioner)
    house.installation.settled()
    parked(house, "relations", house.person.id)
    with pytest.raises(NotFreshError):
        kinds(house, house.practitioner, house.person.id)
    assert "care" in kinds(house, house.practitioner, house.neighbour.id)


@pytest.mark.parametrize("view", ["known_parties", "mandates"])
def test_where_the_parties_are_parked_nobody_of_the_organisation_is_let_in(
    house: House, view: str
) -> None:
    parked(house, view, house.tenant)
    with pytest.raises(NotFreshError):
        kinds(house, house.practitioner, house.person.id)


def test_a_category_is_kept_out_by_how_one_stands_to_her_whatever_the_house_says(
    house: House,
) -> None:
    house.tell(
        told.ConsentGiven,
        relations(house.person.id),
        house.person.id,
        by=house.person.id,
        audience=house.neighbour.id,
        category=None,
        tabs=("quality_of_life",),
        purpose="care",
        until=datetime.now(UTC).date() + timedelta(days=30),
    )
    house.installation.settled()
    assert "relative" in kinds(house, house.neighbour, house.person.id)
    for category in ("relative", "practitioner"):
        house.tell(
            told.AccessRestricted,
            relations(house.person.id),
            house.person.id,
            by=house.person.id,
            audience=None,
            category=category,
            scope=("everything",),
        )
    house.tell(
        told.RoleRevoked, house.practitioner.id, house.tenant, role="practitioner", site=None
    )
    house.installation.settled()
    assert kinds(house, house.neighbour, house.person.id) == set()
    assert "care" not in kinds(house, house.practitioner, house.person.id)


def test_two_parties_of_one_sign_in_are_nobody(house: House) -> None:
    house.tell(
        told.PartyRegistered,
        uuid4(),
        house.tenant,
        kind="staff",
        name="Deux",
        sign_in_subject=house.colleague.subject,
    )
    house.installation.settled()
    desk = house.installation.front.services["assessment"].desk
    with in_tenant(desk.pool, house.tenant) as connection:
        assert fresh_caller(connection, house.tenant, house.colleague.subject) is None


@pytest.mark.parametrize(("purpose", "opens"), [("care", True), ("research", False)])
def test_a_consent_opens_her_record_for_her_care_and_for_nothing_else(
    house: House, purpose: str, opens: bool
) -> None:
    given = house.tell(
        told.ConsentGiven,
        relations(house.person.id),
        house.person.id,
        audience=house.relative.id,
        category=None,
        tabs=("quality_of_life",),
        purpose=purpose,
        until=datetime.now(UTC).date() + timedelta(days=30),
        by=house.person.id,
    )
    assert given.act.author == house.person.id
    house.installation.settled()
    assert ("relative" in (kinds(house, house.relative, house.person.id) or ())) is opens
