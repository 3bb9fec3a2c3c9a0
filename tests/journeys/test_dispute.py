"""From a yes that was noted too fast to its settlement by someone who did not write it."""

import pytest

from tests.plans.api.hers import opened
from tests.support.installation import House, Someone

WORDS = "Tenir un cahier de mes dépenses"
THINKING = "J’ai dit que j’y réfléchirais."
UNDERSTOOD = "C’est ce que j’ai compris ce jour-là."
STILL = "Je n’ai jamais dit oui."
DECIDED = "Nous en avons parlé à trois. La note est retirée."


class Journey:
    """Everything over HTTP, each with a sign-in of their own."""

    def __init__(self, house: House) -> None:
        self.house, self.plan = house, opened(house)
        goal = self.plan.goal(WORDS, by=house.practitioner)
        yes = {"author": str(house.person.id), "setting": "meeting"}
        agreed = self.plan.by(house.practitioner, f"goals/{goal}/agreements", act=yes)
        self.goal, self.entry = goal, agreed["entries"][0]

    def say(self, who: Someone, resource: str, **body: str):
        answer = self.plan.ask(who, f"entries/{self.entry}/{resource}", **body)
        self.house.installation.settled()
        return answer

    def list(self, who: str, path: str = "/disputes", language: str = "fr-CA", **query: str):
        answer = self.house.people[who].client.get(
            f"/reporting/v1{path}", params=query, headers={"Accept-Language": language}
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["disputes"]

    def trail(self, who: str, language: str):
        answer = self.house.people[who].client.get(
            f"/reporting/v1/persons/{self.house.person.id}/trail",
            params={"stream": self.plan.id},
            headers={"Accept-Language": language},
        )
        assert answer.status_code == 200, answer.text
        return answer.json()["entries"]

    def sentences(self, who: str, language: str, of: str):
        told = self.trail(who, language)
        return [e["sentence"].replace("\u00a0", " ") for e in told if e["type"] == f"plans.{of}"]


@pytest.fixture
def journey(house: House) -> Journey:
    return Journey(house)


def test_a_dispute_goes_to_settlement_by_someone_who_did_not_write_the_entry(
    journey: Journey,
) -> None:
    house, hers = journey.house, f"/persons/{journey.house.person.id}/disputes"
    herself, writer, officer = house.person, house.practitioner, house.officer

    # she disputes it, and the goal is not in force any more
    assert journey.say(herself, "disputes", reason=THINKING).status_code == 201
    assert journey.plan.status(journey.goal) == "disagreed"
    assert [d["state"] for d in journey.list("officer")] == ["open"]

    # whoever noted it keeps it; she does not agree
    kept = {"words": UNDERSTOOD, "outcome": "kept"}
    assert journey.say(writer, "dispute-answers", **kept).status_code == 201
    assert [d["state"] for d in journey.list("person", hers)] == ["answered"]
    assert journey.say(herself, "disputes", reason=STILL).status_code == 201
    (waiting,) = journey.list("officer")
    assert (waiting["state"], waiting["reason"]) == ("not_agreed", THINKING)
    assert [said["words"] for said in waiting["said"]] == [THINKING, UNDERSTOOD, STILL]
    assert (waiting["written_by"]["name"], waiting["noted_by"]["name"]) == (
        "person",
        "practitioner",
    )

    # neither of the two settles it
    decision = {"words": DECIDED, "outcome": "accepted"}
    for who, language, sentence in (
        (writer, "fr", "Quelqu’un qui n’a ni écrit ni contesté cette entrée doit en décider."),
        (herself, "en", "Someone who neither wrote nor disputed this entry must decide."),
    ):
        who.client.headers["Accept-Language"] = language
        refused = journey.say(who, "dispute-settlements", **decision)
        assert refused.status_code == 403
        assert refused.headers["Content-Type"].startswith("application/problem+json")
        problem = refused.json()
        assert (problem["code"], problem["detail"]) == ("dispute.settled_by_another", sentence)
    assert [d["state"] for d in journey.list("officer")] == ["not_agreed"]

    # someone else does, at the address that the list gives
    settled = officer.client.post(waiting["settle_at"], json=decision)
    assert settled.status_code == 201, settled.text
    house.installation.settled()
    assert journey.list("officer") == journey.list("person", hers) == []
    (over,) = journey.list("person", hers, open="false")
    assert (over["state"], over["outcome"]) == ("settled", "accepted")

    # every text stands, and whose it was
    assert [(said["author"]["name"], said["words"]) for said in over["said"]] == [
        ("person", THINKING),
        ("practitioner", UNDERSTOOD),
        ("person", STILL),
        ("officer", DECIDED),
    ]
    (entry,) = [e for e in journey.trail("person", "fr-CA") if e["entry"] == journey.entry]
    assert [a["words"] for a in entry["answers"]] == [THINKING, UNDERSTOOD, STILL, DECIDED]
    for language in ("fr-CA", "fr-FR", "en"):
        (settling,) = journey.sentences("person", language, "dispute_settled")
        assert DECIDED in settling
        (answering,) = journey.sentences("person", language, "dispute_answered")
        assert UNDERSTOOD in answering
        first, second = journey.sentences("person", language, "contribution_disputed")
        assert THINKING in first
        assert STILL in second
    assert (
        "officer a réglé ce désaccord" in journey.sentences("person", "fr-CA", "dispute_settled")[0]
    )
    assert "officer settled" in journey.sentences("person", "en", "dispute_settled")[0]
