"""The filters of the trail, as they are asked for in a query."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import marshmallow as ma
from marshmallow import validate

from services.reporting.api.saying.wording import SERVICES
from services.reporting.views.alone import TABS
from services.reporting.views.asking import BY_LIFE, BY_RECORDING, Asked
from shared.http.pages import PageQuery
from shared.http.schemas import Id, Moment, Strict, one_of
from shared.kernel import PARTS

ATTESTATIONS = ("own", "claimed", "confirmed", "disputed")
ORDERS = ("oldest", "newest")
STORED_NAME = validate.Regexp(r"^[a-z_]+\.[a-z_]+$")


def yes_or_no(**kwargs: Any) -> ma.fields.Boolean:
    return ma.fields.Boolean(truthy={"true"}, falsy={"false"}, **kwargs)


class FilterQuery(Strict):
    """All may be combined; those on contributors must hold for one and the same contributor."""

    stream = Id(metadata={"description": "One assessment, plan, catalogue …"})
    decisions = yes_or_no(metadata={"description": "Decisions only."})
    author = Id(metadata={"description": "Whose act it is."})
    actor = Id(metadata={"description": "Who was signed in."})
    contributor = Id(metadata={"description": "Who took part."})
    part = one_of(PARTS)
    attestation = one_of(ATTESTATIONS, metadata={"description": "As it stands now."})
    type = ma.fields.String(validate=STORED_NAME, metadata={"example": "plans.goal_agreed"})
    service = one_of(SERVICES)
    site = Id()
    programme = Id()
    recorded_from = Moment()
    recorded_until = Moment(metadata={"description": "A day is meant to its end."})
    occurred_from = Moment()
    occurred_until = Moment(metadata={"description": "A day is meant to its end."})
    order = one_of(ORDERS, load_default="oldest")


class TrailQuery(FilterQuery, PageQuery):
    """The filters, page by page."""


class PeriodQuery(PageQuery):
    occurred_from = Moment()
    occurred_until = Moment(metadata={"description": "A day is meant to its end."})
    order = one_of(ORDERS, load_default="oldest")


class TimelineQuery(PeriodQuery):
    entry = Id(metadata={"description": "That one alone."})
    tab = one_of(tuple(TABS), metadata={"description": "What belongs to one of her tabs."})
    looks = yes_or_no(load_default=True, metadata={"description": "Who looked at it, too."})


PLAIN = (
    "entry", "tab", "stream", "author", "actor", "contributor", "part", "attestation", "type", "service", "site",
    "programme",
)  # fmt: skip
BEGINS = ("recorded_from", "occurred_from")
ENDS = ("recorded_until", "occurred_until")


def asked_for(
    query: Mapping[str, Any],
    zone: Any,
    person: UUID | None = None,
    *,
    by_life: bool = False,
    hours: bool = True,
) -> Asked:
    """The filters of a query; days begin and end in the organisation's zone.

    For whom hours are not told, an instant asked for is its whole day: else halving the time
    between two would find the hour.
    """
    moments = {name: query.get(name) for name in (*BEGINS, *ENDS)}
    if not hours:
        moments = {name: day_of(moment, zone) for name, moment in moments.items()}
    given: dict[str, Any] = {name: query.get(name) for name in PLAIN}
    begins: dict[str, Any] = {name: begin(moments[name], zone) for name in BEGINS}
    ends: dict[str, Any] = {name: end(moments[name], zone) for name in ENDS}
    return Asked(
        person=person,
        decisions=bool(query.get("decisions")),
        apart_from_looks=not query.get("looks", True),
        by=BY_LIFE if by_life else BY_RECORDING,
        newest_first=query.get("order") == "newest",
        **given,
        **begins,
        **ends,
    )


def day_of(moment: date | datetime | None, zone: Any) -> date | None:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def begin(moment: date | datetime | None, zone: Any) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment, time(), zone)


def end(moment: date | datetime | None, zone: Any) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime.combine(moment + timedelta(days=1), time(), zone)
