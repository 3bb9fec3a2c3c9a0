"""With one person: what waits for whoever accompanies, and the next date. Opened on purpose.

It is a page of its own because every look at a record is told to the person: a list on the first
page would look at everyone's each morning.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Asking
from services.portal.frame import Frame
from shared.kernel import NotFound


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("upcoming", __name__)

    @blueprint.get("/persons/<uuid:person>/upcoming")
    def upcoming(person: UUID) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        if subject.hers:
            raise NotFound("route.unknown")
        path = f"plans/persons/{person}/waiting"
        waiting = ask.maybe(lambda: ask.get(path)["waiting"]) or []
        return frame.page(
            "upcoming.html", subject=subject, waiting=waiting, dates=next_dates(ask, person)
        )

    return blueprint


def next_dates(ask: Asking, person: UUID) -> list[str]:
    """When each open plan is looked at again, as its last review said."""
    path = f"plans/persons/{person}/plans"
    plans = ask.maybe(lambda: ask.get(path)["plans"]) or []
    open_ones = [one["id"] for one in plans if not one["closed"]]
    told = [ask.get(f"{path}/{plan}") for plan in open_ones]
    return sorted(date for plan in told for date in last_date(plan))


def last_date(plan: dict[str, Any]) -> list[str]:
    reviews = plan.get("reviews") or []
    return [reviews[-1]["next_review"]] if reviews and reviews[-1]["next_review"] else []
