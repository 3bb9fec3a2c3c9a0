"""Then and now: her map on two days, side by side, and what came, went and changed in between."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.frame import Frame
from services.portal.pages.network import circle_names, day_asked, path_of, today_of
from services.portal.pictures.network import Told, drawn

# what a change is said with: chosen words of ours, or hers
CHOSEN = {"circle": "network.circle.", "line": "network.line."}
SUPPORT = ("received", "given")


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "network_then", __name__, url_prefix="/persons/<uuid:person>/network/then-and-now"
    )

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        subject, today = frame.subject(person), today_of(frame)
        since, until = (day_asked(request.args.get(name, "")) for name in ("since", "until"))
        until = min(until or today, today)
        if since is not None and since > until:
            since, until = until, min(since, today)
        found = between(person, since, until)
        if found is None:
            return frame.page("network_then.html", subject=subject, found=None)
        then, now = (frame.ask().get(path_of(person), as_of=found[d]) for d in ("since", "until"))
        how = {"went": found["lost"], "came": found["gained"]}
        marks = {tie["tie"]: mark for mark, ties in how.items() for tie in ties}
        drawings = drawn([then, now], circle_names(frame), marks)
        return frame.page(
            "network_then.html",
            subject=subject,
            found=found,
            today=today.isoformat(),
            begins=now["begins"],
            then=drawings[0],
            now=drawings[1],
            named={t["tie"]: t["name"] for t in (*found["lost"], *now["ties"])},
            changes=[said(change) for change in found["changed"]],
            still=still(found),
        )

    def between(person: UUID, since: date | None, until: date) -> Told | None:
        path = path_of(person, "evolution")
        ask = frame.ask()
        told: Told | None = ask.maybe(lambda: ask.get(path, since=since, until=until))
        return told

    def said(change: Told) -> dict[str, Any]:
        """A change in words: what it was, what it is."""
        return {
            **change,
            "before": worded(change["what"], change["before"]),
            "after": worded(change["what"], change["after"]),
        }

    def worded(what: str, told: Any) -> str:
        if told is None or told == []:
            return frame.say("network.not_said")
        if what in CHOSEN:
            return frame.say(f"{CHOSEN[what]}{told}")
        if what in SUPPORT:
            return ", ".join(frame.say(f"network.support.{kind}") for kind in told)
        return ", ".join(told) if isinstance(told, list) else str(told)

    return blueprint


def still(found: Told) -> list[Told]:
    """Those on both maps of whom nothing changed."""
    changed = {change["tie"] for change in found["changed"]} | set(found["paused"])
    return [tie for tie in found["kept"] if tie["tie"] not in changed]
