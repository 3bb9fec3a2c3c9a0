"""Every page, for everybody: checked by axe-core, in both languages and three looks, small and large."""

from importlib.resources import files

import pytest

from tests.portal.browser.places import LEADING, PLACES

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = ("light", "dark", "contrast")
ASK = """async ([levels, rules]) => {
  const options = rules ? {runOnly: {type: "rule", values: rules}} : {runOnly: {type: "tag", values: levels}};
  const found = await axe.run(document, options);
  return found.violations.map(v => v.id + ": " + v.help + " — " + v.nodes.map(n => n.target + " " + n.html.slice(0, 160)).join(" | "));
}"""
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
    assert page.locator("h1").count() == 1
    page.evaluate(AXE)
    for look in LOOKS:
        page.evaluate(LOOK, look)
        found = page.evaluate(ASK, [LEVELS, None if look == "light" else ["color-contrast"]])
        assert not found, (look, found)
    assert page.evaluate(TOO_WIDE) <= 0, "wider than a phone of 360 px"
    assert not page.evaluate(SMALL)
    assert page.title()
    # twice the size, as for whoever enlarges the text: nothing is cut off
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(TOO_WIDE) <= 0, "wider than 320 px, which is 1280 px enlarged four times"
