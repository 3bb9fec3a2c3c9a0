"""An event of each kind as a fictional partner would get it, made as delivery makes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from cosigne.people import id_of, tenant_of
from cosigne.reference.offered import Kind, kinds
from services.delivery.domain.cloud_event import Place, cloud_event
from services.delivery.domain.names import event_name, pseudonym
from services.delivery.domain.offer import OFFER, WITHHELD

URL = "https://cosigne.example/delivery"
ZONE = ZoneInfo("America/Toronto")
AT = datetime(2026, 2, 3, 15, 4, 5, tzinfo=UTC)
SECRET = b"an example's secret, 32 bytes at"
TENANT, SUBSCRIPTION = tenant_of("tisserands"), id_of("subscription", "quai")
PARTNER, PERSON = id_of("party", "quai"), id_of("party", "an example")
VALUES: Mapping[str, Any] = {
    "goal": str(id_of("goal", "an example")),
    "action": str(id_of("action", "an example")),
    "number": 1,
    "starts": "2026-02-03",
    "ends": "2026-08-03",
    "next_review": "2026-05-04",
    "due": "2026-03-01",
    "tabs": ["plan"],
    "until": "2026-12-31",
}
WORDS = {"plans.action_added": "Visiter l’appartement du troisième."}
A_GOAL = "Avoir ma propre clé."


@cache
def example(stored: str, sequence: int, *, full: bool = False) -> dict[str, Any]:
    kind = next(one for one in kinds() if one.stored == stored)
    place = Place(
        tenant=TENANT,
        subscription=SUBSCRIPTION,
        sequence=sequence,
        id=event_name(SECRET, SUBSCRIPTION, id_of("entry", stored)),
        type=stored,
        subject=pseudonym(SECRET, PARTNER, PERSON) if kind.of_somebody else None,
        at=AT,
        by_her=stored == "plans.goal_agreed",
        data=told(kind) if full or stored not in OFFER else None,
        withheld=stored == WITHHELD,
    )
    return cloud_event(place, zone=ZONE, url=URL)


def told(kind: Kind) -> dict[str, Any]:
    """Ids under the names that the partner has for them."""
    found = {}
    for name in kind.data:
        if name == "link":
            continue
        value = WORDS.get(kind.stored, A_GOAL) if name == "words" else VALUES[name]
        hidden = name in ("goal", "action")
        found[name] = str(pseudonym(SECRET, PARTNER, UUID(value))) if hidden else value
    return found
