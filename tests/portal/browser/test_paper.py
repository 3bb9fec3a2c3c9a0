"""On paper: what is said, in dark ink whichever look was chosen, and nothing that is pressed."""

import pytest

from tests.portal.browser.test_keyboard import VISITS

PRESSED = """[...document.querySelectorAll("button, .button, input, select, textarea, nav, details:not([open]) > summary")]
  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height > 1).map(e => e.outerHTML.slice(0, 120))"""
# words lighter than a middling grey
PALE = """[...document.querySelectorAll("main *")].filter(e => {
  const says = [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
  if (!says || !e.checkVisibility() || e.matches("text.me, svg title, svg desc, .sr")) return false;
  const style = getComputedStyle(e), ink = e.closest("svg") ? style.fill : style.color;
  return Math.max(...ink.match(/[\\d.]+/g).slice(0, 3).map(Number)) > 170;
}).map(e => e.outerHTML.slice(0, 120))"""
# headings of what is not there
ALONE = """[...document.querySelectorAll("main :is(h2, h3)")].filter(h => {
  if (!h.checkVisibility() || h.matches(".sr")) return false;
  let next = h.nextElementSibling;
  while (next && !next.getBoundingClientRect().height) next = next.nextElementSibling;
  return !next || (/^H[23]$/.test(next.tagName) && next.tagName <= h.tagName);
}).map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize(("who", "where"), VISITS)
def test_paper_holds_what_is_said_and_nothing_to_press(visitor, scene, who, where):
    page = visitor(who, look="dark").go(where(scene))
    page.emulate_media(media="print")
    assert not page.evaluate(PRESSED)
    assert not page.evaluate(PALE)
    assert not page.evaluate(ALONE)
