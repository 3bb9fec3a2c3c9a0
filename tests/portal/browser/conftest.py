"""A real Chromium before a real installation in which the lives of the cast were told."""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from cosigne.demo.door import Door
from cosigne.demo.stories import telling
from cosigne.demo.teller import Teller
from cosigne.embedded.postgres import Server
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.people import people
from services.portal.notices import FIRST, VERSION
from tests.portal.browser.hands import MANNERS, Mouse
from tests.support.addresses import Life
from tests.support.chromium import launched, program
from tests.support.installation import Installation, installed

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
PATIENCE = 45_000  # milliseconds; a busy machine is no fault


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker has the browser and the installation behind it."""
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = program()
    if path is None:
        missing = "no Chromium on this machine (Debian: apt install chromium): pages are not tried"
        if os.environ.get("COSIGNE_NO_SKIPS"):
            pytest.fail(missing)
        pytest.skip(missing)
    with launched(path) as browser:
        yield browser


@dataclass
class Scene:
    """The installation, and the ids of what the cast did there, asked for when a page needs them."""

    installation: Installation
    door: Door
    kept: dict[str, Any] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.installation.url

    @cached_property
    def password(self) -> str:
        return Kept(self.installation.issuer_folder).password()

    def id(self, who: str) -> str:
        return str(people()[who].id)

    def get(self, who: str, path: str) -> Any:
        """What a service tells this person, remembered: ids do not change."""
        if (found := self.kept.get(f"{who} {path}")) is None:
            found = self.kept[f"{who} {path}"] = self.door.get(people()[who], path)
        return found

    def life(self, who: str, portrait: str) -> Life:
        """The address of a portrait of that person, of which `theme` and `sphere` are pages."""
        return Life.of(self.installation.settings, self.id(who), portrait)

    @cached_property
    def themes(self) -> set[str]:
        """The names of what any questionnaire asks, which no address tells; but for words of every address."""
        path = "/assessment/v1/catalogues"
        found = [self.get("luc", f"{path}/{c['id']}") for c in self.get("luc", path)["catalogues"]]
        rules = self.installation.front.portal.url_map.iter_rules()
        words = {part for rule in rules for part in re.findall(r"[\w-]+", str(rule))}
        return {theme["theme"] for one in found for theme in one["themes"]} - words

    def first(self, who: str, path: str, name: str) -> str:
        """The id of the first of a list that a service tells."""
        return str(self.get(who, path)[name][0]["id"])


@pytest.fixture(scope="session")
def scene(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """An installation of its own: what people do in the browser disturbs no other test."""
    with installed(server, tmp_path_factory.mktemp("portal")) as made:
        key, issuer = Kept(made.issuer_folder).signing_key(), made.settings.oidc_issuer
        door = Door(made.url, lambda who: mint_for(key, who, issuer=issuer))

        def clock(at: Any) -> None:
            made.clock.at = at

        teller = Teller(door, clock)
        for moment in telling():
            moment.tell(teller)
        made.clock.at = None
        for who in people().values():
            if who.role == "person":
                has_read(door, who)
        made.settled()
        yield Scene(made, door)
        door.close()


def has_read(door: Door, who: Any) -> None:
    """What is read before the first word, in the version of today."""
    for text in FIRST:
        notice = {"text": text, "version": VERSION, "language": "fr"}
        door.post(who, f"/directory/v1/persons/{who.id}/notices", notice)


@dataclass
class Visitor:
    """Someone at a browser of their own; `trouble` is what the browser complained about."""

    scene: Scene
    context: BrowserContext
    page: Page
    trouble: list[str] = field(default_factory=list)
    met: set[str] = field(default_factory=set)  # every address the browser asked for
    status: int = 0  # of the page it went to

    def sign_in(self, who: str) -> "Visitor":
        """At the provider's page, with the password that the installation printed."""
        self.page.goto(f"{self.scene.url}/sign-in?next=/")
        self.give_password(who)
        return self

    def give_password(self, who: str) -> None:
        self.page.select_option("#person", who)
        self.page.fill("#password", self.scene.password)
        self.page.click("main button")
        self.page.wait_for_load_state()

    def go(self, path: str) -> Page:
        answer = self.page.goto(f"{self.scene.url}{path}")
        self.status = answer.status if answer else 0
        return self.page


@pytest.fixture(scope="session")
def signed_in(chromium: Browser, scene: Scene) -> Callable[[str], Any]:
    """What a browser holds once someone has signed in at the provider's page: done once for each."""
    kept: dict[str, Any] = {}

    def state(who: str) -> Any:
        if who not in kept:
            context = chromium.new_context()
            Visitor(scene, context, context.new_page()).sign_in(who)
            kept[who] = context.storage_state()
            context.close()
        return kept[who]

    return state


@pytest.fixture
def visitor(
    chromium: Browser, scene: Scene, signed_in: Callable[[str], Any]
) -> Iterator[Callable[..., Visitor]]:
    """`visitor("luc", phone=True, scripts=False, language="en", look="dark")`."""
    opened: list[Visitor] = []

    def come(
        who: str | None = None,
        *,
        phone: bool = False,
        scripts: bool = True,
        language: str = "fr",
        look: str = "",
        **more: Any,
    ) -> Visitor:
        context = chromium.new_context(
            viewport=PHONE if phone else DESK,
            java_script_enabled=scripts,
            locale="fr-CA" if language == "fr" else "en-CA",
            storage_state=signed_in(who) if who else None,
            **more,
        )
        context.set_default_timeout(PATIENCE)
        if look:
            context.add_cookies([{"name": "cosigne-look", "value": look, "url": scene.url}])
        there = Visitor(scene, context, context.new_page())
        there.page.on("pageerror", lambda error: there.trouble.append(str(error)))
        there.page.on(
            "console",
            lambda said: there.trouble.append(said.text) if said.type == "error" else None,
        )
        there.page.on("request", lambda asked: there.met.add(asked.url))
        opened.append(there)
        return there

    yield come
    for one in opened:
        one.context.close()
    troubles = [t for one in opened for t in one.trouble if "Failed to load resource" not in t]
    assert not troubles
    # what a questionnaire asks is the house's to edit, and says nothing of anybody
    asked = {url for one in opened for url in one.met if "/questionnaires/" not in url}
    met = {part for url in asked for part in re.split("[/?&=#:,]", url)}
    assert sorted(met & scene.themes) == [], "an address says what she answers"


@pytest.fixture
def at_home(visitor: Callable[..., Visitor]) -> Callable[..., Mouse]:
    """`at_home("luc", "phone")`: someone on the first page, with a browser of that manner."""

    def come(who: str, manner: str = "desk") -> Mouse:
        hands, browser = MANNERS[manner]
        return hands(visitor(who, **browser).go("/"))

    return come
