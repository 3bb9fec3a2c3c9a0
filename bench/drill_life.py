"""Lives told through the public commands while the drill goes on, and what was acknowledged of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from uuid import uuid4

from cosigne.demo.door import Door, Refusal
from cosigne.demo.scene import house
from cosigne.people import Person, cast, find, organisations
from services.directory.domain.erasure import STATEMENT

HOUSE = "grand-heron"
ADMINISTRATOR, OFFICER = "patrick", "nathalie"
PAUSE = 0.05  # a light load: each teller waits so long between two commands


@dataclass(frozen=True)
class Said:
    """One answer that somebody was given: it happened, by this entry of this service's log."""

    at: datetime
    service: str
    entry: str


@dataclass
class Ledger:
    """Outside of the product: what was acknowledged, and what was not."""

    said: list[Said] = field(default_factory=list)
    cured: int = 0
    troubles: list[str] = field(default_factory=list)

    def acknowledged(self, service: str, told: dict[str, Any]) -> None:
        now = datetime.now(UTC)
        self.said += [Said(now, service, entry) for entry in told["entries"]]

    def before(self, moment: datetime) -> list[Said]:
        return [one for one in list(self.said) if one.at <= moment]


@dataclass
class Life:
    """Whom we told of: `words` are hers alone, and found nowhere else."""

    who: Person
    assessment: str
    words: list[str] = field(default_factory=list)

    def says(self) -> str:
        self.words.append(f"zéphyr{uuid4().hex[:12]}")
        return f"Voilà {self.words[-1]}."


class Teller:
    """Tells of one house, at one door; each thread has its own.

    What fails on the way, or at a server that is leaving, is sent again for `patience` seconds, with
    the same key: it is the same command.
    """

    def __init__(self, door: Door, ledger: Ledger, patience: float = 0.0) -> None:
        self.door, self.ledger, self.patience = door, ledger, patience

    def set_the_scene(self) -> None:
        for page in house(next(o for o in cast()["organisations"] if o["id"] == HOUSE)):
            self.door.send(page.who, page.how, page.path, page.body, {})

    def post(self, who: Person, whose: Person, service: str, path: str, body: Any) -> Any:
        told = self.send(who, "POST", f"/{service}/v1/persons/{whose.id}{path}", body)
        if "entries" in told:
            self.ledger.acknowledged(service, told)
        return told

    def send(self, who: Person, how: str, path: str, body: Any = None) -> Any:
        headers = {"Idempotency_Key": str(uuid4())} if body is not None else {}
        until = time.monotonic() + self.patience
        while True:
            try:
                return self.door.send(who, how, path, body, headers)
            except (Refusal, OSError, HTTPException) as trouble:
                if getattr(trouble, "status", 503) < 500 or time.monotonic() > until:
                    raise
                self.ledger.cured += 1
                time.sleep(0.2)

    def begin(self, key: str) -> Life:
        """Somebody comes: registered, with a portrait, a tie and a plan, her words in each."""
        here = organisations()[HOUSE]
        life = Life(Person(key, uuid4(), key, "person", here), str(uuid4()))
        who = life.who
        told = {"id": str(who.id), "name": life.says(), "sign_in_subject": who.subject}
        self.send(find(ADMINISTRATOR), "POST", "/directory/v1/persons", told)
        catalogues = self.send(who, "GET", "/assessment/v1/catalogues")["catalogues"]
        catalogue = next(c["id"] for c in catalogues if c["kind"] == "quality_of_life")
        opened = {"id": life.assessment, "catalogue": catalogue}
        self.post(who, who, "assessment", "/assessments", opened)
        self.post(who, who, "network", "/network/ties", {"name": life.says(), "kind": "person"})
        strength = {"words": life.says(), "kind": "personal"}
        self.post(who, who, "assessment", "/resources/strengths", strength)
        plan = self.post(who, who, "plans", "/plans", {})["id"]
        self.post(who, who, "plans", f"/plans/{plan}/goals", {"words": life.says()})
        return life

    def rate(self, life: Life, value: int) -> None:
        body = {"theme": "travail", "value": value % 101, "comment": life.says()}
        path = f"/assessments/{life.assessment}/ratings"
        self.post(life.who, life.who, "assessment", path, body)

    def ask_to_be_erased(self, life: Life) -> None:
        """She asks, and the officer grants it."""
        asked = {"right": "erasure", "statement": STATEMENT, "words": life.says()}
        told = self.post(life.who, life.who, "directory", "/rights", asked)
        [request] = [right["id"] for right in told["rights"] if right["right"] == "erasure"]
        granted = {"outcome": "granted", "reason": life.says()}
        path = f"/rights/{request}/answers"
        self.post(find(OFFICER), life.who, "directory", path, granted)

    def certified(self) -> int:
        """How many erasures are complete; nobody is told whose."""
        listed = self.door.get(find(OFFICER), "/directory/v1/erasures")["erasures"]
        return sum(one["stage"] == "certified" for one in listed)


@dataclass
class Load:
    """Some tellers, each with lives of its own, who go on until they are told to stop."""

    teller: Callable[[], Teller]
    ledger: Ledger
    tellers: int = 2
    pause: float = PAUSE
    lives: list[Life] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._turn = threading.Lock()  # held while the clock is set back
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        for number in range(self.tellers):
            thread = threading.Thread(target=self._tell, args=(number,), daemon=True)
            thread.start()
            self._threads.append(thread)

    def _tell(self, number: int) -> None:
        """Somebody new every twentieth time: her key is younger than any backup of before."""
        told = self.teller()
        turn, life = 0, None
        while not self._stop.wait(self.pause):
            with self._turn:
                try:
                    if life is None or turn % 20 == 0:
                        told.door.close()  # as somebody new would come, by whichever server
                        life = told.begin(f"guest-{number}-{turn}-{uuid4().hex[:6]}")
                        self.lives.append(life)
                    told.rate(life, turn)
                except (Refusal, OSError, HTTPException) as trouble:
                    self.ledger.troubles.append(str(trouble))
                    life = None
                turn += 1
        told.door.close()

    @contextmanager
    def held(self) -> Iterator[None]:
        with self._turn:
            yield

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)


def eventually(true: Callable[[], Any], what: str, patience: float = 600) -> None:
    until = time.monotonic() + patience
    while not true():
        if time.monotonic() > until:
            raise SystemExit(f"it did not come to pass: {what}")
        time.sleep(0.2)
