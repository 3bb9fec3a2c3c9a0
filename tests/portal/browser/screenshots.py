"""Every place of hers as it is seen, into build/screenshots: `make screenshots`, to be looked at.

Small and large, light and dark, in both languages. Four of them stand in docs/screenshots.
"""

import shutil
from itertools import product
from pathlib import Path

import pytest

from tests.portal.browser.places import PLACES
from tests.portal.browser.test_keyboard import PAGES

ROOT = Path(__file__).parents[3]
TAKEN, KEPT = ROOT / "build" / "screenshots", ROOT / "docs" / "screenshots"
WHO = ("luc", "noemie", "felix", "olivier", "yasmine")
LOOKS = ("light", "dark")
# in the README: whose tab, and how it is looked at
SHOWN = {
    "life": ("luc", "life", True, "light", "fr"),
    "network": ("luc", "network", False, "light", "fr"),
    "strengths": ("luc", "strengths", True, "dark", "fr"),
    "plan": ("noemie", "plan", False, "light", "fr"),
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize(
    ("phone", "look", "language"), list(product((True, False), LOOKS, ("fr", "en")))
)
def test_every_place_of_hers_is_taken(visitor, scene, who, phone, look, language):
    there = visitor(who, phone=phone, look=look, language=language, reduced_motion="reduce")
    for place in PAGES:
        page = there.go(f"/persons/{scene.id(who)}/{place}" if place else "/")
        size = "phone" if phone else "desk"
        page.screenshot(
            path=folder(place or "home") / f"{who}-{size}-{look}-{language}.png", full_page=True
        )


@pytest.mark.parametrize(
    ("phone", "look", "language"), [(True, "light", "fr"), (False, "dark", "en")]
)
def test_every_other_page_is_taken(visitor, scene, phone, look, language):
    size = "phone" if phone else "desk"
    for rule, visits in PLACES.items():
        for n, (who, where) in enumerate(visits):
            there = visitor(who or None, phone=phone, look=look, language=language)
            name = rule.strip("/").replace("/", "_").translate({ord(c): None for c in "<>:"})
            there.go(where(scene)).screenshot(
                path=folder("pages") / f"{name or 'home'}-{n}-{who or 'nobody'}-{size}.png",
                full_page=True,
            )
            there.context.close()


@pytest.mark.parametrize("name", SHOWN)
def test_the_readme_shows_it(visitor, scene, name):
    who, place, phone, look, language = SHOWN[name]
    there = visitor(who, phone=phone, look=look, language=language, reduced_motion="reduce")
    KEPT.mkdir(exist_ok=True)
    there.go(f"/persons/{scene.id(who)}/{place}").screenshot(path=KEPT / f"{name}.png")


@pytest.fixture(scope="session", autouse=True)
def afresh():
    shutil.rmtree(TAKEN, ignore_errors=True)


def folder(name: str) -> Path:
    made = TAKEN / name
    made.mkdir(parents=True, exist_ok=True)
    return made
