"""For whoever sees little or is made dizzy: twice the size, and nothing that moves unasked."""

import pytest

from tests.portal.browser.places import PLACES
from tests.portal.browser.test_keyboard import HERS, VISITS

TWICE = {"width": 600, "height": 450}  # a desk of 1200 × 900, enlarged to 200 %
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MOVING = """[...document.querySelectorAll("*")].filter(e => {
  const style = getComputedStyle(e);
  const long = t => t.split(",").some(s => parseFloat(s) > 0.01);
  return style.animationName !== "none" || long(style.transitionDuration) || style.scrollBehavior === "smooth";
}).map(e => e.outerHTML.slice(0, 120))"""
# words that do not fit in what holds them, and are cut off there
CUT = """[...document.querySelectorAll("body *")].filter(e => {
  const style = getComputedStyle(e);
  if (e.closest(".sr, .skip, svg, [hidden]") || style.visibility === "hidden" || e.tagName === "TEXTAREA") return false;
  const clips = ["hidden", "clip"].includes(style.overflowX) || style.textOverflow === "ellipsis";
  return clips && e.innerText?.trim() && e.scrollWidth > e.clientWidth + 1;
}).map(e => e.outerHTML.slice(0, 120))"""
# what can be touched or read, one over the other
OVER = """(() => {
  const main = document.querySelector("main"), boxes = [...main.querySelectorAll("a, button, summary, h1, h2, h3, input, select, textarea, p")]
    .filter(e => !e.closest(".sr, svg, label.choice, [data-over]") && e.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    .map(e => [e, e.getBoundingClientRect()]).filter(([, b]) => b.width > 1 && b.height > 1);
  const found = [];
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, p] = boxes[i], [b, q] = boxes[j];
    if (a.contains(b) || b.contains(a)) continue;
    const w = Math.min(p.right, q.right) - Math.max(p.left, q.left), h = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (w > 3 && h > 3) found.push(a.outerHTML.slice(0, 80) + " / " + b.outerHTML.slice(0, 80));
  }
  return found;
})()"""
# what one acts by, and its place to be touched: 44 px, as thumbs need
THUMBS = """[...document.querySelectorAll("button, .button, summary, select, textarea, .choice, input:not([type=radio], [type=checkbox], [type=hidden], [type=range])")].filter(e => {
  const box = e.getBoundingClientRect();
  return e.checkVisibility({visibilityProperty: true}) && box.width && !e.closest(".sr") && box.height < 43.5;
}).map(e => e.outerHTML.slice(0, 120))"""

# answers beside each other in one line that are not of one width: "yes" weighs no more than "no"
UNEVEN = """[...document.querySelectorAll(".row.same, .answers")].flatMap(row => {
  const boxes = [...row.querySelectorAll("button, .button")].filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()]);
  return boxes.filter(([, a]) => boxes.some(([, b]) => Math.abs(a.top - b.top) < 4 && (Math.abs(a.width - b.width) > 2 || Math.abs(a.height - b.height) > 2)));
}).map(([e]) => e.outerHTML.slice(0, 120))"""
# where one answers: what waits in her name, what is taken back, a goal, a theme, what is shown
ANSWERED = [
    pytest.param(*PLACES[f"{HERS}/{place}"][n], id=place)
    for place, n in (
        ("life/<uuid:assessment>/<theme>", 2),
        ("history/<uuid:entry>/withdraw", 0),
        ("history/<uuid:entry>/worry", 0),
        ("plan", 1),
        ("plan/<uuid:plan>/goals/<uuid:goal>", 0),
        ("rights/erasure", 0),
        ("together/relative", 0),
    )
]


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
@pytest.mark.parametrize(("who", "where"), ANSWERED)
def test_answers_beside_each_other_are_of_one_size(visitor, scene, who, where, phone):
    page = visitor(who, phone=phone).go(where(scene))
    assert page.locator(".row.same, .answers").count()
    assert not page.evaluate(UNEVEN)


@pytest.mark.parametrize(("who", "where"), VISITS)
def test_what_one_acts_by_is_as_high_as_a_thumb(visitor, scene, who, where):
    page = visitor(who, phone=True, reduced_motion="reduce").go(where(scene))
    assert not page.evaluate(THUMBS)


@pytest.mark.parametrize(("who", "where"), VISITS)
def test_twice_as_large_nothing_is_cut_off_or_lies_over_another(visitor, scene, who, where):
    page = visitor(who, reduced_motion="reduce").go(where(scene))
    page.set_viewport_size(TWICE)
    assert page.evaluate(TOO_WIDE) <= 0
    assert not page.evaluate(CUT)
    assert not page.evaluate(OVER)
    # letters alone twice as large, in a window as wide as before
    page.set_viewport_size({"width": 1200, "height": 900})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate(TOO_WIDE) <= 0
    assert not page.evaluate(CUT)
    assert not page.evaluate(OVER)


@pytest.mark.parametrize(("who", "where"), VISITS)
def test_nothing_moves_for_whoever_asked_that_it_does_not(visitor, scene, who, where):
    page = visitor(who, reduced_motion="reduce").go(where(scene))
    assert not page.evaluate(MOVING)
    assert not page.evaluate("document.getAnimations().length")
