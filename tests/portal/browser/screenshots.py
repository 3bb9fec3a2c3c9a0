"""Every place of hers as it is seen, into build/screenshots: `make screenshots`, to be looked at.

Small and large, light and dark, in both languages. Four of them stand in docs/screenshots.
"""

import shutil
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest

from cosigne.people import people
from tests.portal.browser.places import PLACES
from tests.portal.browser.places.finding import plain
from tests.portal.browser.places.offices import OFFICES
from tests.portal.browser.test_keyboard import PAGES

ROOT = Path(__file__).parents[3]
TAKEN, KEPT = ROOT / "build" / "screenshots", ROOT / "docs" / "screenshots"
# those whose tabs hold the most are taken in every way; of the others, the two that differ most
FULLEST, OTHERS = ("luc", "noemie"), ("felix", "olivier", "yasmine")
EVERY_WAY = list(product((True, False), ("light", "dark"), ("fr", "en")))
TWO_WAYS = [(True, "light", "fr"), (False, "dark", "en")]
HERS = [
    *((who, *way) for who in FULLEST for way in EVERY_WAY),
    *((who, *way) for who in OTHERS for way in TWO_WAYS),
    ("luc", True, "contrast", "fr"),
    ("noemie", False, "contrast", "en"),
]
# nobody of the cast has many on the map: she places these, as one who uses it would
PLACED = (
    ("Ma sœur", "person", 1, "strong", ("emotional",), ("companionship",)),
    ("Minou", "animal", 1, "strong", ("companionship",), ("practical",)),
    ("La voisine du 3", "person", 1, "thin", ("practical",), ()),
    ("La prof de chimie", "person", 2, "thin", ("informational",), ()),
    ("Mon parrain", "person", 2, "tense", (), ("emotional",)),
    ("Le groupe du jeudi", "group", 2, "strong", ("emotional",), ("emotional",)),
    ("Une amie du secondaire", "person", 2, None, (), ()),
    ("Le CLSC", "service", 3, "thin", ("informational",), ()),
    ("La friperie", "service", 3, None, ("practical",), ()),
    ("Mon ancien patron", "person", 3, "tense", (), ()),
)
KNOWN = ((0, 1), (0, 2), (3, 5), (5, 6))
# in the README: whose tab, how large, in which look, and what of it
SHOWN = {
    "life": ("olivier", "life", True, "light", "h2:has(+ figure)"),
    "network": ("noemie", "network", True, "light", "h1"),
    "strengths": ("luc", "strengths", True, "dark", "h1"),
    "plan": ("noemie", "plan", True, "light", "h1"),
}
PAPER = {"width": 720, "height": 1020}  # of a letter, within its margins
# below a title of the page stand the buttons that are on every page; below another, nothing
BEGINS = "e => scrollTo(0, e.getBoundingClientRect().top + scrollY - (e.matches('h1') ? 84 : 16))"
WHOLE = "document.documentElement.scrollHeight"


@pytest.mark.parametrize(("who", "phone", "look", "language"), HERS)
def test_every_place_of_hers_is_taken(visitor, scene, who, phone, look, language):
    there = visitor(who, phone=phone, look=look, language=language, reduced_motion="reduce")
    for place in PAGES:
        page = there.go(f"/persons/{scene.id(who)}/{place}" if place else "/")
        size = "phone" if phone else "desk"
        take(page, folder(place or "home") / f"{who}-{size}-{look}-{language}.png")


@pytest.mark.parametrize(("phone", "look", "language"), TWO_WAYS)
def test_every_other_page_is_taken(visitor, scene, phone, look, language):
    size = "phone" if phone else "desk"
    for rule, visits in PLACES.items():
        for n, (who, where) in enumerate(visits):
            there = visitor(who or None, phone=phone, look=look, language=language)
            name = f"{named(rule)}-{n}-{who or 'nobody'}"
            take(there.go(where(scene)), folder("pages") / f"{name}-{size}.png")
            there.context.close()


@pytest.mark.parametrize("size", ["phone", "desk"])
def test_what_those_with_an_office_see_is_taken_in_strong_contrast(visitor, scene, size):
    for rule, visits in {**OFFICES, "/": [("karim", plain("/")), ("etienne", plain("/"))]}.items():
        for n, (who, where) in enumerate(visits):
            there = visitor(who, phone=size == "phone", look="contrast", language="en")
            name = f"{named(rule)}-{n}-{who}"
            take(there.go(where(scene)), folder("offices") / f"{name}-{size}.png")
            there.context.close()


def test_every_page_is_taken_as_it_is_printed(visitor, scene):
    for rule, visits in PLACES.items():
        who, where = visits[0]
        there = visitor(who or None)
        page = there.go(where(scene))
        page.emulate_media(media="print")
        page.set_viewport_size(PAPER)
        page.screenshot(path=folder("print") / f"{named(rule)}.png", full_page=True)
        there.context.close()


def test_every_tab_is_taken_as_it_is_without_scripts(visitor, scene):
    there = visitor("luc", phone=True, scripts=False)
    for place in PAGES:
        page = there.go(f"/persons/{scene.id('luc')}/{place}" if place else "/")
        take(page, folder("without-scripts") / f"{place or 'home'}.png")


@pytest.mark.parametrize("name", SHOWN)
def test_the_readme_shows_it(visitor, scene, name):
    who, place, phone, look, what = SHOWN[name]
    there = visitor(who, phone=phone, look=look, reduced_motion="reduce")
    KEPT.mkdir(exist_ok=True)
    page = there.go(f"/persons/{scene.id(who)}/{place}")
    page.locator(f"main {what}").first.evaluate(BEGINS)
    page.screenshot(path=KEPT / f"{name}.png")


def take(page, to: Path) -> None:
    """All of it at once: on a screen as high as the page, where what is fixed covers nothing."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": max(size["height"], page.evaluate(WHOLE))})
    page.screenshot(path=to)
    page.set_viewport_size(size)


@pytest.fixture(scope="session", autouse=True)
def afresh():
    shutil.rmtree(TAKEN, ignore_errors=True)


@pytest.fixture(scope="session", autouse=True)
def placed(scene):
    """A map with people on it."""
    who, home = people()["noemie"], f"/network/v1/persons/{scene.id('noemie')}/network"
    ids = [str(uuid4()) for _ in PLACED]
    for id_, (name, kind, circle, line, received, given) in zip(ids, PLACED, strict=True):
        tie = {"tie": id_, "name": name, "kind": kind, "circle": circle}
        scene.door.post(who, f"{home}/ties", tie)
        if line:
            scene.door.post(who, f"{home}/ties/{id_}/ratings", {"line": line})
        if received or given:
            support = {"received": received, "given": given}
            scene.door.post(who, f"{home}/ties/{id_}/support", support)
    for one, other in KNOWN:
        scene.door.post(who, f"{home}/lines", {"one": ids[one], "other": ids[other]})
    scene.installation.settled()


def named(rule: str) -> str:
    """A route as the name of a file."""
    plain_rule = "".join(c for c in rule.strip("/").replace("/", "_") if c not in "<>:,'() ")
    return plain_rule[:90] or "home"


def folder(name: str) -> Path:
    made = TAKEN / name
    made.mkdir(parents=True, exist_ok=True)
    return made
