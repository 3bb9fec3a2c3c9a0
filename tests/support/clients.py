"""Asking an operation as someone, and what of two answers must be the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import httpx

from tests.support.operations import Operation, Slot

# what differs from one answer to the next whatever is answered (how many requests are left, …)
PASSING = frozenset({"date", "server", "content-length", "ratelimit"})


@dataclass(frozen=True)
class Call:
    """One request, ready to be sent: by whom, to which places, with what."""

    who: str
    places: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    query: Mapping[str, str] = field(default_factory=dict)
    match: int | None = None
    # the rule that says no to everybody, where there is nobody to whom it says yes
    refused: str | None = None

    def at(self, slot: Slot) -> str | None:
        """The id that stands in a slot, if one does."""
        here: Any = {"path": self.places, "query": self.query, "body": self.body}[slot.where]
        for part in slot.way:
            if part == "[]":
                here = here[0] if isinstance(here, list) and here else None
            else:
                here = here.get(part) if isinstance(here, Mapping) else None
        return here

    def put(self, operation: Operation, slot: Slot, value: str) -> "Call":
        if slot.where == "path":
            return replace(self, places={**self.places, slot.name: value})
        if slot.where == "query":
            return replace(self, query={**self.query, slot.name: value})
        return replace(self, body=operation.with_id(self.body or {}, slot.way, value))

    def ids(self, operation: Operation) -> dict[Slot, str]:
        return {slot: found for slot in operation.slots if (found := self.at(slot))}

    def never(self, operation: Operation) -> tuple["Call", dict[str, str]]:
        """The same with ids that nothing ever had; and which stands for which."""
        call, made = self, {}
        for slot, value in self.ids(operation).items():
            made[value] = made.get(value, str(uuid4()))
            call = call.put(operation, slot, made[value])
        return call, made


def ask(
    client: httpx.Client, operation: Operation, call: Call, headers: Mapping[str, str] | None = None
) -> httpx.Response:
    sent = dict(headers or {})
    if call.match is not None:
        sent["If-Match"] = f'"{call.match}"'
    return client.request(
        operation.method,
        f"/{operation.service}{operation.path.format(**call.places)}",
        json=call.body,
        params=dict(call.query) or None,
        headers=sent,
    )


@dataclass(frozen=True)
class Seen:
    """All of an answer that tells its reader something."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


def seen(answer: httpx.Response, echoed: Iterable[tuple[str, str]] = ()) -> Seen:
    """The answer; ids it merely repeats from the request are called by the same name."""
    kept = ((k.lower(), v) for k, v in answer.headers.items() if k.lower() not in PASSING)
    whole = Seen(answer.status_code, tuple(sorted(kept)), answer.text)
    for told, name in echoed:
        headers = tuple((k, v.replace(told, name)) for k, v in whole.headers)
        whole = Seen(whole.status, headers, whole.body.replace(told, name))
    return whole
