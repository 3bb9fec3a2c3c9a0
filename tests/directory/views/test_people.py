"""Who is registered here, under which name, with which roles: on real PostgreSQL."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from services.directory.domain import events as told
from services.directory.views import around, people
from tests.support.installation import House, relations


def asked(house: House, question):
    house.installation.settled()
    desk = house.installation.front.services["directory"].desk
    return desk.view(house.tenant, question)


def one(house: House, party):
    rows = asked(house, lambda c: people.page(c, persons=False, after=None, limit=200))
    [found] = [row for row in rows if row["id"] == party]
    return found


def test_names_are_told_for_those_known_here_and_for_nobody_else(house, other_house):
    wanted = [house.person.id, house.practitioner.id, other_house.person.id, uuid4()]
    assert asked(house, lambda c: people.names(c, wanted)) == {
        house.person.id: "person",
        house.practitioner.id: "practitioner",
    }


def test_a_role_is_held_site_by_site_until_it_is_revoked_there(house):
    here, there = uuid4(), uuid4()
    party = house.colleague.id
    for site in (here, there):
        house.tell(told.RoleGranted, party, house.tenant, role="manager", site=site, job="chef")
    house.tell(told.RoleRevoked, party, house.tenant, role="manager", site=here)
    roles = {(role["role"], role["site"]) for role in one(house, party)["roles"]}
    assert ("manager", str(there)) in roles
    assert ("manager", str(here)) not in roles
    house.tell(told.RoleRevoked, party, house.tenant, role="manager")
    assert [role["role"] for role in one(house, party)["roles"]] == ["practitioner"]


def test_who_left_is_listed_with_the_day_and_signs_in_no_more(house):
    party, subject = house.colleague.id, house.colleague.subject
    assert asked(house, lambda c: people.signs_in(c, subject)) == party
    house.tell(told.PartyLeft, party, house.tenant)
    found = one(house, party)
    assert (found["roles"], found["left_at"] is not None) == ([], True)
    assert asked(house, lambda c: people.signs_in(c, subject)) is None


def test_an_erased_person_has_no_name_any_more(house):
    person = house.neighbour.id
    house.tell(told.PersonErased, relations(person), person)
    assert asked(house, lambda c: people.names(c, [person])) == {}


def test_pages_follow_one_another_without_a_gap(house):
    def page(after):
        return asked(house, lambda c: people.page(c, persons=False, after=after, limit=2))

    seen, after = [], None
    while rows := page(after):
        seen += [row["id"] for row in rows]
        after = rows[-1]["name"], rows[-1]["id"]
    everyone = asked(house, lambda c: people.page(c, persons=False, after=None, limit=200))
    assert seen == [row["id"] for row in everyone]


@pytest.mark.parametrize("kept_from", ["party", "category"])
def test_whom_she_keeps_away_finds_her_nowhere(house, kept_from):
    def persons():
        who, roles = house.practitioner.id, frozenset({"practitioner"})
        found = asked(house, lambda c: around.around(c, who, roles, datetime.now(UTC)))
        return [row["person"] for row in found]

    assert persons() == [house.person.id]
    audience = house.practitioner.id if kept_from == "party" else None
    category = "practitioner" if kept_from == "category" else None
    house.tell(
        told.AccessRestricted,
        relations(house.person.id),
        house.person.id,
        audience=audience,
        category=category,
        scope=("everything",),
    )
    assert persons() == []
