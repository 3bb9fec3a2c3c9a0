"""What happened: her history in plain words, day by day, and who looked at it."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.frame import Frame
from services.portal.pages.paging import paged
from services.portal.pictures.by_day import by_month

TABS = {
    "life": "quality_of_life",
    "network": "network",
    "strengths": "strengths",
    "plan": "plan",
}
A_PAGE = 40


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("history", __name__, url_prefix="/persons/<uuid:person>/history")

    @blueprint.get("")
    def timeline(person: UUID) -> AnyResponse:
        """All that was written, the latest first; of one tab, if asked."""
        tab = request.args.get("tab", "")
        asked = {"tab": TABS.get(tab), "looks": "false"}
        return told(person, "timeline", asked, part="all", tab=tab if tab in TABS else "")

    @blueprint.get("/decisions")
    def decisions(person: UUID) -> AnyResponse:
        return told(person, "decisions", {}, part="decisions", tab="")

    def told(
        person: UUID, what: str, asked: dict[str, str | None], *, part: str, tab: str
    ) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        found = ask.maybe(
            lambda: paged(
                ask,
                f"reporting/persons/{person}/{what}",
                order="newest",
                limit=A_PAGE,
                cursor=request.args.get("cursor", ""),
                **asked,
            )
        )
        page, cursor = found or ({"entries": []}, "")
        return frame.page(
            "history.html",
            subject=subject,
            part=part,
            tab=tab,
            months=by_month(page["entries"], frame.locale()),
            cursor=cursor,
        )

    @blueprint.get("/looks")
    def looks(person: UUID) -> AnyResponse:
        """Who looked, day by day, each with the reason. Hers to read, and nobody else's."""
        subject = frame.subject(person)
        page, cursor = paged(
            frame.ask(),
            f"reporting/persons/{person}/looks/days",
            limit=A_PAGE,
            cursor=request.args.get("cursor", ""),
        )
        return frame.page(
            "history_looks.html",
            subject=subject,
            part="looks",
            months=by_month(page["looks"], frame.locale(), when="day"),
            cursor=cursor,
        )

    return blueprint
