"""What an address says: it stays in a browser's history, on a lent phone, and in the log of a server."""

import re

import pytest

from services.portal.veil import EVEN, Veil
from shared.kernel import NotFound
from tests.assessment.api.portraits import begin, defaults
from tests.support.addresses import Life

ADDRESS = re.compile(r'(?:href|action|src)="([^"]+)"')
PARTS = re.compile(r"[/?&=#:,]")
NAMES = ("sommeil", "valeurs-croyances", "un-nom-" + "très-" * 12 + "long")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_stands_under_the_same_token_each_time_and_is_read_back(name):
    veil = Veil("ours")
    token = veil.over("one", name)
    assert token == veil.over("one", name)
    assert veil.lifted("one", token) == name
    assert re.fullmatch(r"[\w-]+", token, re.ASCII)


def test_a_token_says_neither_the_name_nor_that_it_is_the_one_of_another_portrait():
    veil = Veil("ours")
    assert veil.over("one", "sommeil") != veil.over("another", "sommeil")
    assert veil.over("one", "sommeil") != Veil("theirs").over("one", "sommeil")
    assert len({len(veil.over("one", "a" * n)) for n in range(1, EVEN + 1)}) == 1


@pytest.mark.parametrize("token", ["sommeil", "", "é", "A" * 64, "=", "A"])
def test_what_is_no_token_of_ours_leads_nowhere(token):
    with pytest.raises(NotFound):
        Veil("ours").lifted("one", token)


def test_a_token_of_another_portrait_leads_nowhere():
    veil = Veil("ours")
    with pytest.raises(NotFound):
        veil.lifted("another", veil.over("one", "sommeil"))


def test_no_page_leads_to_an_address_that_names_a_theme(open_house, visiting):
    catalogue = defaults(open_house)["default"]
    made = begin(open_house, catalogue)
    made.by(open_house.person, "ratings", theme="intimite", value=20)
    made.by(open_house.person, "stars", theme="intimite")
    made.share(open_house.practitioner)
    asked = open_house.person.client.get(f"/assessment/v1/catalogues/{catalogue}").json()
    names = {t["theme"] for t in asked["themes"]} | {s["sphere"] for s in asked["spheres"]}
    here = Life.of(open_house.installation.settings, open_house.person.id, made.id)
    meeting = f"/persons/{open_house.person.id}/together/meeting/{made.id}"
    sphere = next(t["sphere"] for t in asked["themes"] if t["theme"] == "intimite")
    pages = (here, here.sphere(sphere), here.theme("intimite"), meeting)
    for who in (open_house.person, open_house.practitioner):
        visit = visiting(who)
        for page in (*pages, here.theme("intimite", "/over-time")):
            answer = visit.get(page)
            assert answer.status_code == 200, page
            found = ADDRESS.findall(answer.text)
            assert found
            assert not {part for to in found for part in PARTS.split(to)} & names, page
