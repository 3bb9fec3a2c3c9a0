"""Every kind of event a partner may be told: its name for people, when it is sent, what is in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from services.delivery.domain.cloud_event import type_of
from services.delivery.domain.offer import (
    CONSENTED,
    ERASED,
    OFFER,
    TERMS,
    TEST,
    WITHDRAWN,
    WITHHELD,
)
from shared.contracts.schema import Schema, path_of

SENTENCES = Path(__file__).parents[2] / "services" / "reporting" / "sentences"
WHEN: Mapping[str, str] = {
    "plans.plan_opened": "Her plan has begun.",
    "plans.review_held": "The plan was looked at again with her.",
    "plans.plan_closed": "The plan has ended.",
    "plans.goal_agreed": "She has said yes to a goal; nobody else's yes is told.",
    "plans.goal_achieved": "The goal is reached.",
    "plans.goal_paused": "The goal rests.",
    "plans.goal_resumed": "The goal is taken up again.",
    "plans.goal_set_aside": "The goal is no longer pursued.",
    "plans.action_added": "There is a new step towards a goal.",
    "plans.action_accepted": "Whoever the step falls to has accepted it.",
    "plans.action_done": "The step is done.",
    "plans.action_dropped": "The step will not be done.",
    CONSENTED: "She has consented that this partner is told of her; what follows is told.",
    WITHDRAWN: "She has taken a consent back; what was told of her is no longer covered by it.",
    ERASED: "She was erased. Erase what you hold of her, and acknowledge it; told again daily.",
    TEST: "Somebody asked for a test.",
    WITHHELD: "In the place of an event that may not be told (any more), so that there is no hole.",
}
# kinds that are no facts have their names here
NAMED: Mapping[str, tuple[str, str]] = {
    TEST: ("Essai", "Test"),
    WITHHELD: ("Événement retenu", "Event withheld"),
}
WORDS: Schema = {"type": "string", "description": "Her words."}
PSEUDONYM = "A name of this partner's own, the same each time."
LINK: Schema = {
    "type": "string",
    "format": "uri",
    "description": "Where the event is read whole, and each reading is kept.",
}


@dataclass(frozen=True)
class Kind:
    """`data` is all that it may tell; `always` what a full payload never lacks."""

    stored: str
    fr: str
    en: str
    when: str
    data: Mapping[str, Schema]
    always: tuple[str, ...] = ()

    @property
    def type(self) -> str:
        return type_of(self.stored)

    @property
    def thin(self) -> tuple[str, ...]:
        """What a thin payload holds: the link, or the little that there is."""
        return ("link",) if "link" in self.data else tuple(self.data)

    @property
    def of_somebody(self) -> bool:
        return self.stored not in NAMED

    @property
    def asked_for(self) -> bool:
        """Whether it is among the types of a subscription; the rest is told to every one."""
        return self.stored in OFFER


@cache
def kinds() -> tuple[Kind, ...]:
    return tuple(kind_of(stored) for stored in WHEN)


def kind_of(stored: str) -> Kind:
    fr, en = NAMED.get(stored) or label(stored)
    fields = dict(fields_of(stored))
    needed = contract(stored).get("required", ()) if stored in OFFER else ()
    # words stay here where they grew from a sensitive theme, or from someone on her map
    always = tuple(name for name in fields if name in needed and name != "words")
    if stored in OFFER:
        fields, always = {"link": LINK, **fields}, ("link", *always)
    return Kind(stored, fr, en, WHEN[stored], fields, always)


def fields_of(stored: str) -> Iterator[tuple[str, Schema]]:
    """As the contract of the fact has them; what is null there is absent here."""
    offered = TERMS if stored == CONSENTED else OFFER.get(stored)
    if offered is None:
        return
    told = contract(stored)["properties"]
    for name in (*offered.ids, *offered.values):
        type_ = told[name]["type"]
        kept = next(t for t in type_ if t != "null") if isinstance(type_, list) else type_
        said = {"description": PSEUDONYM} if name in offered.ids else {}
        yield name, {**told[name], "type": kept, **said}
    if "wording" in told:
        yield "words", WORDS


def contract(stored: str) -> Schema:
    file = path_of(stored, 1)
    told: Schema = json.loads(file.read_text("utf-8")) if file.exists() else {}
    return told


def label(stored: str) -> tuple[str, str]:
    """As the trail calls it."""
    service, _, name = stored.partition(".")
    told: Any = json.loads((SENTENCES / f"{service}.json").read_text("utf-8"))
    said = told[name]["label"]
    return said["fr"], said["en"]
