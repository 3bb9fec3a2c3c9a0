"""The page behind a link: a code told by voice, few tries, everything on record, and nothing else."""

import logging
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx
import pytest

from services.directory.domain import events as directory
from services.directory.domain.events import HelpLine
from services.reporting.api.link_secrets import Link, link_in
from services.reporting.domain.shares import TRIES
from shared.http.app import description_of
from tests.reporting.api.test_summaries import Hers
from tests.support.installation import eventually, relations

FRENCH, ENGLISH = {"Accept-Language": "fr-CA"}, {"Accept-Language": "en"}


class Linked(Hers):
    def __init__(self, house):
        super().__init__(house)
        self.summary_id = self.summary({"words": "D’abord <b>ceci</b>."}, {"entry": self.sleep})
        self.link, self.code = self.new_link()
        self.anyone = httpx.Client(timeout=30, trust_env=False)

    def new_link(self, **more):
        answer = self.show(self.summary_id, means="link", for_whom="Dre Leduc", **more)
        assert answer.status_code == 201, answer.text
        self.share = answer.json()["share"]
        return answer.json()["link"], answer.json()["code"]

    def try_code(self, code, headers=FRENCH):
        return self.anyone.post(self.link, data={"code": code}, headers=headers)

    def wrong(self):
        return f"{(int(self.code.replace(' ', '')) + 1) % 1_000_000:06}"

    def trail(self, **query):
        self.house.installation.settled()
        path = f"/reporting/v1/persons/{self.person.id}/trail"
        return self.person.client.get(path, params={"limit": 200, **query}).json()["entries"]


@pytest.fixture
def hers(house):
    lines = (HelpLine(fr="811, jour et nuit", en="811, day and night"),)
    house.tell(directory.HelpLinesSet, house.tenant, house.tenant, lines=lines)
    made = Linked(house)
    yield made
    made.anyone.close()


def test_the_page_asks_for_the_code_and_tells_nothing_before(hers):
    answer = hers.anyone.get(hers.link, headers=FRENCH)
    assert answer.status_code == 200
    assert '<html lang="fr' in answer.text
    assert "code de six chiffres" in answer.text
    assert "811, jour et nuit" in answer.text
    for told in ("ceci", "sommeil", "Pour le rendez-vous", "Dre Leduc"):
        assert told not in answer.text
    assert "A summary to read" in hers.anyone.get(hers.link, headers=ENGLISH).text


def test_no_script_no_cache_no_index_no_referrer(hers):
    for answer in (hers.anyone.get(hers.link), hers.try_code(hers.code), hers.try_code("000")):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        assert "<script" not in answer.text
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("written", ["{}", " {} ", "{}\u00a0"])
def test_with_the_code_as_it_was_heard_it_shows_what_she_chose(hers, written):
    answer = hers.try_code(written.format(hers.code))
    assert answer.status_code == 200
    assert "Le médicament du soir m’assomme." in answer.text
    assert "D’abord &lt;b&gt;ceci&lt;/b&gt;." in answer.text
    assert "Mon sommeil" in answer.text
    assert "Rien à dire" not in answer.text
    english = hers.try_code(hers.code.replace(" ", ""), ENGLISH)
    assert "My sleep" in english.text
    assert "25%" in english.text


def test_that_it_was_opened_is_on_record_in_words(hers):
    hers.try_code(hers.code)
    (opened,) = hers.trail(type="reporting.summary_opened")
    told = opened["sentence"].replace("\u00a0", " ")
    assert re.fullmatch(r"« Dre Leduc » a ouvert le résumé le .*, par le lien et le code\.", told)


def test_an_opening_that_cannot_be_recorded_is_not_answered(hers, monkeypatch):
    ledger = hers.house.installation.front.services["reporting"].ledger

    def away(_facts):
        raise ConnectionError

    monkeypatch.setattr(ledger, "record", away)
    answer = hers.try_code(hers.code)
    assert answer.status_code == 500
    assert "médicament" not in answer.text
    # whoever has a link has a browser
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Cette page n’a pas pu s’ouvrir." in answer.text
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    assert "could not be opened" in hers.try_code(hers.code, ENGLISH).text


def test_a_body_that_is_no_code_is_answered_with_a_page(hers):
    for body in (b"x" * 2_000_000, b"\xff\xfe", b'{"code": "1"}'):
        answer = hers.anyone.post(hers.link, content=body, headers=FRENCH)
        assert answer.headers["Content-Type"].startswith("text/html"), answer.text
        assert answer.status_code in (403, 413)


def test_she_finds_an_opening_by_a_link_where_she_reads_who_looked(hers):
    hers.try_code(hers.code)
    hers.house.installation.settled()
    looks = hers.person.client.get(f"/reporting/v1/persons/{hers.person.id}/looks")
    (opened,) = looks.json()["entries"]
    assert "par le lien et le code" in opened["sentence"]
    path = f"/reporting/v1/persons/{hers.person.id}/looks/days"
    (day,) = hers.person.client.get(path, headers=FRENCH).json()["looks"]
    assert (day["standing"], day["what"]) == ("link", ["summary"])
    assert "Par un lien que la personne avait donné" in day["sentence"]


def test_while_all_of_hers_waits_to_be_erased_a_link_opens_nothing(hers):
    house, relations_ = hers.house, relations(hers.person.id)
    after = datetime.now(UTC) + timedelta(days=7)
    asked = house.tell(
        directory.ErasureScheduled, relations_, hers.person.id, request=uuid4(), after=after
    )
    house.installation.settled()
    pages = [hers.anyone.get(hers.link, headers=FRENCH), hers.try_code(hers.code)]
    assert [p.status_code for p in pages] == [404, 404]
    assert hers.trail(type="reporting.summary_opened") == []
    house.tell(directory.ErasureCalledOff, relations_, hers.person.id, erasure=asked.id)
    house.installation.settled()
    assert hers.try_code(hers.code).status_code == 200


def test_an_end_that_she_takes_back_does_not_show_again(hers):
    at = f"{hers.at}/{hers.summary_id}"
    ended = hers.person.client.post(f"{at}/shares/{hers.share}/endings", json={})
    (entry,) = ended.json()["entries"]
    for resource in ("withdrawals", "misfilings"):
        answer = hers.person.client.post(f"{at}/entries/{entry}/{resource}", json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "entry.has_no_words")
    assert hers.try_code(hers.code).status_code == 404


def test_a_wrong_code_is_told_on_record_and_the_fifth_closes_the_link(hers):
    for left in range(TRIES - 1, 0, -1):
        answer = hers.try_code(hers.wrong())
        assert answer.status_code == 403
        assert f"Essais qui restent\u00a0: {left}." in answer.text
        assert 'role="alert"' in answer.text
    assert "n’ouvre plus rien" in hers.try_code(hers.wrong()).text
    closed = hers.try_code(hers.code)
    assert closed.status_code == 404
    assert "médicament" not in closed.text
    missed = hers.trail(type="reporting.summary_code_missed")
    assert len(missed) == TRIES
    assert "ce lien n’ouvre plus rien" in missed[-1]["sentence"]
    state = hers.person.client.get(f"{hers.at}/{hers.summary_id}").json()["shares"][0]["state"]
    assert state == "locked"
    hers.link, hers.code = hers.new_link()
    assert hers.try_code(hers.code).status_code == 200


def test_many_who_guess_at_once_have_no_more_tries_than_one(hers):
    guesses = [f"{n:06}" for n in range(60) if f"{n:06}" != hers.code.replace(" ", "")]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(hers.try_code, guesses))
    assert {a.status_code for a in answers} <= {403, 404, 429}
    assert hers.try_code(hers.code).status_code == 404
    assert len(hers.trail(type="reporting.summary_code_missed")) == TRIES


def test_every_link_that_opens_nothing_is_the_same_page(hers, other_house):
    link = link_in(hers.link.rpartition("/")[2])
    base = hers.link.rpartition("/")[0]
    other = Link(other_house.tenant, link.summary, link.secret)
    others = [
        Link(link.tenant, link.summary, bytes(24)).token,
        Link(link.tenant, uuid4(), link.secret).token,
        Link(uuid4(), link.summary, link.secret).token,
        other.token,
        "x",
        "A" * 64,
        "A" * 900,
        hers.link.rpartition("/")[2][:-1],
    ]
    ended = hers.person.client.post(
        f"{hers.at}/{hers.summary_id}/shares/{hers.share}/endings", json={}
    )
    assert ended.status_code == 201
    pages = [hers.anyone.get(f"{base}/{token}", headers=FRENCH) for token in others]
    typed = {"data": {"code": hers.code}, "headers": FRENCH}
    pages += [hers.anyone.post(f"{base}/{token}", **typed) for token in others]
    pages += [hers.anyone.get(hers.link, headers=FRENCH), hers.try_code(hers.code)]
    assert {(p.status_code, p.text) for p in pages} == {(404, pages[0].text)}
    assert "n’ouvre rien, ou n’ouvre plus rien" in pages[0].text


def test_ended_by_her_it_opens_no_more_with_the_next_request(hers):
    assert hers.try_code(hers.code).status_code == 200
    path = f"{hers.at}/{hers.summary_id}/shares/{hers.share}/endings"
    hers.person.client.post(path, json={})
    assert hers.try_code(hers.code).status_code == 404


def test_after_its_last_day_it_opens_nothing(hers):
    clock = hers.house.installation.clock
    clock.at = clock() + timedelta(days=16)
    assert hers.anyone.get(hers.link).status_code == 404
    assert hers.try_code(hers.code).status_code == 404


def test_neither_link_nor_code_is_kept_or_logged_and_the_link_is_told_once(hers, caplog):
    for logger in ("", "shared.http"):
        caplog.set_level(logging.DEBUG, logger)
    hers.try_code(hers.wrong())
    hers.try_code(hers.code)
    secret = hers.link.rpartition("/")[2]
    ledger = hers.house.installation.front.services["reporting"].ledger
    ledger.record, kept = (lambda _facts: 1 / 0), ledger.record
    try:
        assert hers.try_code(hers.code).status_code == 500
    finally:
        ledger.record = kept
    ours = [r for r in caplog.records if not r.name.startswith(("httpx", "httpcore"))]
    assert any("ZeroDivisionError" in (r.exc_text or "") or r.exc_info for r in ours)
    logged = "".join(caplog.handler.format(r) for r in ours)
    assert secret not in logged
    assert secret[-32:] not in logged
    read = hers.person.client.get(f"{hers.at}/{hers.summary_id}").text
    assert secret not in read
    assert hers.code not in read
    assert secret not in str(hers.trail())


def test_sent_again_with_the_same_key_it_is_the_same_link(hers):
    body = {"means": "link", "for_whom": "Ma sœur"}
    told = [
        hers.person.client.post(
            f"{hers.at}/{hers.summary_id}/shares", json=body, headers={"Idempotency-Key": "9"}
        ).json()
        for _ in range(2)
    ]
    assert told[0]["link"] == told[1]["link"] != hers.link
    assert told[0]["code"] == told[1]["code"]
    hers.link, hers.code = told[0]["link"], told[0]["code"]
    assert hers.try_code(hers.code).status_code == 200


def test_words_withdrawn_are_gone_from_the_page(hers):
    hers.made("assessment", f"assessments/{hers.sitting}/entries/{hers.sleep}/withdrawals")
    hers.house.installation.settled()
    assert "médicament" not in hers.try_code(hers.code).text
    assert eventually(lambda: "ceci" in hers.try_code(hers.code).text)


OPEN = {"/v1/openapi.json", "/v1/health/live", "/v1/health/ready", "/v1/explorer"}


def test_without_a_sign_in_there_is_this_page_and_what_describes_the_services(installation):
    for name, service in installation.front.services.items():
        described = {path.replace("{", "<").replace("}", ">") for path in paths_of(service.app)}
        rules = {re.sub(r"<\w+:", "<", rule.rule) for rule in service.app.url_map.iter_rules()}
        rules = {rule for rule in rules - described if not rule.startswith("/v1/explorer/")}
        assert rules == OPEN | ({"/v1/links/<token>"} if name == "reporting" else set()), name


def paths_of(app):
    return description_of(app)["paths"]
