"""The list of what is disputed: for the privacy officer, and hers for herself."""

from dataclasses import dataclass

import pytest

from services.assessment.domain import events as a
from services.plans.domain import events as p
from tests.plans.api.hers import HerPlan, opened
from tests.reporting.api.scene import Scene
from tests.support.installation import House, Someone

REASON = "J’ai dit que j’y réfléchirais."
KEPT = "C’est ce que j’ai compris."


@dataclass
class Disputing:
    """Goals noted for her in her plan, each of them disputed."""

    house: House
    plan: HerPlan

    def goal(self, words: str) -> str:
        act = {"author": str(self.house.person.id)}
        told = self.plan.by(self.house.practitioner, "goals", words=words, act=act)
        return told["entries"][0]

    def say(self, who: Someone, entry: str, resource: str, **body: str) -> str:
        return self.plan.by(who, f"entries/{entry}/{resource}", **body)["entries"][0]

    def disputed(self, words: str) -> str:
        entry = self.goal(words)
        self.say(self.house.person, entry, "disputes", reason=REASON)
        return entry

    def ask(self, who: Someone, path: str = "/disputes", **query: object):
        self.house.installation.settled()
        return who.client.get(
            f"/reporting/v1{path}", params=query, headers={"Accept-Language": "fr-CA"}
        )

    def listed(self, who: Someone, path: str = "/disputes", **query: object) -> list[dict]:
        answer = self.ask(who, path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()["disputes"]

    @property
    def hers(self) -> str:
        return f"/persons/{self.house.person.id}/disputes"


@pytest.fixture
def disputing(house: House) -> Disputing:
    return Disputing(house, opened(house))


def test_the_oldest_comes_first_page_after_page(disputing: Disputing) -> None:
    entries = [disputing.disputed(f"Objectif {number}") for number in range(3)]
    officer = disputing.house.officer
    answer = disputing.ask(officer, limit=2)
    assert [d["entry"] for d in answer.json()["disputes"]] == entries[:2]
    following = officer.client.get(answer.url.join(answer.links["next"]["url"]))
    assert [d["entry"] for d in following.json()["disputes"]] == entries[2:]
    assert "next" not in following.links


def test_it_says_whose_what_since_when_and_where_to_settle_it(disputing: Disputing) -> None:
    house, entry = disputing.house, disputing.disputed("Tenir un cahier")
    (found,) = disputing.listed(house.officer)
    at = f"{disputing.plan.path}/entries/{entry}"
    assert (found["person"]["name"], found["service"], found["state"]) == (
        "person",
        "plans",
        "open",
    )
    assert (found["written_by"]["name"], found["noted_by"]["name"]) == ("person", "practitioner")
    assert (found["disputed_by"]["name"], found["reason"]) == ("person", REASON)
    assert (found["answer_at"], found["settle_at"]) == (
        f"{at}/dispute-answers",
        f"{at}/dispute-settlements",
    )
    answer = house.officer.client.post(
        found["settle_at"], json={"words": "Oui.", "outcome": "kept"}
    )
    assert answer.status_code == 201, answer.text
    assert disputing.listed(house.officer) == []


def test_the_entry_itself_stays_in_her_own_words(disputing: Disputing) -> None:
    disputing.disputed("Tenir un cahier de mes dépenses")
    assert "cahier" not in disputing.ask(disputing.house.officer).text
    assert "cahier" in disputing.ask(disputing.house.person, disputing.hers).text


def test_what_she_keeps_to_herself_is_listed_without_a_word(house: House) -> None:
    scene = Scene(house)
    sitting, theme = scene.house.person.id, "sommeil"
    scene.tell(
        a.AssessmentOpened, sitting, catalogue=sitting, kind="quality_of_life", themes=(theme,),
        lowest=0, highest=100,
    )  # fmt: skip
    noted = scene.tell(
        a.ThemeRated, sitting, theme=theme, value=20, comment="Mal.", noted_by=house.practitioner
    )
    scene.tell(a.ContributionDisputed, sitting, entry=noted.id, reason=REASON)
    (found,) = Disputing(house, HerPlan(house)).listed(house.officer)
    assert (found["words"], found["reason"]) == ("private", None)
    assert REASON not in str(found)
    (hers,) = Disputing(house, HerPlan(house)).listed(
        house.person, f"/persons/{house.person.id}/disputes"
    )
    assert hers["reason"] == REASON


def test_an_answer_taken_back_in_words_still_decides(disputing: Disputing) -> None:
    house, entry = disputing.house, disputing.disputed("Tenir un cahier")
    answer = disputing.say(
        house.practitioner, entry, "dispute-answers", words="Oui, trop vite.", outcome="accepted"
    )
    disputing.say(house.practitioner, answer, "withdrawals")
    assert disputing.listed(house.officer) == []
    (over,) = disputing.listed(house.officer, open="false")
    assert (over["state"], over["outcome"], over["settle_at"]) == ("agreed", "accepted", None)
    assert [s["words"] for s in over["said"]] == [REASON, None]


def test_an_entry_taken_back_by_its_writer_waits_for_nobody(house: House) -> None:
    scene, plan = Scene(house), house.person.id
    scene.tell(p.PlanOpened, plan, number=1)
    noted = scene.tell(p.GoalDiscussed, plan, goal=plan, words="Non.", by=house.practitioner)
    scene.tell(p.ContributionDisputed, plan, entry=noted.id, reason=REASON)
    disputing = Disputing(house, HerPlan(house))
    assert [d["state"] for d in disputing.listed(house.officer)] == ["open"]
    scene.tell(p.WordsWithdrawn, plan, entry=noted.id, by=house.practitioner)
    assert disputing.listed(house.officer) == []
    assert [d["state"] for d in disputing.listed(house.officer, open="false")] == ["taken_back"]


def test_she_finds_again_that_it_was_looked_at_and_not_that_she_looked(
    disputing: Disputing,
) -> None:
    house = disputing.house
    disputing.disputed("Tenir un cahier")
    disputing.listed(house.officer)
    disputing.listed(house.person, disputing.hers)
    house.installation.settled()
    looks = house.person.client.get(
        f"/reporting/v1/persons/{house.person.id}/looks", headers={"Accept-Language": "en"}
    ).json()["entries"]
    assert [look["author"]["name"] for look in looks] == ["officer"]
    assert "the disagreements" in looks[0]["sentence"]


def test_it_is_for_the_privacy_officer_and_hers_for_herself(
    disputing: Disputing, other_house: House
) -> None:
    house = disputing.house
    disputing.disputed("Tenir un cahier")
    for who in ("administrator", "manager", "auditor", "practitioner", "person"):
        assert disputing.ask(house.people[who]).status_code == 403
    assert disputing.ask(house.practitioner, disputing.hers).status_code == 403
    assert disputing.ask(house.colleague, disputing.hers).status_code == 404
    elsewhere = Disputing(other_house, HerPlan(other_house))
    assert elsewhere.listed(other_house.officer) == []
    assert elsewhere.ask(other_house.officer, disputing.hers).status_code == 404
