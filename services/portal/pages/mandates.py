"""An auditor's pages: the mandates, what they reach, and the record of a decision with its proof."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.frame import Frame
from services.portal.pages.paging import paged
from services.portal.pictures.by_day import by_month
from shared.kernel import NotFound

A_PAGE = 50
SERVICES = ("assessment", "network", "plans", "directory", "reporting")


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("mandates", __name__, url_prefix="/mandates")

    @blueprint.before_request
    def for_whom() -> None:
        if not frame.someone().has("auditor"):
            raise NotFound("route.unknown")

    @blueprint.get("")
    def mandates() -> AnyResponse:
        ask = frame.ask()
        listed = ask.get("directory/audit-mandates", limit=200)["audit_mandates"]
        house = frame.house().about
        named = {p["id"]: p["name"] for p in (*house["sites"], *house["programmes"])}
        told = [
            {**ask.get(f"directory/audit-mandates/{m['id']}"), **besides(m, named)} for m in listed
        ]
        return frame.page("mandates.html", mandates=told)

    @blueprint.get("/trail")
    def whole() -> AnyResponse:
        """What a mandate reaches, the latest first: decisions, unless all is asked for."""
        return trail("reporting/trail", person=None)

    @blueprint.get("/persons/<uuid:person>")
    def of_person(person: UUID) -> AnyResponse:
        return trail(f"reporting/persons/{person}/trail", person=person)

    @blueprint.get("/persons/<uuid:person>/decisions/<uuid:entry>")
    def decision(person: UUID, entry: UUID) -> AnyResponse:
        told = frame.ask().get(f"reporting/persons/{person}/decisions/{entry}")
        links = [told["decision"], *(s["entry"] for s in (*told["came_from"], *told["led_to"]))]
        return frame.page("mandates_decision.html", person=str(person), record=told, proofs=links)

    def trail(path: str, *, person: UUID | None) -> AnyResponse:
        asked = asked_for()
        ask = frame.ask()
        query = {"order": "newest", "limit": A_PAGE, **asked}
        found = ask.maybe(lambda: paged(ask, path, cursor=request.args.get("cursor", ""), **query))
        page, cursor = found or ({"entries": []}, "")
        entries: list[dict[str, Any]] = page["entries"]
        return frame.page(
            "mandates_trail.html",
            reached=found is not None,
            person=str(person) if person else "",
            name=name_in(entries, person),
            months=by_month(entries, frame.locale(), when="recorded_at"),
            asked=asked,
            services=SERVICES,
            cursor=cursor,
        )

    return blueprint


def asked_for() -> dict[str, str]:
    """The filters of the address: none of them holds words."""
    given = request.args
    asked = {"decisions": "true"} if given.get("what", "decisions") == "decisions" else {}
    if given.get("service") in SERVICES:
        asked["service"] = given["service"]
    for name in ("recorded_from", "recorded_until"):
        if given.get(name):
            asked[name] = given[name]
    return asked


def besides(mandate: Mapping[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """The day on which it was ended, which the list alone tells, and its places by name."""
    places = [named.get(place, "…") for place in (*mandate["sites"], *mandate["programmes"])]
    return {"ended_on": mandate["ended"], "places": places}


def name_in(entries: list[dict[str, Any]], person: UUID | None) -> str:
    """How she is called there, if she wrote or took part in any of it."""
    for entry in entries:
        for one in (entry["author"], *entry["contributors"]):
            if one["party"] == str(person):
                return str(one["name"])
    return ""
