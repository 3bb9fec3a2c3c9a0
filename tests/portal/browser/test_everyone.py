"""Every page, for everybody: checked by axe-core, in both languages and three looks, small and large."""

import pytest

from cosigne.people import people
from tests.portal.browser.places import LEADING, PLACES
from tests.support.chromium import violations

LOOKS = ("light", "dark", "contrast")
LOOK = "(look) => { document.documentElement.dataset.look = look; }"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# what has too small a place to be touched (WCAG 2.5.8, 24 px), but for links within a sentence
SMALL = """[...document.querySelectorAll("a, button, input, select, summary")].filter(e => {
  const box = e.getBoundingClientRect(), style = getComputedStyle(e);
  const inside = e.tagName == "A" && style.display == "inline" && e.parentElement.innerText.trim().length > e.innerText.trim().length;
  const hidden = !box.width || e.closest(".skip, .sr") || style.visibility == "hidden" || e.type == "hidden";
  const within = e.closest("label")?.getBoundingClientRect().height >= 24;
  return !hidden && !inside && !within && (box.width < 24 || box.height < 24);
}).map(e => e.outerHTML.slice(0, 120))"""
VISITS = [
    pytest.param(who, where, id=f"{rule}-{who or 'nobody'}-{n}")
    for rule, visits in PLACES.items()
    for n, (who, where) in enumerate(visits)
]

NAMES = {name for who in people().values() for name in who.name.split()}


def spoken_otherwise(page, language):
    """The languages of what is not in the page's own."""
    said = page.eval_on_selector_all("body [lang]", "all => all.map(e => e.lang.slice(0, 2))")
    return set(said) - {language}


def rules(scene):
    """Every page there is, from the map of routes itself."""
    app = scene.installation.front.portal
    return {
        str(rule)
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods and not str(rule).startswith(("/static", "/v1/health"))
    }


def test_no_page_is_forgotten(scene):
    assert rules(scene) - LEADING == set(PLACES)


@pytest.mark.parametrize(("who", "where"), VISITS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_everyone_can_read_and_use_every_page(visitor, scene, who, where, language):
    there = visitor(who or None, language=language, phone=True, reduced_motion="reduce")
    page = there.go(where(scene))
    assert there.status == 200
    assert page.locator("h1").count() == 1
    for look in LOOKS:
        page.evaluate(LOOK, look)
        found = violations(page, None if look == "light" else ["color-contrast"])
        assert not found, (look, found)
    assert page.evaluate(TOO_WIDE) <= 0, "wider than a phone of 360 px"
    assert not page.evaluate(SMALL)
    assert page.locator("html").get_attribute("lang").startswith(language)
    assert spoken_otherwise(page, language) == {"en" if language == "fr" else "fr"}
    assert page.title()
    assert not [name for name in NAMES if name in page.title()], "a title names nobody"
    # twice the size, as for whoever enlarges the text: nothing is cut off
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(TOO_WIDE) <= 0, "wider than 320 px, which is 1280 px enlarged four times"
