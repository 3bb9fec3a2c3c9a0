"""How the events of a summary are told: made of what was told before, shown, opened, ended."""

from __future__ import annotations

from collections.abc import Mapping

from cosigne.demo.memory import Life
from cosigne.demo.portraits import Tell, as_names, send
from cosigne.demo.teller import Event, Teller
from cosigne.people import Person, find, id_of

# what the cast calls a piece, where the entries of a life are remembered otherwise
PIECES = {"theme": "rating"}


def home(person: Person, life: Life) -> str:
    return f"/reporting/v1/persons/{person.id}/summaries/{life.ids['summary']}"


def made(teller: Teller, event: Event, person: Person, life: Life) -> None:
    number = life.number("summary")
    life.ids["summary"] = str(id_of("summary", f"{person.key}/{number}"))
    told = event["data"]
    pieces = [entry_called(name, life) for name in as_names(told["pieces"])]
    body = {
        "id": life.ids["summary"],
        "title": told["title"],
        "parts": [{"entry": entry} for entry in pieces],
    }
    path = f"/reporting/v1/persons/{person.id}/summaries"
    where = home(person, life)
    send(teller, event, person, home=where, path=path, body=body, names=("summary",))


def entry_called(name: str, life: Life) -> str:
    """`star:energie`, `theme:sommeil`, `strength:<her words>`: the entry in which it was told."""
    kind, _, rest = name.partition(":")
    return life.entries[f"{PIECES.get(kind, kind)}:{rest}"]


def shared(teller: Teller, event: Event, person: Person, life: Life) -> None:
    told, where = event["data"], home(person, life)
    body = {**told, "audience": str(find(told["audience"]).id)}
    name = f"shown:{told['audience']}"
    send(
        teller, event, person, home=where, path=f"{where}/shares", body=body,
        names=(name,), because=("summary",),
    )  # fmt: skip


def opened(teller: Teller, event: Event, person: Person, life: Life) -> None:
    where = home(person, life)
    names, because = (f"opened:{event['author']}",), (f"shown:{event['author']}",)
    send(
        teller, event, person, home=where, path=f"{where}/openings", body={},
        names=names, because=because,
    )  # fmt: skip


def share_ended(teller: Teller, event: Event, person: Person, life: Life) -> None:
    where = home(person, life)
    share = life.entries[f"shown:{event['data']['audience']}"]
    send(teller, event, person, home=where, path=f"{where}/shares/{share}/endings", body={})


SUMMARIES: Mapping[str, Tell] = {
    "summary_made": made,
    "summary_shared": shared,
    "summary_opened": opened,
    "summary_share_ended": share_ended,
}
