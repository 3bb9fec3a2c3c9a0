import re
from pathlib import Path

import pytest

from cosigne.cli import COMMANDS, main

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
KINDS = {
    "tutorials": "Tutorial",
    "how-to": "How-to",
    "reference": "Reference",
    "explanation": "Explanation",
}
PAGES = sorted(
    [
        *DOCS.rglob("*.md"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    ]
)
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


def read(path: Path) -> str:
    return path.read_text("utf-8")


def test_the_reference_lists_every_command():
    told = read(DOCS / "reference" / "commands.md")
    for name in COMMANDS:
        assert f"`cosigne {name}" in told, name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_reference_lists_every_option_of_a_command(name, capsys):
    with pytest.raises(SystemExit):
        main([name, "--help"])
    options = re.findall(r"^  (--[a-z-]+)", capsys.readouterr().out, re.MULTILINE)
    page = read(DOCS / "reference" / "commands.md").split("\n")
    (told,) = [line for line in page if re.match(rf"\| `cosigne {name}\b", line)]
    assert [option for option in options if option not in told] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    lost = [link for link in LINK.findall(read(page)) if not (page.parent / link).exists()]
    assert lost == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_first_what_kind_it_is(kind):
    for page in (DOCS / kind).glob("*.md"):
        assert read(page).startswith(f"*{KINDS[kind]}"), page.name


def test_decisions_are_numbered_and_say_when_they_were_wrong():
    pages = sorted((DOCS / "adr").glob("[0-9]*.md"))
    assert [page.name[:4] for page in pages] == [f"{n:04}" for n in range(1, len(pages) + 1)]
    for page in pages:
        assert "**We will know it was wrong when**" in read(page), page.name
        assert page.name in read(DOCS / "adr" / "README.md")
