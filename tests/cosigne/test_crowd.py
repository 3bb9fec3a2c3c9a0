"""The fictional people of the real size: as many as the field tells of, each always the same."""

import pytest

from cosigne import people
from cosigne.crowd import Crowd, find, names
from cosigne.people import Unknown


def test_both_houses_have_together_what_the_field_tells_of():
    houses = Crowd().houses
    assert sum(house.programmes for house in houses) == 57
    assert sum(house.persons for house in houses) == 2046
    assert sum(house.practitioners for house in houses) == 609
    assert [house.organisation.country for house in houses] == ["CA-QC", "FR"]


def test_everyone_is_said_to_be_fictional():
    assert "Invented" in names()["fictional"]
    for house in Crowd().houses:
        assert "fictive" in house.organisation.name


def test_someone_is_found_by_key_and_is_always_the_same():
    one = Crowd().houses[0].one("p", 5)
    assert one.key == "vallees-p5"
    assert find("vallees-p5") == one
    assert find("vallees-i6").role == "peer_worker"


def test_another_size_or_seed_has_other_people():
    ids = {find(key).id for key in ("vallees-p5", "vallees.2021.10-p5", "vallees.7.1000-p5")}
    assert len(ids) == 3
    assert find("vallees.2021.10-p5").tenant != find("vallees-p5").tenant


@pytest.mark.parametrize("key", ["vallees-p1437", "vallees.2021.10-p15", "vallees-x1", "nobody"])
def test_nobody_is_found_beyond_the_last(key):
    with pytest.raises(Unknown):
        find(key)


def test_whoever_is_in_the_cast_is_found_as_well():
    assert find("luc") == people.find("luc")


def test_no_two_people_have_one_id():
    house = Crowd(size=100).houses[1]
    everyone = [house.one(kind, n) for kind in "pigacvr" for n in range(1, house.count(kind) + 1)]
    assert len({one.id for one in everyone}) == len(everyone)
    assert len({one.subject for one in everyone}) == len(everyone)
