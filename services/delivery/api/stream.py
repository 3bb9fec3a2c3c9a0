"""The feed as server-sent events: one connection, and each event as soon as it has its place."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
from flask import Response, request, stream_with_context

from services.delivery.api.asking import reading
from services.delivery.api.feed_shapes import TOLD, EventSchema, StreamQuery
from services.delivery.api.following import headers_of, sequence_of, told_after, wait_for_more
from services.delivery.views import log
from services.delivery.views.subscriptions import SubscriptionRow
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.fields import ID
from shared.kernel import Refused

MEDIA = "text/event-stream"
AT_A_TIME, BEAT = 100, 10.0


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "stream",
        __name__,
        url_prefix="/v1/feed/<uuid:subscription>",
        description="The same feed, kept open.",
    )

    @blueprint.get("/stream")
    @blueprint.doc(
        summary="Each event as it comes, with the head every ten seconds; connect again at its end."
    )
    @blueprint.arguments(StreamQuery, location="query")
    @blueprint.response(200, EventSchema, example=TOLD, content_type=MEDIA)
    def stream(query: dict[str, Any], subscription: UUID) -> Response:
        one = reading(desk, subscription)
        last = query.get("last_event") or last_event()
        after = desk.view(one.tenant_id, lambda c: sequence_of(c, one, last))
        head = desk.view(one.tenant_id, lambda c: log.head(c, one.tenant_id, subscription))
        lines = stream_with_context(following(desk, one, after, query["timeout"]))
        return Response(lines, mimetype=MEDIA, headers=headers_of(head, after))

    return blueprint


def last_event() -> UUID | None:
    """What a browser or a library sends by itself when it connects again."""
    sent = request.headers.get("Last-Event-ID", "")
    return UUID(sent) if ID.match(sent) else None


def following(desk: Desk, one: SubscriptionRow, after: int, seconds: float) -> Iterator[bytes]:
    """For as long as was asked; whoever may not read any more hears nothing more."""
    until = time.monotonic() + seconds
    yield b"retry: 1000\n\n"
    while True:
        try:
            reading(desk, one.subscription)
            told, head = told_after(desk, one, after, AT_A_TIME)
        except Refused:
            return  # why, it is told when it connects again
        for event in told:
            after = int(event["sequence"])
            yield b"id: %s\nevent: %s\ndata: %s\n\n" % (
                event["id"].encode(),
                event["type"].encode(),
                orjson.dumps(event),
            )
        yield b": head %d\n\n" % head.last
        left = until - time.monotonic()
        if left <= 0:
            return
        if not told and not wait_for_more(desk, one, after, min(left, BEAT)):
            return  # others wait already: it connects again
