"""Several organisations' lives told by their commands, and a file of what was acknowledged."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httpx

from bench.running import TLS
from cosigne.crowd import ROLES, Crowd, House
from cosigne.demo.door import Door, Refusal
from cosigne.demo.scale.telling import HouseTeller
from cosigne.issuer.local import LocalIssuer
from cosigne.people import Person

SIZE, AT_ONCE = 10, 4  # thousandths of the real one; when all is told, others follow
VIEWS_BEHIND = 15.0  # seconds: what is unknown for longer is a rule's no, and life goes on without
PAUSE, LONGEST = 0.1, 2.0
CURABLE = frozenset({429, 500, 502, 503, 504})


class Over(Exception):
    """The time is over: whoever waits for an answer goes without."""


@dataclass
class Ledger:
    """One line for each command that was answered yes, written before the next one is sent."""

    file: Path
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def acknowledged(self, who: Person, path: str, key: str, body: Any, answer: Any) -> None:
        items = [item.get("entries") or [] for item in answer.get("items") or ()]
        line = {
            "tenant": str(who.organisation.id) if who.organisation else None,
            "service": path.split("/")[1],
            # scale/<life>/<moment>: what one life says is said one after the other
            "life": key.split("/")[1],
            "path": path,
            "body": body,
            "items": items,
            "entries": [*answer.get("entries", ()), *(one for item in items for one in item)],
        }
        with self.lock, self.file.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps(line, ensure_ascii=False) + "\n")
            self.counts["commands"] += 1


class PatientDoor(Door):
    """Asks again, with the same key, whatever went wrong on the way; any number of threads."""

    def __init__(self, url: str, issuer: LocalIssuer, ledger: Ledger) -> None:
        super().__init__(url, lambda who: issuer.token(who.key), VIEWS_BEHIND)
        self.ledger, self.over = ledger, threading.Event()
        self.client = httpx.Client(base_url=url, timeout=20, verify=TLS, trust_env=False)

    def _call(
        self,
        who: Person,
        method: str,
        path: str,
        body: Mapping[str, Any] | None,
        headers: Mapping[str, str],
    ) -> tuple[int, Any]:
        sent, pause = self.headers(who, headers), PAUSE
        while not self.over.is_set():
            try:
                answer = self.client.request(method, path, json=body, headers=sent)
            except httpx.TransportError as trouble:
                self.count(f"no answer: {type(trouble).__name__}")
            else:
                if answer.status_code not in CURABLE:
                    told = answer.json() if answer.content else {}
                    if method != "GET" and answer.status_code < 400:
                        key = headers.get("Idempotency_Key", "")
                        self.ledger.acknowledged(who, path, key, body, told)
                    return answer.status_code, told
                self.count(f"answered {answer.status_code}")
            self.over.wait(pause)
            pause = min(LONGEST, 1.5 * pause)
        raise Over

    def count(self, what: str) -> None:
        with self.ledger.lock:
            self.ledger.counts[what] += 1


@dataclass
class Load:
    """Some organisations at the same time, week after week; then others, until it is over."""

    door: PatientDoor
    seed: int
    houses: list[House] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.threads = [
            threading.Thread(target=self.tell, args=(number,), daemon=True)
            for number in range(AT_ONCE)
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        self.door.over.set()
        for thread in self.threads:
            thread.join(60)
        self.door.client.close()

    def tell(self, number: int) -> None:
        with suppress(Over):
            for later in count():
                houses = Crowd(self.seed + number + AT_ONCE * later, SIZE).houses
                house = houses[number % len(houses)]
                self.houses.append(house)
                self.tell_house(HouseTeller(house, self.door, lambda _: None))

    def tell_house(self, teller: HouseTeller) -> None:
        try:
            for _, moments in teller.weeks():
                teller.tell(moments)
        except (Refusal, OSError) as trouble:
            self.trouble.append(str(trouble))
        finally:
            self.refused.update(teller.tally.refused)


def loaded(url: str, issuer: LocalIssuer, file: Path, seed: int) -> Load:
    return Load(PatientDoor(url, issuer, Ledger(file)), seed)


def once(what: str, happens: Any, patience: float = 600.0) -> None:
    """Wait for it, however busy the machine is. Raises SystemExit when it does not come."""
    until = time.monotonic() + patience
    while not happens():
        if time.monotonic() > until:
            raise SystemExit(f"not within {patience:.0f} s: {what}")
        time.sleep(0.2)


def people(load: Load) -> dict[str, frozenset[str]]:
    """By organisation: the ids of everyone in it."""
    return {
        str(house.organisation.id): frozenset(
            str(house.one(kind, number).id)
            for kind in ROLES
            for number in range(1, house.count(kind) + 1)
        )
        for house in load.houses
    }
