"""An organisation's logo and accent: seen on its own pages, on nobody else's, and always legible."""

import re
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from werkzeug.test import Client

from services.portal.house_looks import ACCENTS, LOGO_MOST, Look, read
from services.portal.wiring import portal_app
from shared.kernel import Refused
from tests.portal.conftest import signed_in

TOKENS = Path(__file__).parents[2] / "services" / "portal" / "static" / "tokens.css"
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
# one for all workers, as it stands in the names of tests
HOUSE = "5b0f7c1e-3d52-4a86-9c41-0e6f2a7d8b93"
TEXT, SEEN = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "accents.toml").write_text(f'{HOUSE} = "forest"\n', "utf-8")
    (tmp_path / f"{HOUSE}.svg").write_text(LOGO, "utf-8")
    return tmp_path


def test_a_folder_holds_the_logo_and_the_accent_of_an_organisation(folder):
    looks = read(folder)
    look = looks.of(HOUSE)
    assert look.accent == "forest"
    assert looks.logos[look.logo].whole == LOGO.encode()
    assert HOUSE not in look.logo, "the address of a logo names no organisation"
    assert looks.of(str(uuid4())) == Look()


def test_without_a_folder_all_have_ours():
    assert read(None).of(HOUSE) == Look()


@pytest.mark.parametrize(
    ("name", "holds", "code"),
    [
        ("accents.toml", f'{HOUSE} = "red"', "settings.unknown_accent"),
        ("accents.toml", 'heron = "forest"', "settings.looks_of_whom"),
        ("accents.toml", "forest", "settings.file_unreadable"),
        ("heron.svg", LOGO, "settings.looks_of_whom"),
        (f"{HOUSE}.gif", "GIF89a", "settings.no_logo"),
        (f"{HOUSE}.png", "no picture", "settings.no_logo"),
        (f"{HOUSE}.svg", "<svg>" + " " * LOGO_MOST, "settings.no_logo"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_start(tmp_path, name, holds, code):
    (tmp_path / name).write_text(holds, "utf-8")
    with pytest.raises(Refused, match=re.escape(code)):
        read(tmp_path)


def test_a_folder_that_is_not_there_is_said_at_the_start(tmp_path):
    with pytest.raises(Refused, match=r"settings\.file_unreadable"):
        read(tmp_path / "nowhere")


def test_her_pages_wear_the_looks_of_her_organisation_alone(open_house, other_house, tmp_path):
    house = open_house.tenant
    (tmp_path / "accents.toml").write_text(f'{house} = "plum"\n', "utf-8")
    (tmp_path / f"{house}.svg").write_text(LOGO, "utf-8")
    settings = replace(open_house.installation.settings, portal_looks=tmp_path)
    client = visiting(settings, open_house)
    page = client.get(f"/persons/{open_house.person.id}/strengths").text
    assert 'data-accent="plum"' in page
    logo = client.get(re.search(r'<img class="logo" src="([^"]+)" alt="">', page)[1])
    assert logo.content_type == "image/svg+xml"
    assert logo.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in logo.headers["Content-Security-Policy"]
    assert "script-src" not in logo.headers["Content-Security-Policy"]

    theirs = visiting(settings, other_house)
    page = theirs.get(f"/persons/{other_house.person.id}/strengths").text
    assert "<h1" in page
    assert "data-accent" not in page
    assert "logos/" not in page


def visiting(settings, house):
    client = Client(portal_app(settings))
    for name, value in signed_in(house, house.person).items():
        client.set_cookie(name, value)
    return client


@pytest.mark.parametrize("accent", ACCENTS)
@pytest.mark.parametrize("look", ["light", "dark", "contrast"])
def test_every_accent_is_legible_in_every_look(accent, look):
    told = colours(accent, look)
    for paper in ("--paper", "--card", "--sunk", "--accent-soft"):
        assert contrast(told["--accent"], told[paper]) >= TEXT, paper
        assert contrast(told["--accent-deep"], told[paper]) >= TEXT, paper
        assert contrast(told["--focus"], told[paper]) >= SEEN, paper
    assert contrast(told["--on-accent"], told["--accent"]) >= TEXT
    assert contrast(told["--on-accent"], told["--accent-deep"]) >= TEXT
    assert contrast(told["--ink"], told["--accent-soft"]) >= TEXT
    assert contrast(told["--quiet"], told["--accent-soft"]) >= TEXT


def test_a_dark_device_gets_the_same_as_who_chose_dark():
    for accent in ACCENTS[1:]:
        chosen = rule(f':root[data-accent="{accent}"][data-look="dark"]')
        assert chosen
        assert chosen == rule(f':root[data-accent="{accent}"]:not([data-look])')


def colours(accent: str, look: str) -> dict[str, str]:
    """What a page has, from the rules of tokens.css that are for it, the later over the earlier."""
    told = rule(":root")
    if look != "light":
        told |= rule(f':root[data-look="{look}"]')
    if look == "light":
        told |= rule(f':root[data-accent="{accent}"]:not([data-look="contrast"])')
    return told | rule(f':root[data-accent="{accent}"][data-look="{look}"]')


def rule(selector: str) -> dict[str, str]:
    css = TOKENS.read_text("utf-8")
    found = re.search(rf"(?:^|\s){re.escape(selector)} \{{([^}}]*)\}}", css)
    return dict(re.findall(r"(--[\w-]+): (#\w+)", found[1])) if found else {}


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def light(colour: str) -> float:
    """Relative luminance, as WCAG defines it."""
    told = colour.lstrip("#")
    told = "".join(c * 2 for c in told) if len(told) == 3 else told
    parts = [int(told[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(c * weight for c, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))
