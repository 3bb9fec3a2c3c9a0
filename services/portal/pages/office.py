"""The administrator's first page: what is missing before anything else, then where everything is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint
from werkzeug.wrappers import Response as AnyResponse

from services.portal.frame import Frame
from services.portal.pages.office_known import everyone, posts_in
from shared.kernel import NotFound

Told = Mapping[str, Any]


def office(frame: Frame, name: str, path: str = "") -> Blueprint:
    """Pages for an administrator alone: for anyone else there is nothing here."""
    blueprint = Blueprint(f"office{name}", __name__, url_prefix=f"/office{path}")

    @blueprint.before_request
    def for_whom() -> None:
        if not frame.someone().has("administrator"):
            raise NotFound("route.unknown")

    return blueprint


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "")

    @blueprint.get("")
    def start() -> AnyResponse:
        ask = frame.ask()
        told = ask.get("directory/organisation")
        open_already = bool(told["ready"])
        roles = {post["role"] for post in posts_in(everyone(ask, "parties"))}
        persons = ask.get("directory/persons", limit=1)["persons"]
        return frame.page(
            "office.html",
            told=told,
            before_opening=before_opening(told),
            then=then(told, roles, someone=bool(persons)) if open_already else (),
        )

    return blueprint


def before_opening(told: Told) -> Sequence[str]:
    """What a portal does not open without."""
    missing = {"help_lines": not told["help_lines"], "delay": not told["reading_delay"]}
    return [name for name, is_missing in missing.items() if is_missing]


def then(told: Told, roles: set[str], *, someone: bool) -> Sequence[str]:
    """What comes next in an organisation that has just begun, in the order in which it is needed."""
    missing = {
        "programme": not any(programme["open"] for programme in told["programmes"]),
        "practitioner": not roles & {"practitioner", "peer_worker"},
        "privacy_officer": "privacy_officer" not in roles,
        "person": not someone,
    }
    return [name for name, is_missing in missing.items() if is_missing]
