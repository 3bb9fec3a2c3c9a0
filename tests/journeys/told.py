"""What was told, and whoever wants to read it: each over a real socket, with a token of their own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx

from cosigne.demo.memory import Life
from cosigne.demo.teller import Teller
from cosigne.people import find
from tests.journeys.looking import Look
from tests.support.installation import Installation

LANGUAGES = {"fr": "fr-CA", "en": "en"}


@dataclass
class Told:
    """The lives of the cast. `seen` holds the answers to the looks taken while they were told."""

    installation: Installation
    teller: Teller
    seen: dict[str, httpx.Response] = field(default_factory=dict)
    clients: dict[str, httpx.Client] = field(default_factory=dict)
    deaths: int = 0
    trails: dict[tuple[str, str, str], list[dict[str, Any]]] = field(default_factory=dict)

    def client(self, who: str) -> httpx.Client:
        """Someone's own, signed in."""
        if who not in self.clients:
            person = find(who)
            self.clients[who] = self.installation.client(person.subject, person.tenant)
        return self.clients[who]

    def ask(self, who: str, path: str, language: str = "fr", **query: Any) -> httpx.Response:
        accept = {"Accept-Language": LANGUAGES[language]}
        return self.client(who).get(path, params=query, headers=accept)

    def get(self, who: str, path: str, language: str = "fr", **query: Any) -> Any:
        answer = self.ask(who, path, language, **query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def look(self, look: Look) -> None:
        """Ask at once, whatever comes: a look waits for nobody's view."""
        person = find(look.about)
        life = self.teller.life(person)
        path = look.path.format(**look.places(person, life))
        headers = {"Accept-Language": LANGUAGES["fr"]}
        if look.match:
            headers["If-Match"] = f'"{life.version}"'
        body = look.body(life) if callable(look.body) else look.body
        assert look.name not in self.seen, f"two looks are called {look.name}"
        self.seen[look.name] = self.client(look.who).request(
            look.how, path, json=body, headers=headers
        )

    def saw(self, name: str) -> Any:
        """What a look found."""
        answer = self.seen[name]
        assert answer.status_code == 200, answer.text
        return answer.json()

    def opened(self, name: str) -> Any:
        """What someone opened: that is a command, and on record."""
        answer = self.seen[name]
        assert answer.status_code == 201, answer.text
        return answer.json()

    def refused(self, name: str) -> tuple[int, str]:
        """How a look or an attempt was refused."""
        answer = self.seen[name]
        assert answer.status_code >= 400, answer.text
        return answer.status_code, answer.json()["code"]

    def life(self, person: str) -> Life:
        return self.teller.life(find(person))

    def trail(self, who: str, about: str = "", language: str = "fr") -> list[dict[str, Any]]:
        """All of someone's trail as someone reads it, page after page; read once."""
        about = about or who
        known = (who, about, language)
        if known not in self.trails:
            path = f"/reporting/v1/persons/{find(about).id}/trail"
            answer, found = self.ask(who, path, language, limit=200), []
            while True:
                assert answer.status_code == 200, answer.text
                found += answer.json()["entries"]
                if "next" not in answer.links:
                    break
                next_page = answer.url.join(answer.links["next"]["url"])
                accept = {"Accept-Language": LANGUAGES[language]}
                answer = self.client(who).get(next_page, headers=accept)
            self.trails[known] = found
        return self.trails[known]

    def entry(
        self, who: str, name: str, about: str = "", language: str = "fr"
    ) -> Mapping[str, Any]:
        """One entry of a trail, by what the cast calls it or by its place in the telling."""
        about = about or who
        places = self.teller.recorded
        id_ = places[name][0] if name in places else self.life(about).entries[name]
        (found,) = [e for e in self.trail(who, about, language) if e["entry"] == id_]
        return found

    def sentence(self, who: str, name: str, about: str = "", language: str = "fr") -> str:
        return plain(self.entry(who, name, about, language)["sentence"])

    def sentences(self, who: str, about: str = "", language: str = "fr") -> list[str]:
        return [plain(e["sentence"]) for e in self.trail(who, about, language)]

    def decision(self, who: str, name: str, about: str = "") -> Any:
        """The record of one decision."""
        about = about or who
        entry = self.life(about).entries[name]
        return self.get(who, f"/reporting/v1/persons/{find(about).id}/decisions/{entry}")

    def leave(self) -> None:
        for client in self.clients.values():
            client.close()


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def took_part(entry: Mapping[str, Any]) -> Sequence[tuple[str, str, str, tuple[str, ...], str]]:
    """Who, in which role, with which part, knowing what, and how they stand behind it now."""
    return [
        (c["name"], c["role"], c["part"], tuple(c["knowledge"]), c["attestation"])
        for c in entry["contributors"]
    ]


def themes_of(portrait: Mapping[str, Any]) -> dict[str, Any]:
    return {theme["theme"]: theme for theme in portrait["themes"]}


def values_of(portrait: Mapping[str, Any]) -> dict[str, Any]:
    """What she put, theme by theme; None where she chose not to say or it does not concern her."""
    return {
        name: theme["answer"]["value"]
        for name, theme in themes_of(portrait).items()
        if theme.get("answer")
    }


def without_reads(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What happened, but not who looked at it."""
    return [e for e in entries if not e["type"].endswith(".record_read")]
