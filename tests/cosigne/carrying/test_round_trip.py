"""An organisation carried to another installation is the same there, event by event, row by row."""

from __future__ import annotations

import json
from datetime import date
from uuid import uuid4

import pytest

from cosigne.carrying.export import export
from cosigne.carrying.folder import lines_of
from cosigne.carrying.restore import restore
from cosigne.plans import plans
from services.directory.domain import events as directory
from shared.kernel import Refused
from shared.postgres.pool import connect
from tests.support.bringing_in import begun
from tests.support.installation import House, eventually, installed, made_house, relations

LIES = ("gpos", "leaf")  # where an event lies in this log
GONE = "Ces mots n’y sont plus."
KEPT = "Ces mots restent — « là »."


def quiet(*_: object) -> None:
    """Nobody looks at the progress of a test."""


class Stopped(Exception):
    """Somebody pulled the plug."""


def stop(service: str, _done: int, _whole: int) -> None:
    if service == "assessment":
        raise Stopped


@pytest.fixture(scope="module")
def elsewhere(server, tmp_path_factory):
    """Another installation: other databases, other keys."""
    with installed(server, tmp_path_factory.mktemp("elsewhere")) as made:
        yield made


@pytest.fixture(scope="module")
def lived_in(installation) -> House:
    """An organisation with something in every service; words withdrawn, someone erased."""
    house = made_house(installation)
    installation.settled()
    client = house.person.client
    catalogues = house.administrator.client.post(
        "/assessment/v1/catalogues/defaults", json={}
    ).json()
    catalogue = catalogues["catalogues"][0]["id"]
    portrait = f"/assessment/v1/persons/{house.person.id}/assessments"
    one = posted(client, portrait, {"catalogue": catalogue})["id"]
    for theme, words in (("travail", KEPT), ("logement", GONE)):
        told = {"theme": theme, "value": 20, "comment": words}
        entry = posted(client, f"{portrait}/{one}/ratings", told)["entries"][0]
    posted(client, f"{portrait}/{one}/entries/{entry}/withdrawals", {})
    posted(client, f"/plans/v1/persons/{house.person.id}/plans", {})
    posted(client, f"/network/v1/persons/{house.person.id}/network/ties", {"name": "Simon"})
    house.practitioner.client.get(portrait)
    begun(house)
    house.tell(
        directory.ConsentGiven,
        relations(house.neighbour.id),
        house.neighbour.id,
        by=house.neighbour.id,
        audience=house.relative.id,
        category=None,
        tabs=(),
        purpose="care",
        until=date(2100, 1, 1),
    )
    installation.settled()
    installation.front.services["directory"].ledger.mapper.keys.destroy(
        house.tenant, house.neighbour.id
    )
    house.tell(directory.PersonErased, relations(house.neighbour.id), house.neighbour.id)
    eventually(lambda: GONE not in everything(installation, house.tenant))
    installation.settled()
    return house


def posted(client, path, body):
    answer = client.post(path, json=body)
    assert answer.status_code == 201, f"{path} {answer.text}"
    return answer.json()


def everything(installation, tenant) -> str:
    """All that the views of an organisation hold."""
    return json.dumps(views(installation, tenant), default=str, ensure_ascii=False)


def views(installation, tenant, but=None):
    """Every row of every view, without where it lies, but for those about someone."""
    found = {}
    for service, plan in plans().items():
        with connect(installation.settings.conninfo(service, "reader")) as connection:
            for view in plan.all_views:
                cursor = connection.execute(
                    f"SELECT * FROM {view.name} WHERE tenant_id = %s", (tenant,)
                )
                names = [c.name for c in cursor.description]
                rows = [dict(zip(names, row, strict=True)) for row in cursor]
                rows = [row for row in rows if row["subject_id"] != but]
                kept = [{n: v for n, v in row.items() if n not in LIES} for row in rows]
                found[f"{service}.{view.name}"] = sorted(map(repr, kept))
    return found


def events(installation) -> dict[str, int]:
    """How many events each service holds."""
    found = {}
    for service in plans():
        with connect(installation.settings.conninfo(service, "reader")) as connection:
            found[service] = connection.execute("SELECT count(*) FROM events").fetchone()[0]
    return found


def carried(house, folder, purpose="Changer d’hébergeur"):
    named = (house.tenant, "Maison des essais")
    return export(house.installation.settings, plans(), named, folder, purpose, quiet)


def test_every_view_and_envelope_is_the_same_elsewhere(lived_in, elsewhere, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    made = carried(lived_in, first)
    assert made.services["assessment"].unreadable == 1
    assert str(lived_in.neighbour.id) in made.erased
    with pytest.raises(Stopped):
        restore(elsewhere.settings, plans(), first, stop)
    restore(elsewhere.settings, plans(), first, quiet)  # interrupted, it goes on where it was
    elsewhere.settled()
    lived_in.installation.settled()
    # a worker that held an erased key may tell of her for a minute more; no other ever will
    erased = lived_in.neighbour
    here = views(lived_in.installation, lived_in.tenant, but=erased.id)
    assert sum(map(len, here.values())) > 50
    assert here == views(elsewhere, lived_in.tenant, but=erased.id)
    assert f"'name': '{erased.name}'" not in everything(elsewhere, lived_in.tenant)

    named = (lived_in.tenant, "Maison des essais")
    again = export(elsewhere.settings, plans(), named, second, "Vérifier", quiet)
    for service, part in made.services.items():
        lines = zip(lines_of(first, part), lines_of(second, again.services[service]), strict=False)
        told = [
            ((a.position, a.envelope, a.body), (b.position, b.envelope, b.body)) for a, b in lines
        ]
        assert len(told) == part.events
        assert all(a == b for a, b in told)


def test_erased_while_it_was_exported_she_never_comes_back(lived_in, server, tmp_path):
    """The files written before her key was destroyed hold her words in clear."""
    carried(lived_in, tmp_path / "out")
    manifest = tmp_path / "out" / "manifest.json"
    told = json.loads(manifest.read_text("utf-8"))
    told["erased"].append(str(lived_in.person.id))
    manifest.write_text(json.dumps(told), "utf-8")
    with installed(server, tmp_path / "another") as another:
        restore(another.settings, plans(), tmp_path / "out", quiet)
        another.settled()
        kept = everything(another, lived_in.tenant)
        assert KEPT not in kept
        assert f'"{lived_in.person.name}"' not in kept
        assert "Maison des essais" in kept


def test_erased_where_it_comes_to_she_stays_erased(lived_in, server, tmp_path):
    """As where its databases were lost, and the keys were not."""
    carried(lived_in, tmp_path / "out")
    with installed(server, tmp_path / "another") as another:
        keys = another.front.services["directory"].ledger.mapper.keys
        keys.destroy(lived_in.tenant, lived_in.person.id)
        restore(another.settings, plans(), tmp_path / "out", quiet)
        another.settled()
        kept = everything(another, lived_in.tenant)
        assert KEPT not in kept
        assert f'"{lived_in.person.name}"' not in kept
        assert "Maison des essais" in kept


def test_words_withdrawn_are_in_no_file(lived_in, tmp_path):
    carried(lived_in, tmp_path / "out")
    text = "".join(f.read_text("utf-8") for f in (tmp_path / "out").glob("*.jsonl"))
    assert KEPT in text
    assert GONE not in text
    assert lived_in.neighbour.name not in {
        line["body"]["name"]
        for line in map(json.loads, text.splitlines())
        if line["envelope"]["type"] == "directory.person_registered" and line["body"]
    }


def test_an_export_is_on_record_with_its_purpose(lived_in, tmp_path):
    carried(lived_in, tmp_path / "out", purpose="Changer de maison, vraiment")
    lived_in.installation.settled()
    assert "Changer de maison, vraiment" in everything(lived_in.installation, lived_in.tenant)


def test_nothing_of_another_organisation_is_in_it(lived_in, other_house, tmp_path):
    carried(lived_in, tmp_path / "out")
    for file in (tmp_path / "out").rglob("*"):
        if file.is_file():
            assert str(other_house.tenant) not in file.read_text("utf-8")


def test_only_this_account_reads_the_folder(lived_in, tmp_path):
    carried(lived_in, tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o700
    assert {f.stat().st_mode & 0o777 for f in (tmp_path / "out").glob("*.*")} == {0o600}


def test_an_organisation_that_is_known_is_not_brought_in_over_it(lived_in, elsewhere, tmp_path):
    carried(lived_in, tmp_path / "out")
    stranger = made_house(elsewhere)
    elsewhere.settled()
    told = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    told["organisation"] = str(stranger.tenant)
    (tmp_path / "out" / "manifest.json").write_text(json.dumps(told), "utf-8")
    with pytest.raises(Refused, match=r"restore\.known"):
        restore(elsewhere.settings, plans(), tmp_path / "out", quiet)


@pytest.mark.parametrize("changed", ["a value", "a line less"])
def test_a_file_that_was_changed_is_refused_before_anything_is_written(
    lived_in, elsewhere, tmp_path, changed
):
    carried(lived_in, tmp_path / "out")
    before = events(elsewhere)
    file = tmp_path / "out" / "assessment.jsonl"
    text = file.read_text("utf-8")
    other = text.replace('"value":20', '"value":90', 1)
    file.write_text(other if changed == "a value" else text[: text.rindex("{", 0, -2)], "utf-8")
    with pytest.raises(Refused, match=r"restore\.altered"):
        restore(elsewhere.settings, plans(), tmp_path / "out", quiet)
    assert events(elsewhere) == before


def test_nothing_is_exported_of_an_organisation_nobody_knows(installation, tmp_path):
    with pytest.raises(Refused, match=r"export\.unknown"):
        export(installation.settings, plans(), (uuid4(), ""), tmp_path / "out", "Voir", quiet)
