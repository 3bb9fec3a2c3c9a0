"""People in front of the portal: signed in, each with a browser of their own, in an organisation that is open."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from time import time

import httpx
import pytest
from werkzeug.wrappers import Response

from cosigne.issuer import app as issuer
from cosigne.issuer import grants
from cosigne.people import Organisation, Person
from services.directory.domain import events as told
from services.portal.cookies import Cookie
from services.portal.notices import FIRST, VERSION
from services.portal.visitor import Visitor
from tests.portal.mending import says_what_to_mend
from tests.support.installation import House, Someone, relations


class Reading(HTMLParser):
    """What a page says, without its marks; and its forms, with what stands in their fields."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.quiet = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        has = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self.quiet += 1
        if tag == "form":
            self.forms.append((has.get("action", ""), {}))
        if tag in ("input", "textarea", "button", "select") and self.forms and has.get("name"):
            chosen = has.get("type") not in ("radio", "checkbox") or "checked" in has
            if chosen:
                self.forms[-1][1][has["name"]] = has.get("value", "")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.quiet -= 1

    def handle_data(self, data):
        if not self.quiet and data.strip():
            self.words.append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(self.words).replace("\u00a0", " ").replace("\u202f", " ")


@dataclass
class Visit:
    """Someone's browser, without scripts. `read` opens a page, `send` a form, and answers what it says."""

    client: httpx.Client
    who: Someone

    def get(self, path: str) -> httpx.Response:
        return self.client.get(path.format(me=self.who.id))

    def read(self, path: str) -> str:
        answer = self.get(path)
        assert answer.status_code == 200, (answer.status_code, Reading(answer.text).text)
        return Reading(answer.text).text

    def post(self, path: str, **fields: object) -> httpx.Response:
        """A form as a browser sends it; led on to the page after it."""
        headers = {"Sec-Fetch-Site": "same-origin"}
        answer = self.client.post(path.format(me=self.who.id), data=fields, headers=headers)
        if answer.status_code == 422:
            says_what_to_mend(answer.text)  # on whatever page, whatever is to be mended
        return answer

    def send(self, path: str, **fields: object) -> str:
        answer = self.post(path, **fields)
        assert answer.status_code == 200, (answer.status_code, Reading(answer.text).text)
        return Reading(answer.text).text


@pytest.fixture
def open_house(house: House) -> House:
    return opened(house)


@pytest.fixture
def other_house(other_house: House) -> House:
    """Another organisation, whose portal is open too."""
    return opened(other_house)


def opened(house: House) -> House:
    """The organisation has said whom to call, and how soon it reads: its portal may open."""
    lines = (told.HelpLine(fr="Danger immédiat : 9-1-1", en="Immediate danger: 9-1-1"),)
    house.tell(told.HelpLinesSet, house.tenant, house.tenant, lines=lines)
    house.tell(told.ReadingDelaySet, house.tenant, house.tenant, fr="deux jours", en="two days")
    for person in (house.person, house.neighbour):
        was_told(house, person)
    house.installation.settled()
    return house


def was_told(house: House, person: Someone) -> None:
    """She has read what is read before the first word."""
    for text in FIRST:
        notice = {"text": text, "version": VERSION, "language": "fr-CA"}
        house.tell(told.NoticeGiven, relations(person.id), person.id, **notice)


@pytest.fixture
def known_at_the_issuer(monkeypatch, open_house):
    """The organisation's people have a sign-in at the embedded issuer, as the cast has."""
    house = open_house
    home = Organisation("essais", house.tenant, "Maison des essais")
    cast = {}
    for key in ("person", "practitioner", "neighbour"):
        who = house.people[key]

        class Here(Person):
            __slots__ = ("sign_in",)

            @property
            def subject(self):
                return house.people[self.key].subject

        cast[key] = Here(key, who.id, who.name, "person", home)
    monkeypatch.setattr(issuer, "people", lambda: cast)
    monkeypatch.setattr(grants, "find", lambda key: cast[key])
    return cast


@pytest.fixture
def visiting(house: House) -> Iterator[Callable[..., Visit]]:
    """`visiting(house.person)` is her browser, signed in; `language="en"` if she reads English."""
    opened: list[httpx.Client] = []

    def visit(who: Someone, language: str = "fr") -> Visit:
        cookies = held(signed_in(house, who))
        client = httpx.Client(
            base_url=house.installation.url,
            cookies=cookies,
            headers={"Accept-Language": language},
            follow_redirects=True,
            trust_env=False,
            timeout=30,
        )
        opened.append(client)
        return Visit(client, who)

    yield visit
    for client in opened:
        client.close()


def held(cookies: Mapping[str, str]) -> httpx.Cookies:
    """As a browser holds them: the portal may change them, and take them away."""
    kept = httpx.Cookies()
    for name, value in cookies.items():
        kept.set(name, value, domain="127.0.0.1")
    return kept


def signed_in(house: House, who: Someone, until: float | None = None) -> dict[str, str]:
    """The cookies that a sign-in leaves in a browser."""
    me = who.client.get("/directory/v1/me").json()
    token = who.client.headers["Authorization"].removeprefix("Bearer ")
    visitor = Visitor(
        token=token,
        until=time() + 3600 if until is None else until,
        party=me["party"],
        organisation=me["organisation"],
        name=me["name"],
        roles=tuple(me["roles"]),
    )
    secret = house.installation.settings.portal_secret
    response = Response()
    Cookie("cosigne", secret, secure=False, lifetime=3600).write(response, visitor.kept())
    pairs = (c.partition(";")[0].partition("=") for c in response.headers.getlist("Set-Cookie"))
    return {name: value for name, _, value in pairs if value}
