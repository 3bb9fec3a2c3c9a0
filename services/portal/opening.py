"""Before any page of a person: the organisation is ready, and she was told what to know first."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.frame import Frame
from services.portal.notices import given, next_of
from shared.kernel import Refused

OFFICE = "/office/"
AT_MOST = 10_000  # people remembered as told, so that each page does not ask again


class NotOpen(Refused):
    """Whom to call is not said, or not any more, since the page was opened."""

    status = 503


class Opening:
    """Remembers in this process who was told; what was given is never taken back."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self.told: set[str] = set()

    def guard(self) -> AnyResponse | None:
        person = (request.view_args or {}).get("person")
        visitor = self.frame.visitor()
        if not visitor.signed_in or (person is None and request.path != "/"):
            return None
        if request.path.startswith(OFFICE):
            return None  # where an administrator makes it ready
        house = self.frame.house()
        if house.unknown:
            raise Problem(house.unknown)
        if not house.ready and request.method == "GET":
            return self.frame.page("not_open.html", status=503)
        if not house.ready:
            raise NotOpen("not_open.meanwhile")  # what was written stays on the page
        here = request.path.split("/")
        hers = visitor.is_person and str(person or visitor.party) == visitor.party
        if request.method != "GET" or not hers or "notices" in here:
            return None
        text = self.first_to_read(visitor.party)
        if text is None:
            return None
        to = urlencode({"next": request.full_path.rstrip("?")})
        return redirect(f"/persons/{visitor.party}/notices/{text}?{to}", 303)

    def first_to_read(self, person: str) -> str | None:
        if person in self.told:
            return None
        try:
            about = self.frame.ask().get(f"directory/persons/{person}")
        except Problem as problem:
            if problem.status == 401:
                return None  # the page itself asks to sign in again
            raise
        text = next_of(given(about["notices"]))
        if text is None:
            if len(self.told) >= AT_MOST:
                self.told.clear()
            self.told.add(person)
        return text


def open_when_ready(app: Flask, frame: Frame) -> None:
    app.before_request(Opening(frame).guard)
