"""A real Chromium, and axe-core in its pages."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from playwright.sync_api import Browser, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK = """async ([levels, rules]) => {
  const options = rules ? {runOnly: {type: "rule", values: rules}} : {runOnly: {type: "tag", values: levels}};
  const found = await axe.run(document, options);
  return found.violations.map(v => v.id + ": " + v.help + " — " + v.nodes.map(n => n.target + " " + n.html.slice(0, 160)).join(" | "));
}"""
KNOWN = "typeof axe === 'object'"


def program() -> str | None:
    """Where it is on this machine."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def violations(page: Any, rules: Sequence[str] | None = None) -> list[str]:
    """What axe finds amiss on the page as it stands, by all its rules or by these."""
    if not page.evaluate(KNOWN):
        page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    found: list[str] = page.evaluate(ASK, [LEVELS, list(rules) if rules else None])
    return found
