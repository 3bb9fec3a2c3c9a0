"""Who looked at her record, put together by day and person, with the reason in words."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from services.directory.domain import events as told
from services.directory.domain.relations import stream_of
from shared.access.reads import read_fact
from shared.kernel import Act
from tests.reporting.api.scene import plain
from tests.support.installation import House, Someone

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


def look(house: House, who: Someone, at: datetime, scope: str, standing: str = "care") -> None:
    """A look at a moment of the test's own, as the service records it."""
    act = Act(
        tenant=house.tenant, subject=house.person.id, actor=who.id, author=who.id, at=at,
        occurred=at, command=uuid4(),
    )  # fmt: skip
    role = "practitioner" if standing in ("care", "emergency") else standing
    fact = read_fact("assessment")(uuid4(), 1, at, act, scope, standing, role)
    house.installation.front.services["assessment"].ledger.record([fact])


def read(house: House, who: Someone, **query: object) -> list[dict]:
    answer = who.client.get(
        f"/reporting/v1/persons/{house.person.id}/looks/days",
        params=query,
        headers={"Accept-Language": "fr-CA"},
    )
    assert answer.status_code == 200, answer.text
    return answer.json()["looks"]


@pytest.fixture
def looked(house: House) -> House:
    later = NOON + timedelta(hours=2)
    look(house, house.practitioner, NOON, "assessment")
    look(house, house.practitioner, later, "assessment")
    look(house, house.practitioner, later, "plan")
    look(house, house.practitioner, NOON + timedelta(days=1), "plan")
    look(house, house.colleague, NOON, "network", "emergency")
    # late in the evening in Montréal: already the next day elsewhere
    look(house, house.relative, NOON + timedelta(hours=11), "plan", "relative")
    house.installation.settled()
    return house


def test_one_line_for_each_person_and_day_however_often_they_looked(looked: House) -> None:
    found = [(x["day"], x["who"]["name"], x["what"]) for x in read(looked, looked.person)]
    assert found == sorted(found, reverse=True, key=lambda x: x[0])
    assert [x for x in found if x[1] == "practitioner"] == [
        ("2026-03-03", "practitioner", ["plan"]),
        ("2026-03-02", "practitioner", ["assessment", "plan"]),
    ]
    assert ("2026-03-02", "relative", ["plan"]) in found


def test_she_reads_who_and_which_day_and_never_the_hour(looked: House) -> None:
    told = read(looked, looked.person)
    assert all(x["hours"] == [] for x in told)
    assert not any("17:00" in str(x) or "12:00" in str(x) for x in told)
    hers = [x for x in read(looked, looked.officer) if x["who"]["name"] == "practitioner"]
    assert [len(x["hours"]) for x in hers] == [1, 2]
    assert hers[1]["hours"][0].startswith("2026-03-02T12:00")


def test_the_reason_is_in_words(looked: House) -> None:
    house = looked
    opened = NOON - timedelta(minutes=5)
    emergency(house, opened)
    house.installation.settled()
    by_name = {x["who"]["name"]: x for x in read(house, house.person)}
    assert plain(by_name["colleague"]["sentence"]) == (
        "Colleague a regardé : le réseau, le 2 mars 2026. "
        "Accès d’urgence. Raison donnée : « Elle ne répond plus. »"
    ) or plain(by_name["colleague"]["reason"]).startswith("Accès d’urgence. Raison donnée")
    assert plain(by_name["relative"]["reason"]) == "Avec l’accord de la personne."


def emergency(house: House, at: datetime) -> None:
    act = Act(
        tenant=house.tenant, subject=house.person.id, actor=house.colleague.id,
        author=house.colleague.id, at=at, occurred=at, command=uuid4(),
    )  # fmt: skip
    stream = stream_of(house.person.id)
    version = house.versions[stream] = house.versions[stream] + 1
    expires = NOON + timedelta(days=2)
    house.installation.record(
        [told.EmergencyAccessOpened(stream, version, at, act, "Elle ne répond plus.", expires)]
    )


def test_a_real_look_says_since_when_someone_accompanies_her_and_where(house: House) -> None:
    person = house.person.id
    house.tell(told.SiteOpened, house.tenant, house.tenant, site=house.site, name="Maison du Quai")
    house.installation.settled()
    assert house.practitioner.client.get(f"/reporting/v1/persons/{person}/trail").is_success
    house.installation.settled()
    [today] = read(house, house.person)
    assert plain(today["reason"]).startswith("Accompagnement (« Maison du Quai ») depuis le ")
    assert "a regardé" in today["sentence"]


def test_a_long_record_is_read_page_by_page(house: House) -> None:
    for day in range(5):
        look(house, house.practitioner, NOON + timedelta(days=day), "plan")
    house.installation.settled()
    path = f"/reporting/v1/persons/{house.person.id}/looks/days"
    days, link = [], f"{path}?limit=2"
    while link:
        answer = house.person.client.get(link)
        days += [x["day"] for x in answer.json()["looks"]]
        following = answer.links.get("next", {}).get("url")
        link = f"{path}{following}" if following else None
    assert days == [f"2026-03-0{n}" for n in (6, 5, 4, 3, 2)]


def test_a_look_that_worries_her_is_put_to_the_privacy_officer(looked: House) -> None:
    house = looked
    worrying = next(x for x in read(house, house.person) if x["who"]["name"] == "colleague")
    asked = house.person.client.post(
        f"/directory/v1/persons/{house.person.id}/rights",
        json={"right": "explanation", "about": worrying["entry"], "words": "Pourquoi?"},
    )
    assert asked.status_code == 201, asked.text
    house.installation.settled()
    [waiting] = house.officer.client.get("/directory/v1/rights").json()["rights"]
    assert (waiting["right"], waiting["name"]) == ("explanation", "person")
    trail = f"/reporting/v1/persons/{house.person.id}/trail?type=directory.right_requested"
    [said] = house.person.client.get(trail, headers={"Accept-Language": "fr"}).json()["entries"]
    assert "Au sujet d’une consultation du 2 mars 2026." in plain(said["sentence"])


def test_nobody_else_reads_who_looked(looked: House, other_house: House) -> None:
    path = f"/reporting/v1/persons/{looked.person.id}/looks/days"
    assert looked.practitioner.client.get(path).status_code == 403
    assert looked.colleague.client.get(path).status_code == 404
    eli = other_house.officer.client.get(path)
    assert (eli.status_code, eli.json()["code"]) == (404, "person.unknown")
