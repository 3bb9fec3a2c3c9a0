"""The privacy officer's page: what waits for an answer, a settlement or a check, by its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.paging import paged
from shared.kernel import NotFound

AT_ONCE = 50
# each list that waits here, and where it is asked for; its cursor stands in the address under its name
LISTS: Mapping[str, tuple[str, str]] = {
    "requests": ("directory/rights", "rights"),
    "disputes": ("reporting/disputes", "disputes"),
    "emergencies": ("directory/emergency-accesses-unreviewed", "emergency_accesses"),
    "erasures": ("directory/erasures", "erasures"),
}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("privacy", __name__, url_prefix="/privacy")

    @blueprint.before_request
    def for_whom() -> None:
        if not frame.someone().has("privacy_officer"):
            raise NotFound("route.unknown")

    @blueprint.get("")
    def waiting() -> AnyResponse:
        return show(Form())

    @blueprint.get("/answered")
    def answered() -> AnyResponse:
        """Requests that have their answer, page by page."""
        cursor = request.args.get("cursor", "")
        page, further = paged(frame.ask(), "directory/rights", state="answered", cursor=cursor)
        return frame.page("privacy_answered.html", requests=page["rights"], cursor=further)

    @blueprint.post("/disputes/<uuid:entry>")
    def settle(entry: UUID) -> AnyResponse:
        """Between two others, by someone who did not write it: in words that both read."""
        form, ask = Form.of(request.form), frame.ask()
        disputes, _ = listed("disputes")
        found = [d for d in disputes if d["entry"] == str(entry) and d["settle_at"]]
        if not found:
            raise NotFound("route.unknown")
        place = found[0]["settle_at"].removeprefix("/").replace("/v1/", "/", 1)
        body = {"words": form["words"], "outcome": form["outcome"]}
        try:
            ask.send(place, body, key=form.key)
        except Problem as problem:
            return show(form.wrong(problem), status=422, amiss=str(entry))
        return frame.done("/privacy", "privacy.settled")

    def listed(name: str) -> tuple[list[dict[str, Any]], str]:
        """The page asked for of one list, and the cursor of the next."""
        path, inside = LISTS[name]
        page, further = paged(frame.ask(), path, cursor=request.args.get(name), limit=AT_ONCE)
        return page[inside], further

    def show(form: Form, status: int = 200, amiss: str = "") -> AnyResponse:
        told = frame.ask().get("delivery/erasures-unacknowledged")
        found = {name: listed(name) for name in LISTS}
        return frame.page(
            "privacy.html",
            status=status,
            form=form,
            # words about one person never stand in a form about another
            forms={amiss: form},
            empty=Form(),
            amiss=amiss,
            unacknowledged=told["erasures"],
            further={name: cursor for name, (_, cursor) in found.items()},
            asked={name: request.args[name] for name in LISTS if name in request.args},
            **{name: page for name, (page, _) in found.items()},
        )

    return blueprint
