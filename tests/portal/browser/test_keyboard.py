"""By keyboard alone: where one is, in which order, what is seen of it, and the quick ways."""

from itertools import pairwise

import pytest
from playwright.sync_api import expect

from services.portal.navigation import ABOUT, TABS
from tests.portal.browser.places import PLACES
from tests.portal.browser.places.finding import at, plain
from tests.portal.browser.places.offices import OFFICES

# where she begins, and every place of hers
PAGES = ("", *(p for p in (*TABS, *ABOUT) if f"/persons/<uuid:person>/{p}" in PLACES))
HERS = "/persons/<uuid:person>"
# what is longer than a place, or others': the meeting, the summary, a line of history, the offices
BEYOND = (
    f"{HERS}/together/meeting/<uuid:assessment>",
    f"{HERS}/summary/new",
    f"{HERS}/summary/<uuid:summary>",
    f"{HERS}/history/<uuid:entry>",
    *OFFICES,
)
VISITS = [
    *(pytest.param("luc", at(p) if p else plain("/"), id=p or "home") for p in PAGES),
    pytest.param("karim", plain("/"), id="home-karim"),
    *(
        pytest.param(who, where, id=f"{rule.removeprefix(HERS)}-{who}-{n}")
        for rule in BEYOND
        for n, (who, where) in enumerate(PLACES[rule])
    ),
]
MOST = 400  # presses of Tab on one page; a page with more is nobody's
# once the browser has gone to the place that the address names
SETTLED = "new Promise(then => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(then)), 100))"

# one step: which element has the focus now, where it stands, and whether one sees that it has it
WHERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at === document.documentElement) return null;
  const every = window.everything ??= [...document.querySelectorAll("*")];
  const rings = [at, at.closest("label"), ...at.querySelectorAll(":scope > *")].filter(Boolean);
  const seen = rings.some(e => {
    const style = getComputedStyle(e);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && style.outlineColor !== "rgba(0, 0, 0, 0)";
  });
  const box = at.getBoundingClientRect(), label = at.closest("label")?.getBoundingClientRect();
  const shown = box.width > 2 ? box : label ?? box;
  const x = shown.left + Math.min(shown.width / 2, 40), y = shown.top + Math.min(shown.height / 2, 20);
  const on = document.elementFromPoint(x, y);
  const covered = !(on && (at.contains(on) || on.contains(at) || at.closest("label")?.contains(on)));
  return {index: every.indexOf(at), seen, covered, main: !!at.closest("main"), html: at.outerHTML.slice(0, 140),
          tabindex: at.tabIndex, x: box.left, y: box.top + scrollY};
}"""


def steps(page):
    """Everything the focus comes to, by Tab, from the top of the page to its end."""
    found = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        at = page.evaluate(WHERE)
        if at is None or (found and at["index"] == found[0]["index"]):
            return found
        found.append(at)
    raise AssertionError("the focus does not come to an end")


@pytest.mark.parametrize(("who", "where"), VISITS)
@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_the_focus_goes_as_one_reads_and_is_always_seen(visitor, scene, who, where, phone):
    page = visitor(who, phone=phone, reduced_motion="reduce").go(where(scene))
    found = steps(page)
    assert any(at["main"] for at in found), "nothing on the page can be done by keyboard"
    order = [at["index"] for at in found]
    assert order == sorted(order), "another order than the page is read in"
    assert not [at["html"] for at in found if at["tabindex"] > 0]
    assert not [at["html"] for at in found if not at["seen"]], "focused, and not seen to be"
    assert not [at["html"] for at in found if at["covered"]], "focused, and hidden behind something"
    main = [at for at in found if at["main"]]
    back = [
        (before["html"], after["html"])
        for before, after in pairwise(main)
        if after["y"] < before["y"] - 8 and after["x"] <= before["x"]
    ]
    assert not back, "the focus goes up the page and not to a next column"


@pytest.mark.parametrize(("who", "where"), VISITS)
def test_the_first_step_leads_past_the_menus(visitor, scene, who, where):
    page = visitor(who).go(where(scene))
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Aller au contenu"
    assert page.locator(":focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"
    page.keyboard.press("Tab")
    at = page.evaluate(WHERE)
    assert at is None or at["main"] or "foot" in at["html"] or "<a" in at["html"]


def test_the_menu_opens_leads_on_and_closes_by_keyboard(visitor, scene):
    page = visitor("luc", phone=True).go(f"/persons/{scene.id('luc')}/strengths")
    menu = page.locator("details.menu")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    assert menu.get_attribute("open") is not None
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Ensemble"
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    assert page.locator(":focus").evaluate("e => e.tagName") == "SUMMARY"
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/together")


def test_shift_and_escape_hide_everything_at_once(visitor, scene):
    there = visitor("luc")
    away = scene.installation.settings.portal_away
    weather = "<meta charset=utf-8><title>Météo</title><h1>La météo</h1>"
    there.context.route(
        f"**{away}", lambda route: route.fulfill(body=weather, content_type="text/html")
    )
    page = there.go("/help")
    page = there.go(f"/persons/{scene.id('luc')}/strengths")
    page.keyboard.press("Shift+Escape")
    page.wait_for_url(f"**{away}")
    assert page.title() == "Météo"
    # neither "back" nor the address brings it up again for whoever holds the device next
    page.go_back()
    page.wait_for_load_state()
    assert not page.locator(".words").count()
    page = there.go(f"/persons/{scene.id('luc')}/strengths")
    assert "/issuer/" in page.url


def test_the_quick_way_out_leads_elsewhere_without_a_script_too(visitor, scene):
    there = visitor("luc", scripts=False)
    away = scene.installation.settings.portal_away
    there.context.route(f"**{away}", lambda route: route.fulfill(body="<h1>La météo</h1>"))
    page = there.go(f"/persons/{scene.id('luc')}/strengths")
    page.get_by_role("button", name="Cacher vite").click()
    page.wait_for_url(f"**{away}")


def test_the_quick_way_out_takes_every_tab_along(visitor, scene):
    there = visitor("luc")
    away = scene.installation.settings.portal_away
    there.context.route(f"**{away}", lambda route: route.fulfill(body="<h1>La météo</h1>"))
    there.go(f"/persons/{scene.id('luc')}/strengths")
    other = there.context.new_page()
    other.goto(f"{scene.url}/persons/{scene.id('luc')}/plan")
    there.page.keyboard.press("Shift+Escape")
    other.wait_for_url(f"**{away}")


def test_another_look_does_not_take_unsent_words_along_unasked(visitor, scene):
    page = visitor("luc").go(f"/persons/{scene.id('luc')}/strengths")
    page.get_by_label("Dans mes mots").last.fill("Je répare les vélos.")
    page.once("dialog", lambda asked: asked.dismiss())
    page.get_by_role("button", name="English").click()
    assert page.get_by_label("Dans mes mots").last.input_value() == "Je répare les vélos."


def test_what_was_kept_is_announced_and_is_where_one_goes_on(visitor, scene):
    page = visitor("hugo").go(f"/persons/{scene.id('hugo')}/strengths")
    page.get_by_label("Une force en moi").check()
    page.get_by_label("Dans mes mots").last.fill("Je répare les vélos.")
    page.get_by_role("button", name="Garder").last.click()
    said = page.get_by_role("status")
    assert said.inner_text() == "C’est gardé."
    expect(said).to_be_focused()


def test_what_she_stops_showing_is_announced_by_words_of_their_own_page(visitor, scene):
    page = visitor("luc").go(f"/persons/{scene.id('luc')}/together")
    page.get_by_role("button", name="Arrêter de montrer").first.click()
    said = page.get_by_role("status")
    assert said.inner_text() == "C’est arrêté. Ce n’est plus montré."
    page.wait_for_load_state()
    page.evaluate(SETTLED)
    expect(said).to_be_focused()


def test_a_summary_with_nothing_in_it_is_announced_where_it_is_to_be_mended(visitor, scene):
    page = visitor("olivier").go(f"/persons/{scene.id('olivier')}/summary/new")
    page.get_by_role("button", name="Continuer").click()
    amiss = page.get_by_role("alert")
    expect(amiss).to_be_focused()


def test_what_is_to_be_mended_is_announced_and_is_where_one_begins(visitor, scene):
    page = visitor("hugo").go(f"/persons/{scene.id('hugo')}/strengths")
    words = page.get_by_label("Dans mes mots").last
    words.evaluate("e => e.removeAttribute('maxlength')")
    page.get_by_label("Ce qui compte pour la suite").check()
    words.fill("x" * 5000)
    page.get_by_role("button", name="Garder").last.click()
    amiss = page.get_by_role("alert")
    expect(amiss).to_be_focused()
    words = page.get_by_label("Dans mes mots").last
    assert words.input_value() == "x" * 5000
    amiss.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(words).to_be_focused()
