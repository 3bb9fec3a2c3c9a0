"""Summaries over HTTP: hers to make and to show, on record when opened, gone when she says so."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from tests.assessment.api.portraits import begin, defaults


class Hers:
    """The person of a house with answers, a strength, a goal and a tie to choose from."""

    def __init__(self, house):
        self.house, self.person = house, house.person
        self.at = f"/reporting/v1/persons/{house.person.id}/summaries"
        defaults(house)
        self.sitting = begin(house, defaults(house)["default"]).id
        self.sleep = self.rated("sommeil", "Le médicament du soir m’assomme.")
        self.close = self.rated("intimite", "Rien à dire.")
        told = self.made(
            "assessment", "resources/strengths", kind="personal", words="Je sais rire."
        )
        self.strength = told["entries"][0]
        told = self.made("network", "network/ties", name="Simon")
        self.tie = told["entries"][0]
        house.installation.settled()

    def made(self, service, path, who=None, **body):
        client = (who or self.person).client
        answer = client.post(f"/{service}/v1/persons/{self.person.id}/{path}", json=body)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def rated(self, theme, comment):
        path = f"assessments/{self.sitting}/ratings"
        told = self.made("assessment", path, theme=theme, value=25, comment=comment)
        return told["entries"][0]

    def make(self, *parts, who=None, **more):
        parts = parts or ({"words": "Je parlerai en premier."}, {"entry": self.sleep})
        body = {"title": "Pour le rendez-vous", "parts": list(parts), **more}
        return (who or self.person).client.post(self.at, json=body)

    def summary(self, *parts, **more):
        answer = self.make(*parts, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()["summary"]

    def show(self, summary, **body):
        to = body or {"audience": str(self.house.practitioner.id), "means": "screen"}
        return self.person.client.post(f"{self.at}/{summary}/shares", json=to)

    def opened(self, summary, who):
        return who.client.post(f"{self.at}/{summary}/openings", json={})


@pytest.fixture
def hers(house):
    return Hers(house)


def code(answer):
    return answer.status_code, answer.json()["code"]


def words(answer):
    return [piece["words"] for piece in answer.json()["pieces"]]


def test_she_makes_one_and_reads_it_as_others_will(hers):
    told = hers.make({"words": "D’abord ceci."}, {"entry": hers.sleep}, called="Awa").json()
    (mine, answer) = told["parts"]
    assert mine["shown"]["words"] == "D’abord ceci."
    assert answer["shown"]["heading"] == "Mon sommeil"
    assert answer["shown"]["value_said"] == "25\u00a0%"
    read = hers.person.client.get(f"{hers.at}/{told['summary']}").json()
    assert read["parts"] == told["parts"]
    assert read["called"] == "Awa"


def test_shown_to_someone_it_is_opened_on_record(hers):
    one = hers.summary()
    assert code(hers.opened(one, hers.house.practitioner)) == (404, "stream.unknown")
    assert hers.show(one).status_code == 201
    answer = hers.opened(one, hers.house.practitioner)
    assert words(answer) == ["Je parlerai en premier.", "Le médicament du soir m’assomme."]
    hers.house.installation.settled()
    trail = hers.person.client.get(
        f"/reporting/v1/persons/{hers.person.id}/trail?type=reporting.summary_opened"
    ).json()["entries"]
    assert [e["author"]["party"] for e in trail] == [str(hers.house.practitioner.id)]


def test_whoever_cares_for_her_and_is_not_shown_it_does_not_learn_that_there_is_one(hers):
    house = hers.house
    house.care(house.person, house.colleague)
    one = hers.summary()
    hers.show(one)
    house.installation.settled()
    never = uuid4()
    for method, path in (("GET", ""), ("POST", "/openings"), ("POST", "/shares")):
        ask = house.colleague.client.request
        body = {} if path != "/shares" else {"means": "screen", "audience": str(house.colleague.id)}
        answers = [
            ask(method, f"{hers.at}/{which}{path}", json=body if method == "POST" else None)
            for which in (one, never)
        ]
        assert answers[0].status_code == answers[1].status_code >= 403
        assert answers[0].text == answers[1].text
    assert house.colleague.client.get(hers.at).json()["summaries"] == []
    assert house.practitioner.client.get(hers.at).json()["summaries"][0]["summary"] == one


def test_ended_it_opens_no_more_with_the_next_request(hers):
    one = hers.summary()
    share = hers.show(one).json()["share"]
    assert hers.opened(one, hers.house.practitioner).status_code == 201
    ended = hers.person.client.post(f"{hers.at}/{one}/shares/{share}/endings", json={})
    assert ended.status_code == 201
    assert ended.json()["shares"][0]["state"] == "ended"
    assert code(hers.opened(one, hers.house.practitioner)) == (404, "stream.unknown")
    assert code(hers.house.practitioner.client.get(f"{hers.at}/{one}")) == (404, "stream.unknown")


def test_opened_again_with_the_same_key_after_it_ended_it_tells_nothing(hers):
    one = hers.summary()
    share = hers.show(one).json()["share"]
    key = {"Idempotency-Key": "7"}
    ask = hers.house.practitioner.client.post
    assert "pieces" in ask(f"{hers.at}/{one}/openings", json={}, headers=key).json()
    hers.person.client.post(f"{hers.at}/{one}/shares/{share}/endings", json={})
    again = ask(f"{hers.at}/{one}/openings", json={}, headers=key)
    assert again.status_code == 201
    assert set(again.json()) == {"person", "summary", "entries"}


def test_it_is_over_after_its_last_day_where_she_lives(hers):
    one = hers.summary()
    hers.show(one, audience=str(hers.house.practitioner.id), means="screen", until="2026-12-08")
    clock = hers.house.installation.clock
    # 23 h 30 in Toronto, half past four of the next day in UTC
    clock.at = datetime(2026, 12, 9, 4, 30, tzinfo=UTC)
    assert hers.opened(one, hers.house.practitioner).status_code == 201
    clock.at += timedelta(hours=1)
    assert code(hers.opened(one, hers.house.practitioner)) == (404, "stream.unknown")


def test_words_taken_back_where_they_were_written_are_gone_from_it(hers):
    one = hers.summary()
    hers.show(one)
    hers.made("assessment", f"assessments/{hers.sitting}/entries/{hers.sleep}/withdrawals")
    hers.house.installation.settled()
    assert words(hers.opened(one, hers.house.practitioner)) == ["Je parlerai en premier."]


def test_an_answer_she_took_back_is_gone_from_it(hers):
    one = hers.summary()
    hers.show(one)
    path = f"assessments/{hers.sitting}/ratings/withdrawals"
    hers.made("assessment", path, theme="sommeil")
    hers.house.installation.settled()
    assert words(hers.opened(one, hers.house.practitioner)) == ["Je parlerai en premier."]
    mine = hers.person.client.get(f"{hers.at}/{one}").json()
    assert mine["parts"][1]["shown"] is None


@pytest.mark.parametrize(
    ("which", "refused"), [("close", "summary.sensitive"), ("tie", "summary.names_someone")]
)
def test_what_most_keep_close_goes_in_knowingly_only(hers, which, refused):
    entry = getattr(hers, which)
    assert code(hers.make({"entry": entry})) == (422, "summary." + refused.split(".")[1])
    assert hers.make({"entry": entry, "knowingly": True}).status_code == 201


def test_only_entries_of_hers_go_in(hers):
    strange = hers.make({"entry": str(uuid4())})
    assert code(strange) == (422, "summary.no_such_piece")
    client = hers.house.neighbour.client
    path = f"/assessment/v1/persons/{hers.house.neighbour.id}/resources/strengths"
    told = client.post(path, json={"kind": "personal", "words": "Je sais nager."}).json()
    hers.house.installation.settled()
    assert hers.make({"entry": told["entries"][0]}).text == strange.text


def test_a_practitioner_notes_one_for_her_from_what_he_sees_and_shows_it_to_nobody(hers):
    house = hers.house
    act = {"author": str(hers.person.id), "setting": "together"}
    unseen = hers.make({"entry": hers.sleep}, who=house.practitioner, act=act)
    assert code(unseen) == (422, "summary.no_such_piece")
    noted = hers.make({"words": "Ce qu’elle veut dire."}, who=house.practitioner, act=act)
    assert set(noted.json()) == {"person", "summary", "entries"}
    one = noted.json()["summary"]
    assert code(hers.show(one)) == (409, "summary.not_hers_yet")
    path = f"{hers.at}/{one}/entries/{noted.json()['entries'][0]}/confirmations"
    assert hers.person.client.post(path, json={}).status_code == 201
    assert hers.show(one).status_code == 201
    own = hers.make({"words": "Ce que je pense."}, who=house.practitioner)
    assert code(own) == (403, "summary.hers_to_make")


def test_put_together_anew_it_is_so_wherever_it_is_shown(hers):
    one = hers.summary()
    hers.show(one)
    version = hers.person.client.get(f"{hers.at}/{one}").headers["ETag"]
    body = {"title": "Autrement", "parts": [{"entry": hers.strength}]}
    path = f"{hers.at}/{one}/arrangements"
    assert hers.person.client.post(path, json=body).status_code == 428
    answer = hers.person.client.post(path, json=body, headers={"If-Match": version})
    assert answer.status_code == 201, answer.text
    assert words(hers.opened(one, hers.house.practitioner)) == ["Je sais rire."]


def test_nobody_but_a_party_of_the_house_is_shown_it_on_screen(hers, other_house):
    one = hers.summary()
    for whom in (uuid4(), other_house.practitioner.id):
        answer = hers.show(one, audience=str(whom), means="screen")
        assert code(answer) == (422, "party.unknown")


def test_eli_of_another_organisation_finds_nothing(hers, other_house):
    one = hers.summary()
    hers.show(one)
    eli = other_house.practitioner.client
    for path in ("", f"/{one}"):
        assert code(eli.get(f"{hers.at}{path}")) == (404, "person.unknown")
    assert code(eli.post(f"{hers.at}/{one}/openings", json={})) == (404, "person.unknown")


def test_whoever_opens_what_is_shown_is_found_in_who_looked_under_his_own_name(hers):
    house, summary = hers.house, hers.summary()
    hers.show(summary)
    path = f"{hers.at}/{summary}/openings"
    dressed = house.practitioner.client.post(path, json={"act": {"author": str(hers.person.id)}})
    assert code(dressed) == (403, "copy.own_sign_in")
    assert hers.opened(summary, house.practitioner).status_code == 201
    house.installation.settled()
    looks = hers.person.client.get(f"/reporting/v1/persons/{hers.person.id}/looks")
    opened = [e for e in looks.json()["entries"] if e["type"] == "reporting.summary_opened"]
    assert [e["author"]["party"] for e in opened] == [str(house.practitioner.id)]
