"""The first page: hers for a person, the people they accompany for those who work here."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response as AnyResponse

from services.portal.frame import Frame
from services.portal.navigation import person_places
from services.portal.subject import around_each


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("home", __name__)

    @blueprint.get("/")
    def first() -> AnyResponse:
        visitor = frame.visitor()
        if not visitor.signed_in:
            return redirect("/welcome", 303)
        if visitor.is_person:
            return frame.page("home.html", doors=person_places(visitor.party))
        around = frame.ask().get("directory/me/persons")["persons"]
        people = [relations[0] for relations in around_each(around).values()]
        return frame.page("my_persons.html", people=people, shown=shown_to_me())

    def shown_to_me() -> dict[str, list[str]]:
        """What each shows, told without looking at anyone's record."""
        ask = frame.ask()
        told = ask.maybe(lambda: ask.get("assessment/shown-to-me")["assessments"]) or []
        shown: dict[str, list[str]] = {}
        for one in told:
            shown.setdefault(one["person"], []).extend(one["parts"])
        return shown

    return blueprint
