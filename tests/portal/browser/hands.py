"""What people do at a page, told by the words they read there: with a finger, or by keyboard alone."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

MOST = 250  # steps of the focus; nobody takes more to come to anything
# the words by which whoever has the focus is known: a label, else what stands on it
FOCUSED = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "";
  const labels = [...(at.labels ?? [])].map(l => l.innerText).join(" ");
  return at.ariaLabel || labels || at.innerText || "";
}"""


def plain(words: str) -> str:
    """As one types it: the narrow and fixed spaces of French are spaces."""
    return " ".join(words.replace("\u202f", " ").replace("\u00a0", " ").split())


def says(page: Page, words: str) -> bool:
    return plain(words) in plain(page.locator("body").inner_text())


def main_of(page: Page) -> str:
    return plain(page.locator("main").inner_text())


def open_up(page: Page, words: str) -> Locator:
    """What is folded away below these words, unfolded; tapped, as without scripts too."""
    folded = page.locator("main details", has=page.locator("summary", has_text=words)).last
    if folded.get_attribute("open") is None:
        folded.locator("summary").first.click()
    return folded


@dataclass
class Keyboard:
    """Tab, arrows, Enter, Space and letters; nothing else is touched."""

    page: Page

    def on(self) -> str:
        return plain(self.page.evaluate(FOCUSED))

    def come_to(self, words: str) -> None:
        """Tab until the focus is on what begins with these words."""
        for _ in range(MOST):
            self.page.keyboard.press("Tab")
            if self.on().startswith(words):
                return
        raise AssertionError(f"the keyboard does not come to « {words} »")

    def press(self, words: str) -> None:
        self.come_to(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def unfold(self, words: str) -> None:
        self.come_to(words)
        self.page.keyboard.press("Enter")

    def tick(self, words: str) -> None:
        self.come_to(words)
        self.page.keyboard.press("Space")

    def choose(self, first: str, words: str) -> None:
        """One of some, from the first of them on, by the arrows."""
        self.come_to(first)
        self.page.keyboard.press("Space")
        for _ in range(MOST):
            if self.on().startswith(words):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrows do not come to « {words} »")

    def write(self, label: str, words: str) -> None:
        self.come_to(label)
        self.page.keyboard.insert_text(words)
