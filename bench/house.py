"""An installation as `cosigne run` starts it, with two people: one of long history, one of short."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from cosigne.demo.door import Door
from cosigne.demo.scene import scene
from cosigne.embedded.home import Home, databases_of
from cosigne.embedded.ports import free_port
from cosigne.embedded.postgres import Server
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.people import Person, cast, find, id_of
from cosigne.plans import plans
from cosigne.running.installation import Installation
from shared.http.service import Plan, sources_of
from shared.postgres.pool import connect
from shared.settings import Settings
from shared.store.status import status

IDS = UUID("5b2f6a0e-9c1d-4f0a-8a53-1f6f0a7f3cbf")
PLACE = "maison-du-quai"
PATIENCE = 300.0
LOOKS, STRENGTHS, TIES = 100, 60, 40  # of a long life


@dataclass
class House:
    """`door` opens for anyone of the demo. `worker` accompanies all three."""

    installation: Installation
    server: Server
    port: int
    url: str
    door: Door
    oldest: Person = field(default_factory=lambda: find("luc"))
    newest: Person = field(default_factory=lambda: find("rejean"))
    other: Person = field(default_factory=lambda: find("noemie"))
    worker: Person = field(default_factory=lambda: find("karim"))

    def token(self, who: Person) -> str:
        return token_of(self.installation.home, self.url, who)

    def web(self) -> int:
        """The process id of gunicorn's master."""
        process = self.installation.family.children[-1].process
        if process is None:
            raise SystemExit("the web is not running: no figures")
        return process.pid

    def post(self, who: Person, person: Person, path: str, body: dict[str, Any]) -> Any:
        service, _, rest = path.partition("/")
        return self.door.post(who, f"/{service}/v1/persons/{person.id}/{rest}", body)

    def accompany(self, person: Person) -> None:
        body = {
            "party": str(self.worker.id),
            "role": "practitioner",
            "site": str(id_of("site", PLACE)),
            "programme": str(id_of("programme", programme_at(PLACE))),
            "words": "Pour vous accompagner.",
        }
        self.post(find("patrick"), person, "directory/care-relations", body)

    def catalogue(self) -> tuple[str, list[str]]:
        """The published questionnaire on quality of life, and its themes."""
        found = self.door.get(self.oldest, "/assessment/v1/catalogues")["catalogues"]
        one = next(c for c in found if c["kind"] == "quality_of_life")
        whole = self.door.get(self.oldest, f"/assessment/v1/catalogues/{one['id']}")
        return one["id"], [theme["theme"] for theme in whole["themes"]]

    def sitting(self, person: Person, number: int, rounds: int) -> str:
        """A portrait, answered and answered again; its id."""
        catalogue, themes = self.catalogue()
        opened = str(uuid5(IDS, f"{person.key}/{number}"))
        self.post(person, person, "assessment/assessments", {"id": opened, "catalogue": catalogue})
        home = f"assessment/assessments/{opened}"
        for turn in range(rounds):
            items = [
                {"theme": theme, "value": (17 * n + 29 * turn + number) % 101}
                for n, theme in enumerate(themes)
            ]
            self.post(person, person, f"{home}/ratings/batches", {"mode": "atomic", "items": items})
        for rank, theme in enumerate(themes[:3], 1):
            self.post(person, person, f"{home}/stars", {"theme": theme, "rank": rank})
        show = {"parts": ["quality_of_life", "strengths"], "audience": [str(self.worker.id)]}
        self.post(person, person, f"{home}/sharings", show)
        return opened

    def live(self, person: Person, *, sittings: int, rounds: int, more: int) -> str:
        """A life of so many portraits; `more` strengths, ties and looks, as a share of the long one."""
        last = ""
        for number in range(sittings):
            last = self.sitting(person, number, rounds)
        for number in range(STRENGTHS * more // 100):
            body = {"kind": "personal", "words": f"Je sais demander ({number})"}
            self.post(person, person, "assessment/resources/strengths", body)
        for number in range(TIES * more // 100):
            self.post(
                person,
                person,
                "network/network/ties",
                {"name": f"Proche {number}", "kind": "person"},
            )
        mine = {"audience": [str(self.worker.id)]}
        self.post(person, person, "network/network/sharings", mine)
        self.post(person, person, "plans/plans", {})
        path = f"/assessment/v1/persons/{person.id}/assessments/{last}"
        for _ in range(LOOKS * more // 100):
            self.door.get(self.worker, path)
        return last

    def settle(self) -> None:
        """Until every view has seen everything, and the planner knows the tables."""
        databases = databases_of(self.server)
        settings = Settings.read(self.installation.home.environment(self.port, databases))
        until = time.monotonic() + PATIENCE
        while any(behind(settings, plan) for plan in plans().values()):
            if time.monotonic() > until:
                raise SystemExit("the views do not catch up: no figures")
            time.sleep(0.2)
        for name in databases:
            with connect(self.server.conninfo(name)) as connection:
                connection.execute("VACUUM (ANALYZE)")


def behind(settings: Settings, plan: Plan) -> bool:
    """Whether a service has anything that is not sealed, or not yet in one of its views."""
    sources = sources_of(settings, plan)
    try:
        found = status(plan.name, settings.conninfo(plan.name, "reader"), sources, plan.all_views)
    finally:
        for source in sources.values():
            source.close()
    return found.unsealed > 0 or any(view.behind_events for view in found.views)


def programme_at(site: str) -> str:
    every = [p for house in cast()["organisations"] for p in house["programmes"]]
    return str(next(p["id"] for p in every if p["site"] == site))


def token_of(home: Home, url: str, who: Person) -> str:
    return mint_for(Kept(home.issuer).signing_key(), who, issuer=home.issuer_of(url))


def quiet(*_: object, **__: object) -> None:
    """What an installation says while it starts."""


@contextmanager
def house() -> Iterator[House]:
    """Made for this run, and gone after it."""
    folder = Path(tempfile.mkdtemp(prefix="cosigne-bench-"))
    folder.chmod(0o711)
    home = Home(folder / "data", folder / "keys")
    home.make()
    port = free_port()
    installation = Installation(home, port, quiet)
    installation.postgres.folder.hold()
    try:
        server = installation.postgres.start()
        installation.start(server, demo=False)
        url = f"http://127.0.0.1:{port}"
        door = Door(url, lambda who: token_of(home, url, who))
        made = House(installation, server, port, url, door)
        for page in scene():
            door.send(page.who, page.how, page.path, page.body, {})
        yield made
    finally:
        installation.family.stop()
        installation.postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
