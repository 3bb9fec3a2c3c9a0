"""What a new subscriber begins with: what stands now, and the event after which the feed goes on."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from flask import Response

from services.delivery.api.asking import reading
from services.delivery.api.feed_shapes import EVENT, TOLD, SnapshotQuery, SnapshotSchema
from services.delivery.api.following import leaving, occasion
from services.delivery.views.consented import (
    consenting,
    consents_in_force,
    open_tabs,
    require_followed,
)
from services.delivery.views.log import come
from services.delivery.views.places import remember
from services.delivery.views.snapshot import id_at, of_persons, stand
from services.delivery.views.subscriptions import SubscriptionRow
from services.delivery.views.telling import Told, tell
from shared.access.freshness import NotFreshError
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.postgres.pool import Connection

NOBODY = UUID(int=0)
PATIENCE, LOOK_EVERY = 3.0, 0.05


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "snapshots",
        __name__,
        url_prefix="/v1/feed/<uuid:subscription>",
        description="Where a subscriber begins, and begins again.",
    )

    @blueprint.get("/snapshot")
    @blueprint.doc(
        summary="All that stands now, so many people a page, and where the feed goes on."
    )
    @blueprint.arguments(SnapshotQuery, location="query")
    @blueprint.response(
        200, SnapshotSchema, example={"events": [without_place(TOLD)], "cursor": EVENT}
    )
    def snapshot(query: dict[str, Any], subscription: UUID) -> Response:
        one = reading(desk, subscription)
        pages = desk.pages(one.tenant_id)
        page = pages.asked(query, one.tenant_id, one.partner)
        after, last = NOBODY, None
        if page.after is not None:
            after, last = UUID(str(page.after[0])), int(page.after[1] or 0)
        last = stood(desk, one) if last is None else last
        only = query.get("subject")
        told, more = desk.view(
            one.tenant_id, lambda c: page_of(c, desk, one, after, page.limit, only)
        )
        cursor = desk.view(one.tenant_id, lambda c: id_at(c, one.tenant_id, subscription, last))
        shown = leaving(desk, one, [t for t in told if not t.place.withheld])
        answer = desk.answer_read({"events": shown, "cursor": cursor})
        place = None if more is None else (str(more), last)
        return pages.turned(answer, page, place, tenant=one.tenant_id, reader=one.partner)

    return blueprint


def without_place(event: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name != "sequence"}


def stood(desk: Desk, one: SubscriptionRow) -> int:
    """Where the log stands, once all that has a place there can be told. Raises NotFreshError."""
    upto = desk.view(one.tenant_id, lambda c: stand(c, one.tenant_id, one.subscription))
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        seen = desk.view(one.tenant_id, come)
        if all(seen.get(source, gpos) >= gpos for source, gpos in upto.sources.items()):
            return upto.last
        time.sleep(LOOK_EVERY)
    raise NotFreshError("access.not_fresh")


def page_of(
    connection: Connection,
    desk: Desk,
    one: SubscriptionRow,
    after: UUID,
    limit: int,
    only: UUID | None,
) -> tuple[list[Told], UUID | None]:
    """What stands of the next people who consent, and the last of them where more may follow."""
    require_followed(connection)
    on = occasion(desk, one, full=one.payload == "full")
    where = (connection, one.tenant_id, one.partner)
    everyone = consenting(*where, at=on.at, today=on.today)
    open_to = open_tabs(*where, everyone, at=on.at, today=on.today)
    # by the name this partner has for each: neither an id nor its rank among ids may leave
    named = sorted((on.name(p), p) for p, tabs in open_to.items() if tabs)
    following = [(name, p) for name, p in named if name == only or (only is None and name > after)]
    chosen = following[:limit]
    persons = [p for _, p in chosen]
    consents = consents_in_force(connection, one, persons, at=on.at, today=on.today)
    rows = of_persons(connection, one, on.secret, persons, consents)
    remember(connection, (one.tenant_id, one.subscription), {row.whose for row in rows})
    order = {p: number for number, p in enumerate(persons)}
    rows.sort(key=lambda row: (order[row.whose], row.at, row.gpos))
    return tell(connection, rows, on), chosen[-1][0] if len(following) > limit else None
