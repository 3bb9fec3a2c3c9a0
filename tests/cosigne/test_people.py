import json
from pathlib import Path
from uuid import UUID

import pytest

from cosigne.people import Unknown, cast, find, id_of, organisations, people, tenant_of
from shared.kernel import ROLES

DATA = Path(__file__).parents[2] / "cosigne" / "data" / "demo-cast.json"


def test_everyone_of_the_demo_can_be_found_with_ids_of_their_own():
    keys = [p["id"] for p in json.loads(DATA.read_text("utf-8"))["people"]]
    assert set(keys) < set(people())
    assert len({p.id for p in people().values()}) == len(people())
    assert len({p.subject for p in people().values()}) == len(people())
    assert {p.role for p in people().values()} <= {*ROLES, "operator"}


def test_ids_never_change():
    # written down once: demo, tests and issuer of every version must agree on them
    assert find("luc").id == UUID("74c5970c-d9f8-51b6-a1de-02e95ec13a9e")
    assert find("luc").subject == "5d2a1409-d1ba-5ad1-924c-6226211ed03c"
    assert (
        find("luc").tenant
        == tenant_of("grand-heron")
        == UUID("d3e8f994-cd77-5361-9775-b98a2ba1bcb0")
    )


def test_namesakes_of_two_organisations_are_two_people():
    here, there = find("luc"), find("luc-du-vallon")
    assert here.name == there.name
    assert (here.id, here.tenant) != (there.id, there.tenant)


def test_a_party_a_site_and_an_organisation_of_one_key_are_three_things():
    assert len({id_of(kind, "x") for kind in ("party", "site", "organisation")}) == 3


def test_whoever_the_stories_name_is_in_the_cast():
    told = [*cast()["stories"], *cast()["situations"]]
    named = {c["party"] for s in told for e in s["events"] for c in e["contributors"]}
    named |= {e[who] for s in told for e in s["events"] for who in ("actor", "author")}
    assert named <= set(people())


def test_the_people_of_the_tests_stand_as_the_tests_need_them():
    awa, ben, eli, ode = (find(key) for key in ("awa", "ben", "eli", "ode"))
    assert awa.tenant == ben.tenant
    assert eli.tenant not in (None, awa.tenant)
    assert (ode.operator, ode.tenant) == (True, None)
    assert [p.key for p in people().values() if p.operator] == ["ode"]


def test_nobodys_key_is_unknown():
    with pytest.raises(Unknown):
        find("nobody")


def test_every_organisation_knows_its_language_and_hour():
    assert {o.locale for o in organisations().values()} == {"fr-CA", "fr-FR"}
    assert organisations()["passerelles"].timezone == "Europe/Paris"
