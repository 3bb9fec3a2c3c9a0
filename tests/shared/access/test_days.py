"""A last day ends at midnight where the organisation is, in summer and in winter time."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from services.directory.domain import events as told
from tests.shared.access.test_standing import kinds
from tests.support.installation import House, made_house, relations

# the days on which the clocks change, and a day like any other
DAYS = {
    "America/Toronto": (date(2027, 3, 14), date(2027, 11, 7), date(2027, 6, 15)),
    "Europe/Paris": (date(2027, 3, 28), date(2027, 10, 31), date(2027, 6, 15)),
    "Pacific/Auckland": (date(2027, 4, 4), date(2027, 9, 26), date(2027, 6, 15)),
}


@pytest.fixture(params=DAYS, scope="module")
def house(request, installation):
    made = made_house(installation, request.param)
    made.zone, made.days = ZoneInfo(request.param), DAYS[request.param]
    installation.settled()
    yield made
    for someone in made.people.values():
        someone.leave()


def midnight(house: House, day: date) -> datetime:
    return datetime.combine(day, time(), house.zone).astimezone(UTC)


def around(house: House, day: date) -> tuple[datetime, datetime]:
    """The last moment of a day there, and the first of the next."""
    ends = midnight(house, day + timedelta(days=1))
    return ends - timedelta(microseconds=1), ends


@pytest.mark.parametrize("which", range(3))
def test_a_consent_runs_to_the_end_of_its_last_day_there(house, which):
    day = house.days[which]
    near = house.add(f"relative{which}", "relative", "relative")
    house.tell(
        told.ConsentGiven,
        relations(house.person.id),
        house.person.id,
        by=house.person.id,
        audience=near.id,
        category=None,
        tabs=("plan",),
        purpose="care",
        until=day,
    )
    house.installation.settled()
    before, after = around(house, day)
    assert kinds(house, near, house.person.id, before) == {"relative"}
    assert kinds(house, near, house.person.id, after) == set()


@pytest.mark.parametrize("which", range(3))
@pytest.mark.parametrize("role", ["representative", "assistant"])
def test_a_representation_runs_to_the_end_of_its_last_day_there(house, which, role):
    day = house.days[which]
    someone = house.add(f"{role}{which}", role, role)
    house.tell(
        told.RepresentationStarted,
        relations(house.person.id),
        house.person.id,
        party=someone.id,
        kind="mandat",
        scope=("papers",),
        until=day,
        role=role,
    )
    house.installation.settled()
    before, after = around(house, day)
    assert kinds(house, someone, house.person.id, before) == {role}
    assert kinds(house, someone, house.person.id, after) == set()


@pytest.mark.parametrize("which", range(3))
def test_a_mandate_runs_from_its_first_midnight_to_its_last_there(house, which):
    day = house.days[which]
    auditor = house.add(f"auditor{which}", "staff", "auditor")
    house.tell(
        told.AuditMandateGiven,
        uuid4(),
        house.tenant,
        auditor=auditor.id,
        purpose="Vérification",
        begins=day,
        until=day,
    )
    house.installation.settled()
    begins = midnight(house, day)
    before, after = around(house, day)
    asked = [begins - timedelta(microseconds=1), begins, before, after]
    found = [kinds(house, auditor, house.person.id, at) for at in asked]
    assert found == [set(), {"auditor"}, {"auditor"}, set()]
