"""The chain of one decision over three services, and what is left of it when a link is cut.

The same life is told once for each link, with that link left out: only `because_of` makes the chain.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from shared.postgres.pool import connect
from tests.journeys.told import plain
from tests.support.installation import House, Installation, Someone, made_house

pytestmark = pytest.mark.xdist_group("journeys")
SINCE = datetime.now(UTC).date().isoformat()
WORK = "Travailler deux matins par semaine au magasin de musique."
# each entry and the one before it in the chain
LINKS = {
    "rated": "way",
    "star": "rated",
    "proposed": "star",
    "agreed": "proposed",
    "action": "agreed",
    "done": "action",
    "review": "done",
    "judged": "review",
}
KINDS = {
    "way": "directory.way_of_working_agreed",
    "rated": "assessment.theme_rated",
    "star": "assessment.star_placed",
    "proposed": "plans.goal_proposed",
    "agreed": "plans.goal_agreed",
    "action": "plans.action_added",
    "done": "plans.action_done",
    "review": "plans.review_held",
    "judged": "assessment.change_judged",
}
CHAIN = list(KINDS)


@dataclass
class Life:
    """One person's, over the socket; `entries` by their names in the chain."""

    house: House
    person: Someone
    cut: str = ""
    entries: dict[str, str] = field(default_factory=dict)

    def told(self, name: str, by: Someone, path: str, **body: Any) -> Any:
        """One entry of the chain, because of the one before it, unless that link is cut."""
        cause = LINKS.get(name)
        because = [self.entries[cause]] if cause and name != self.cut else []
        act = {"contributors": body.pop("contributors", []), "because_of": because}
        headers = {"If-Match": match} if (match := body.pop("match", None)) else {}
        answer = by.client.post(
            path.format(self.person.id), json={**body, "act": act}, headers=headers
        )
        assert answer.status_code == 201, answer.text
        self.entries[name] = answer.json()["entries"][0]
        return answer.json()

    def live(self) -> None:
        """From how they agreed to work to a change that the person judges."""
        her, karim = self.person, self.house.practitioner
        portraits, plans = "/assessment/v1/persons/{}/assessments", "/plans/v1/persons/{}/plans"
        self.told(
            "way", her, "/directory/v1/persons/{}/way-of-working", first="alone", words="Seul."
        )
        opened = self.told("opened", her, portraits, catalogue=self.catalogue())
        portrait = f"{portraits}/{opened['id']}"
        self.told("rated", her, f"{portrait}/ratings", theme="travail", value=20)
        self.told("star", her, f"{portrait}/stars", theme="travail")
        plan = f"{plans}/{self.told('plan', her, plans)['id']}"
        goal = self.told("proposed", her, f"{plan}/goals", words=WORK, grown_from=["star:travail"])
        agreeing = {"party": str(karim.id), "part": "agreed", "knowledge": ["professional"]}
        path = f"{plan}/goals/{goal['goal']}"
        self.told(
            "agreed",
            her,
            f"{path}/agreements",
            match=f'"{goal["version"]}"',
            contributors=[agreeing],
        )
        confirmed = karim.client.post(
            f"{plan}/entries/{self.entries['agreed']}/confirmations".format(her.id), json={}
        )
        assert confirmed.status_code == 201, confirmed.text
        step = self.told(
            "action", her, f"{path}/actions", words="Aller le voir.", responsible=str(karim.id)
        )
        self.told("done", karim, f"{plan}/actions/{step['action']}/completions")
        self.told("review", karim, f"{plan}/reviews", words="On continue ainsi.")
        self.told(
            "judged", her, f"{portrait}/changes", theme="travail", judgement="better", since=SINCE
        )

    def catalogue(self) -> str:
        found = self.person.client.get("/assessment/v1/catalogues").json()["catalogues"]
        return next(c["id"] for c in found if c["key"] == "default")

    def record(self, name: str) -> Any:
        """The record of one decision, as the person reads it."""
        path = f"/reporting/v1/persons/{self.person.id}/decisions/{self.entries[name]}"
        answer = self.person.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture(scope="module")
def lives(installation: Installation) -> Iterator[Mapping[str, Life]]:
    """The whole life under "", and for each link the life without it."""
    house = made_house(installation)
    people = {"": house.person}
    for cut in LINKS:
        people[cut] = house.add(f"without-{cut}", "person")
        house.care(people[cut], house.practitioner)
    installation.settled()
    house.administrator.client.post("/assessment/v1/catalogues/defaults", json={})
    installation.settled()
    found = {cut: Life(house, person, cut) for cut, person in people.items()}
    for life in found.values():
        life.live()
    installation.settled()
    yield found
    for someone in house.people.values():
        someone.leave()


def names_in(life: Life, steps: Any) -> dict[str, int]:
    name_of = {entry: name for name, entry in life.entries.items()}
    return {name_of[s["entry"]["entry"]]: s["steps"] for s in steps}


def assert_whole(life: Life, decision: str) -> None:
    """The record of the decision tells the chain, each entry so many links away from it."""
    record, here = life.record(decision), CHAIN.index(decision)
    before, after = reversed(CHAIN[:here]), CHAIN[here + 1 :]
    assert record["whole"]
    assert names_in(life, record["came_from"]) == {n: k for k, n in enumerate(before, 1)}
    assert names_in(life, record["led_to"]) == {n: k for k, n in enumerate(after, 1)}


@pytest.mark.parametrize("decision", ["star", "agreed", "review"])
def test_each_decision_tells_the_whole_chain_from_where_it_stands(
    lives: Mapping[str, Life], decision: str
) -> None:
    assert_whole(lives[""], decision)


def test_the_chain_goes_over_three_services_with_a_sentence_for_each_entry(
    lives: Mapping[str, Life],
) -> None:
    record = lives[""].record("agreed")
    steps = [*reversed(record["came_from"]), {"entry": record["decision"]}, *record["led_to"]]
    assert [s["entry"]["type"] for s in steps] == list(KINDS.values())
    services = [s["entry"]["proof"]["service"] for s in steps]
    assert services == ["directory", *["assessment"] * 2, *["plans"] * 5, "assessment"]
    said = [plain(s["entry"]["sentence"]) for s in steps]
    assert said[1] == "Pour « Mon travail ou mon occupation », vous avez mis 20 %."
    assert said[4].startswith(f"Vous avez dit oui à l’objectif « {WORK} »")
    assert said[8].startswith("À propos de « Mon travail ou mon occupation », depuis le ")
    for before, step in pairwise(steps):
        assert step["entry"]["because_of"] == [before["entry"]["entry"]]


def test_who_took_part_is_told_of_each_entry_of_the_chain(lives: Mapping[str, Life]) -> None:
    record = lives[""].record("agreed")
    parts = {
        s["entry"]["type"]: [
            (c["name"], c["part"], c["attestation"]) for c in s["entry"]["contributors"]
        ]
        for s in (*record["came_from"], {"entry": record["decision"]}, *record["led_to"])
    }
    assert sorted(parts["plans.goal_agreed"]) == [
        ("person", "wrote", "own"),
        ("practitioner", "agreed", "confirmed"),
    ]
    assert parts["plans.action_done"] == [("practitioner", "wrote", "own")]
    assert parts["assessment.change_judged"] == [("person", "wrote", "own")]


def test_every_entry_of_the_chain_stands_at_its_position_with_its_leaf(
    lives: Mapping[str, Life], installation: Installation
) -> None:
    record = lives[""].record("agreed")
    for step in (*record["came_from"], {"entry": record["decision"]}, *record["led_to"]):
        entry = step["entry"]
        with connect(installation.settings.conninfo(entry["proof"]["service"], "relay")) as relay:
            (leaf, id_) = relay.execute(
                "SELECT leaf, envelope->>'id' FROM published WHERE tenant_id = %s AND position = %s",
                (lives[""].house.tenant, entry["proof"]["position"]),
            ).fetchone()
        assert (leaf.hex(), id_) == (entry["proof"]["leaf"], entry["entry"])


@pytest.mark.parametrize("cut", LINKS)
def test_with_one_link_cut_the_chain_breaks_there_and_only_there(
    lives: Mapping[str, Life], cut: str
) -> None:
    with pytest.raises(AssertionError):
        assert_whole(lives[cut], "agreed")
    record = lives[cut].record("agreed")
    told = {*names_in(lives[cut], record["came_from"]), *names_in(lives[cut], record["led_to"])}
    here, broken = CHAIN.index("agreed"), CHAIN.index(cut)
    lost = CHAIN[:broken] if broken <= here else CHAIN[broken:]
    assert told == set(CHAIN) - {"agreed"} - set(lost)
