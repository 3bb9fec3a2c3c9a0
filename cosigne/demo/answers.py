"""How what people say about an entry is told: disputed, answered, corrected, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cosigne.demo.memory import Life
from cosigne.demo.portraits import Tell, send
from cosigne.demo.teller import Event, Teller
from cosigne.people import Person

NAMES = ("decision", "event")


def answering(place: str) -> Tell:
    """The entry is named in the cast by the key it was told with."""

    def tell(teller: Teller, event: Event, person: Person, life: Life) -> None:
        told: Mapping[str, Any] = event["data"]
        entry = life.entries[next(told[name] for name in NAMES if name in told)]
        home = life.homes[entry]
        body = {k: v for k, v in told.items() if k not in NAMES}
        path = f"{home}/entries/{entry}/{place}"
        send(teller, event, person, home=home, path=path, body=body)

    return tell


ANSWERS: Mapping[str, Tell] = {
    "contribution_disputed": answering("disputes"),
    "dispute_answered": answering("dispute-answers"),
    "correction_recorded": answering("corrections"),
    "words_withdrawn": answering("withdrawals"),
}
