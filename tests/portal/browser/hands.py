"""What people do at a page, told by the words they read there: with a finger, a mouse, or by keyboard alone.

Each hand knows the same few moves, so that one story can be told by all of them.
"""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

MOST = 250  # steps of the focus; nobody takes more to come to anything
# the words by which something is known: a label, else what stands on it
NAME = """(e) => {
  const labels = [...(e.labels ?? [])].map(l => l.innerText).join(" ");
  return (e.ariaLabel || labels || e.innerText || "").replace(/[\\s\u00a0\u202f]+/g, " ").trim();
}"""
# what begins with these words and can be seen: the next one from where one is, else the first
FOUND = f"""([kinds, words]) => {{
  const name = {NAME}, at = document.activeElement ?? document.body;
  const shown = e => (e.closest("label") ?? e).checkVisibility({{visibilityProperty: true}});
  const all = [...document.querySelectorAll(kinds)].filter(e => shown(e) && name(e).startsWith(words));
  const next = e => at.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING;
  const found = all.find(next) ?? all[0];
  return found?.closest("label") ?? found;
}}"""
# where the focus is, if it is on one of these; for one of some, the names of all of them
FOCUSED = f"""(kinds) => {{
  const name = {NAME}, at = document.activeElement;
  if (!at?.matches(kinds)) return [];
  if (at.type !== "radio") return [name(at)];
  const all = [...document.querySelectorAll(`[name="${{at.name}}"]`)].filter(e => e.form === at.form);
  return [name(at), ...all.map(name)];
}}"""
CHOSEN = "document.activeElement.selectedOptions[0].text"
LEADS, FOLDS = "a[href], button", "summary"
BOX, ONE_OF, LIST = "[type=checkbox]", "[type=radio]", "select"
FIELD = "textarea, input:not([type=radio], [type=checkbox], [type=hidden])"


def plain(words: str) -> str:
    """As one types it: the narrow and fixed spaces of French are spaces."""
    return " ".join(words.replace("\u202f", " ").replace("\u00a0", " ").split())


def main_of(page: Page) -> str:
    return plain(page.locator("main").inner_text())


def open_up(page: Page, words: str) -> Locator:
    """What is folded away below these words, unfolded; tapped, as without scripts too."""
    folded = page.locator("main details", has=page.locator("summary", has_text=words)).last
    if folded.get_attribute("open") is None:
        folded.locator("summary").first.click()
    return folded


@dataclass
class Mouse:
    """At a desk."""

    page: Page

    @property
    def reads(self) -> str:
        return main_of(self.page)

    def touch(self, kinds: str, words: str) -> Any:
        found = self.page.evaluate_handle(FOUND, [kinds, words]).as_element()
        assert found, f"« {words} » is not on the page: {self.reads}"
        self.put_on(found)
        return found

    def put_on(self, found: Any) -> None:
        found.click()

    def press(self, words: str) -> None:
        """A link or a button that leads on."""
        with self.page.expect_navigation():
            self.touch(LEADS, words)

    def unfold(self, words: str) -> None:
        self.touch(FOLDS, words)

    def tick(self, words: str) -> None:
        self.touch(BOX, words)

    def choose(self, words: str) -> None:
        self.touch(ONE_OF, words)

    def pick(self, label: str, words: str) -> None:
        self.touch(LIST, label)
        self.page.locator(":focus").select_option(label=words)

    def write(self, label: str, words: str) -> None:
        self.touch(FIELD, label)
        self.page.locator(":focus").fill(words)

    def menu(self, place: str) -> None:
        self.unfold("Menu")
        self.press(place)


class Finger(Mouse):
    """On a small phone."""

    def put_on(self, found: Any) -> None:
        found.tap()


class Keyboard(Mouse):
    """Tab, arrows, Enter, Space and letters; nothing else is touched."""

    def come_to(self, kinds: str, words: str) -> None:
        """Tab until the focus is on what begins with these words, or on one of some that does."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            if any(name.startswith(words) for name in self.page.evaluate(FOCUSED, kinds)):
                return
        raise AssertionError(f"the keyboard does not come to « {words} »: {self.reads}")

    def touch(self, kinds: str, words: str) -> None:
        self.come_to(kinds, words)
        self.page.keyboard.press("Enter" if kinds in (LEADS, FOLDS) else "Space")

    def choose(self, words: str) -> None:
        self.touch(ONE_OF, words)
        for _ in range(MOST):
            if self.page.evaluate(FOCUSED, ONE_OF)[0].startswith(words):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to « {words} »")

    def pick(self, label: str, words: str) -> None:
        self.come_to(LIST, label)
        for _ in range(MOST):
            if plain(self.page.evaluate(CHOSEN)) == words:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to « {words} »")

    def write(self, label: str, words: str) -> None:
        self.come_to(FIELD, label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)


# each manner: the hands, and the browser they are before
PHONE = {"phone": True, "has_touch": True}
MANNERS: dict[str, tuple[type[Mouse], dict[str, bool]]] = {
    "desk": (Mouse, {}),
    "phone": (Finger, PHONE),
    "no scripts": (Finger, {**PHONE, "scripts": False}),
    "keyboard": (Keyboard, {}),
}
EACH = ("phone", "no scripts", "keyboard")
