"""What the feed of a subscription is asked, and what it answers."""

from __future__ import annotations

from typing import Any

from marshmallow import INCLUDE, fields, validate

from services.delivery.api.shapes import SUBSCRIPTION
from shared.http.pages import PageQuery
from shared.http.schemas import Id, Moment, Strict, many, with_act

EVENT = "3f0e6a4b-2f3f-8d55-9b7a-0197a0c26c1e"
PERSON = "6a4b2f3f-0197-8a0c-a2f3-f0e6a4b26c1e"
BATCH = "application/cloudevents-batch+json"
TOLD: dict[str, Any] = {
    "specversion": "1.0",
    "id": EVENT,
    "source": f"urn:cosigne:0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b20:subscription:{SUBSCRIPTION}",
    "type": "org.cosigne.plans.goal_agreed.v1",
    "time": "2026-02-03T00:00:00-05:00",
    "datacontenttype": "application/json",
    "dataschema": "urn:cosigne:schema:org.cosigne.plans.goal_agreed.v1",
    "sequence": "00000000000000000012",
    "subject": PERSON,
    "partitionkey": PERSON,
    "data": {"link": f"https://cosigne.example/delivery/v1/feed/{SUBSCRIPTION}/events/{EVENT}"},
}


class EventSchema(Strict):
    """CloudEvents 1.0. Open for whoever reads: further fields may come."""

    specversion = fields.String(required=True)
    id = Id(required=True)
    source = fields.String(required=True)
    type = fields.String(required=True)
    time = Moment(required=True)
    datacontenttype = fields.String()
    dataschema = fields.String()
    sequence = fields.String()
    subject = fields.String()
    partitionkey = fields.String()
    data = fields.Dict(required=True)

    class Meta:
        unknown = INCLUDE


class PlaceQuery(Strict):
    """From where a feed goes on: after an event, since a time, or from its beginning."""

    last_event = Id(
        data_key="lastEventId", metadata={"description": "The last event that was taken in."}
    )
    since = Moment(metadata={"description": "Or: what was put in its place since then."})
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))
    timeout = fields.Integer(
        load_default=0,
        validate=validate.Range(0, 30),
        metadata={"description": "For how many seconds to wait for something new."},
    )


class PendingQuery(Strict):
    limit = fields.Integer(load_default=100, validate=validate.Range(1, 500))


class StreamQuery(Strict):
    last_event = Id(
        data_key="lastEventId", metadata={"description": "Or the header Last-Event-ID."}
    )
    timeout = fields.Integer(load_default=50, validate=validate.Range(0, 50))


class SnapshotQuery(PageQuery):
    """Page after page. What came meanwhile may be in it already: it has the same id in the feed."""

    subject = Id(metadata={"description": "Of one person only, as this partner knows her."})


class SnapshotSchema(Strict):
    """`cursor` is the event after which the feed goes on; null: from its beginning."""

    events = many(fields.Nested(EventSchema), 5000, required=True)
    cursor = Id(allow_none=True)


class AcknowledgeSchema(Strict):
    event = Id(required=True)


class AcknowledgedSchema(Strict):
    acknowledged = fields.Integer(required=True)


class ErasureDoneSchema(Strict):
    event = Id(required=True)
    act = with_act()


class DoneSchema(Strict):
    event = Id(required=True)
    version = fields.Integer()
    entries = many(Id(), 10)


class ToldErasureSchema(Strict):
    subscription = Id(required=True)
    partner = Id(required=True)
    name = fields.String(allow_none=True)
    event = Id(required=True)
    sequence = fields.Integer(required=True)
    told_at = Moment(required=True)
    subject = Id(metadata={"description": "To the partner: whom to erase, as it knows her."})
    chased = fields.Integer(metadata={"description": "How often it was told again since."})


class ToldErasuresSchema(Strict):
    erasures = many(fields.Nested(ToldErasureSchema), 200, required=True)
