"""Whom to call, by an organisation's poster: before signing in, and what it leaves on a device."""

import re

import httpx
import pytest

from tests.portal.conftest import Reading

NAME = "Maison des essais"
OURS, USUAL = "Danger immédiat : 9-1-1", "9-1-1 au Canada, 112 en France"
THEIRS = {"fr": "Ligne d’écoute : 514 555-0100", "en": "Listening line: 514 555-0100"}


@pytest.fixture
def stranger(installation):
    with httpx.Client(
        base_url=installation.url,
        headers={"Accept-Language": "fr"},
        follow_redirects=True,
        trust_env=False,
        timeout=30,
    ) as client:
        yield client


@pytest.fixture
def address(open_house, visiting):
    """As the office prints it."""
    return printed(visiting(open_house.administrator))


def printed(office) -> str:
    page = Reading(office.get("/office/help-lines/poster").text).text
    found = re.search(r"https?://\S+(/help-now\?place=\S+)", page)
    assert found, page
    return found[1]


def text(answer) -> str:
    assert answer.status_code == 200
    return Reading(answer.text).text


def test_a_poster_says_whom_to_call_and_on_which_address(open_house, visiting):
    office = visiting(open_house.administrator)
    assert "/office/help-lines/poster" in office.get("/office/help-lines").text
    page = office.get("/office/help-lines/poster").text
    assert OURS in Reading(page).text
    assert "square-code" in page


def test_by_a_poster_one_reads_whom_that_organisation_says_to_call(stranger, address):
    page = text(stranger.get(address))
    assert NAME in page
    assert OURS in page
    assert USUAL not in page


def test_in_english_its_lines_are_in_english(stranger, address):
    page = text(stranger.get(address, headers={"Accept-Language": "en"}))
    assert "Immediate danger: 9-1-1" in page


def test_pages_before_sign_in_then_say_these_lines_and_not_whose_they_are(stranger, address):
    assert USUAL in text(stranger.get("/welcome"))
    stranger.get(address)
    for path in ("/welcome", "/help-now", "/help", "/about-this-site"):
        page = stranger.get(path)
        assert OURS in text(page), path
        assert NAME not in page.text, path


def test_the_title_and_the_head_of_that_page_name_nobody(stranger, address):
    page = stranger.get(address).text
    assert NAME not in page.partition("<main")[0]
    assert NAME not in page.partition("<footer")[2]


@pytest.mark.parametrize("way", ["/sign-out", "/away"])
def test_leaving_leaves_nothing_of_it(stranger, address, way):
    stranger.get(address)
    assert any("poster" in name for name in stranger.cookies)
    stranger.post(way, headers={"Sec-Fetch-Site": "same-origin"}, follow_redirects=False)
    assert not any("poster" in name for name in stranger.cookies)
    assert USUAL in text(stranger.get("/welcome"))


def test_what_the_browser_keeps_of_it_is_sealed_and_goes_with_the_browser(stranger, address):
    kept = [c for c in stranger.get(address).headers.get_list("Set-Cookie") if "poster.0" in c]
    place = address.partition("place=")[2]
    assert [place in c or "Expires" in c or "Max-Age" in c for c in kept] == [False]
    assert "HttpOnly" in kept[0]


def test_an_address_that_leads_nowhere_says_what_anyone_may_call(stranger):
    for place in ("x", "A" * 32, "../me", "%00", "0" * 400):
        page = stranger.get(f"/help-now?place={place}")
        assert USUAL in text(page), place
        assert "poster" not in str(page.headers.get_list("Set-Cookie"))


def test_whoever_is_signed_in_keeps_the_lines_of_their_own_organisation(
    open_house, other_house, visiting
):
    """Theirs stand on the page of the poster only, and are not kept."""
    sent = other_house.administrator.client.put(
        "/directory/v1/help-lines", json={"lines": [THEIRS]}
    )
    assert sent.status_code == 200
    theirs = printed(visiting(other_house.administrator))
    visit = visiting(open_house.person)
    page = visit.get(theirs).text
    assert THEIRS["fr"] in Reading(page).text
    assert OURS in Reading(page.partition("<footer")[2]).text
    assert not any("poster" in name for name in visit.client.cookies)
    assert THEIRS["fr"] not in visit.read("/")
