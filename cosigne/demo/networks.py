"""How the events of a map are told: one address below the map for each kind of word."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cosigne.demo.memory import Life
from cosigne.demo.portraits import Tell, send
from cosigne.demo.teller import Event, Teller
from cosigne.people import Person, id_of

NOT_SENT = frozenset({"alter", "perspective", "because_of", "key"})


def home(person: Person) -> str:
    return f"/network/v1/persons/{person.id}/network"


def tie_of(person: Person, event: Event) -> str:
    """The id that goals name a tie by, too."""
    return str(id_of("tie", f"{person.key}/{event['data']['alter']}"))


def fields(event: Event) -> dict[str, Any]:
    return {k: v for k, v in event["data"].items() if k not in NOT_SENT}


def added(teller: Teller, event: Event, person: Person, _: Life) -> None:
    alter = event["data"]["alter"]
    body = {"tie": tie_of(person, event), "name": alter, **fields(event)}
    send(
        teller, event, person, home=home(person), path=f"{home(person)}/ties", body=body,
        names=(f"tie:{alter}",),
    )  # fmt: skip


def of_tie(place: str) -> Tell:
    """A word about one tie, because of its being on the map."""

    def tell(teller: Teller, event: Event, person: Person, _: Life) -> None:
        path = f"{home(person)}/ties/{tie_of(person, event)}/{place}"
        name = f"tie:{event['data']['alter']}"
        send(
            teller, event, person, home=home(person), path=path, body=fields(event),
            because=(name,),
        )  # fmt: skip

    return tell


NETWORKS: Mapping[str, Tell] = {
    "tie_added": added,
    "tie_rated": of_tie("ratings"),
    "support_described": of_tie("support"),
    "tie_ended": of_tie("endings"),
    "tie_resumed": of_tie("resumptions"),
}
