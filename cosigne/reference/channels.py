"""The channels of the AsyncAPI document: webhooks, the feed, and the feed kept open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from cosigne.reference.examples import AT, SECRET, SUBSCRIPTION, example
from cosigne.reference.offered import Kind, kinds
from services.delivery.api.feed_shapes import BATCH
from services.delivery.api.stream import MEDIA
from services.delivery.domain.names import signing_seed, webhook_secret
from shared.http.webhooks import Keys, signed_headers

Part = dict[str, Any]
STRUCTURED = "application/cloudevents+json"
KEYS = Keys(webhook_secret(SECRET, SUBSCRIPTION, 1), signing_seed(SECRET, SUBSCRIPTION, 1))
WEBHOOK_HEADERS: Mapping[str, str] = {
    "webhook-id": "The id of the event: the same at each attempt.",
    "webhook-timestamp": "The second of this attempt; five minutes old is too old.",
    "webhook-signature": (
        "Over `webhook-id.webhook-timestamp.body`, several with a space between them: `v1` "
        "(HMAC-SHA256) and `v1a` (Ed25519) of each secret that counts."
    ),
}
FEED_HEADERS: Mapping[str, str] = {
    "Cosigne-Feed-Head": "The last sequence of the log.",
    "Cosigne-Feed-Lag": "How many are still to come after these.",
    "Cosigne-Feed-First": "The first sequence that is still there.",
}
ASKED: Mapping[str, Part] = {
    "lastEventId": {
        "type": "string",
        "format": "uuid",
        "description": "The last event that was taken in; without it, from the beginning.",
    },
    "since": {
        "type": "string",
        "format": "date-time",
        "description": "Or: what was put in its place since then.",
    },
    "limit": {"type": "integer", "minimum": 1, "maximum": 500, "default": 100},
    "timeout": {
        "type": "integer",
        "minimum": 0,
        "maximum": 30,
        "default": 0,
        "description": "For how many seconds to wait for something new.",
    },
}


def channels() -> Part:
    return {"webhook": webhook(), "feed": feed(), "stream": stream()}


def messages() -> Part:
    return {kind.type: message(number, kind) for number, kind in enumerate(kinds(), 1)}


def webhook() -> Part:
    return {
        "address": None,
        "title": "Webhooks",
        "description": "Where the subscription says; thin or full, 20 kB at most.",
        "servers": [{"$ref": "#/servers/partner"}],
        "messages": {kind.type: {"$ref": f"#/components/messages/{kind.type}"} for kind in kinds()},
    }


def message(number: int, kind: Kind) -> Part:
    """An event as it comes by webhook, signed with keys that no subscription has."""
    payloads = {
        "thin": example(kind.stored, number),
        "full": example(kind.stored, number, full=True),
    }
    if payloads["thin"] == payloads["full"]:
        del payloads["full"]
    return {
        "name": kind.type,
        "title": f"{kind.fr} · {kind.en}",
        "summary": kind.when,
        "contentType": STRUCTURED,
        "headers": texts(WEBHOOK_HEADERS),
        "payload": {"$ref": f"#/components/schemas/{kind.type}"},
        "examples": [
            {
                "name": form,
                "headers": signed_headers([KEYS], payload["id"], AT, orjson.dumps(payload)),
                "payload": payload,
            }
            for form, payload in payloads.items()
        ],
    }


def feed() -> Part:
    told = [example(kind.stored, number) for number, kind in enumerate(kinds()[:2], 1)]
    read = dict(zip(FEED_HEADERS, ("2", "0", "1"), strict=True))
    batch = {
        "name": "batch",
        "title": "What comes after a place",
        "summary": "In order, none passed over; empty: nothing more for now.",
        "contentType": BATCH,
        "headers": texts(FEED_HEADERS),
        "payload": {"type": "array", "items": any_event()},
        "examples": [
            {"name": "two", "headers": read, "payload": told},
            {"name": "caught up", "headers": read, "payload": []},
        ],
    }
    return read_there("/v1/feed/{subscription}/events", "The feed", {"batch": batch})


def stream() -> Part:
    told = example(kinds()[0].stored, 1)
    event = {
        "name": "event",
        "title": "Each event as it comes",
        "summary": "Server-sent: `id`, `event` (its type), `data` (the event, in JSON).",
        "contentType": MEDIA,
        "payload": any_event(),
        "examples": [{"name": "one", "payload": told}],
    }
    return read_there("/v1/feed/{subscription}/stream", "The feed, kept open", {"event": event})


def read_there(address: str, title: str, messages: Part) -> Part:
    return {
        "address": address,
        "title": title,
        "description": "With a token of the partner's own sign-in.",
        "servers": [{"$ref": "#/servers/cosigne"}],
        "parameters": {"subscription": {"description": "The id of the subscription."}},
        "messages": messages,
    }


def any_event() -> Part:
    return {"oneOf": [{"$ref": f"#/components/schemas/{kind.type}"} for kind in kinds()]}


def texts(described: Mapping[str, str]) -> Part:
    said = {name: {"type": "string", "description": told} for name, told in described.items()}
    return {"type": "object", "properties": said, "required": list(described)}
