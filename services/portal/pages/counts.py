"""A manager's counts: what was published, place by place, and publishing what may be said now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import RULES, Form
from services.portal.frame import Frame
from shared.kernel import NotFound

LEAST = {"inside": 5, "outside": 11}
Told = Mapping[str, Any]


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("counts", __name__, url_prefix="/counts")

    @blueprint.before_request
    def for_whom() -> None:
        if not frame.someone().has("manager"):
            raise NotFound("route.unknown")

    @blueprint.get("")
    def published() -> AnyResponse:
        return show(Form())

    @blueprint.post("")
    def publish() -> AnyResponse:
        """What may be said now, for good: a release is never taken back."""
        form = Form.of(request.form)
        outside = form["whom"] == "outside"
        least = LEAST["outside" if outside else "inside"]
        body = {"k": int(form["k"]) if form["k"].isdecimal() else least, "outside": outside}
        try:
            told = frame.ask().send("reporting/counts", body, key=form.key)
        except Problem as problem:
            return show(form.wrong(problem, RULES), status=422)
        return frame.done(f"/counts/{told['release']}", "counts.published")

    @blueprint.get("/<uuid:release>")
    def read(release: UUID) -> AnyResponse:
        told = frame.ask().get(f"reporting/counts/{release}")
        return frame.page("counts_release.html", release=told, counted=by_place(told["places"]))

    def show(form: Form, status: int = 200) -> AnyResponse:
        releases = frame.ask().get("reporting/counts")["releases"]
        return frame.page("counts.html", status=status, form=form, releases=releases, least=LEAST)

    return blueprint


def by_place(places: Sequence[Told]) -> list[dict[str, Any]]:
    """The whole first, then each site with its programmes, as they are told: never by a figure."""
    shown = [{**place, **as_rows(place["figures"])} for place in places]
    sites = [place for place in shown if place["level"] != "programme"]
    of = {place["site"] for place in sites}
    for place in shown:
        # of a site with few, a programme may be named where the site is not
        place["below"] = place["level"] == "programme" and place["site"] in of
    return sorted(shown, key=lambda place: order(place, sites))


def order(place: Told, sites: Sequence[Told]) -> tuple[int, str, bool, str]:
    """Where a place stands: by the names that are read, a programme right after its site."""
    names = {site["site"]: site["name"] for site in sites}
    first = 0 if place["level"] == "everywhere" else 1
    of_site = names.get(place["site"], "") if place["below"] else place["name"]
    return first, of_site, place["below"], place["name"]


def as_rows(figures: Sequence[Told]) -> dict[str, Any]:
    """Of how many people each thing is noted, and of how many with a part of their own.

    A row is there when anything of it may be said; the others are named as not given.
    """
    values = {one["figure"]: one["value"] for one in figures}
    rows = list(rows_of(values))
    told = [row for row in rows if row["noted"] is not None]
    return {"rows": told, "withheld": [row["what"] for row in rows if row["noted"] is None]}


def rows_of(values: Mapping[str, int | None]) -> Iterator[dict[str, Any]]:
    for figure, value in values.items():
        step, _, part = figure.partition(".")
        if part != "theirs":
            yield {"what": step, "noted": value, "theirs": values.get(f"{step}.theirs"), "of": part}
