"""An administrator brings in the organisation's own files; nobody else does."""

from uuid import uuid4

from tests.support.installation import House

IMPORTS = "/directory/v1/imports"
SOURCE = {"source": "Suivi 2024"}


def test_an_import_is_begun_gone_on_with_and_ended(house: House):
    mine = {**SOURCE, "id": str(uuid4())}
    client = house.administrator.client
    begun = client.post(IMPORTS, json=mine)
    assert begun.status_code == 201, begun.text
    assert (begun.json()["source"], begun.json()["ended"]) == ("Suivi 2024", False)
    assert client.post(IMPORTS, json=mine).json()["entries"] == []
    counts = {"read": 3, "noted": 2, "set_aside": 1}
    ended = client.post(f"{IMPORTS}/{mine['id']}/endings", json=counts)
    assert ended.json()["ended"] is True
    assert client.post(f"{IMPORTS}/{uuid4()}/endings", json=counts).status_code == 404


def test_only_an_administrator_brings_files_in(house: House):
    for someone in (house.person, house.practitioner, house.officer, house.manager):
        assert someone.client.post(IMPORTS, json=SOURCE).status_code == 403
        assert someone.client.get(f"{IMPORTS}/naming-key").status_code == 403


def test_the_naming_key_is_the_organisations_own_and_stays(house: House, other_house: House):
    def key(of: House) -> str:
        return of.administrator.client.get(f"{IMPORTS}/naming-key").json()["naming_key"]

    assert key(house) == key(house)
    assert key(house) != key(other_house)
    assert len(key(house)) == 64
