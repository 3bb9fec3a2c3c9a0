"""Emergency access: opened for oneself, for hours, with a reason that the person will read."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import MENDABLE, Form
from services.portal.frame import Frame
from shared.kernel import NotFound

HOURS = ("4", "12", "24", "72")
NUMBER = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint("emergency", __name__, url_prefix="/emergency")

    @blueprint.before_request
    def for_whom() -> None:
        if not frame.someone().has("practitioner", "peer_worker"):
            raise NotFound("route.unknown")

    @blueprint.get("")
    def before() -> AnyResponse:
        return show(Form())

    @blueprint.post("")
    def open_it() -> AnyResponse:
        form = Form.of(request.form)
        number = NUMBER.search(form["person"])
        if number is None:
            return show(form.amiss({"person": frame.say("emergency.no_number")}), status=422)
        person = UUID(number[0])
        hours = int(form["hours"]) if form["hours"] in HOURS else 4
        # whole minutes: the same form sent twice asks for the same thing
        expires = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(hours=hours)
        body = {"reason": form["reason"], "expires": expires.isoformat()}
        path = f"directory/persons/{person}/emergency-accesses"
        try:
            frame.ask().send(path, body, key=form.key)
        except Problem as problem:
            # someone whom one may not know of is a field to mend here: whose id was typed
            return show(form.wrong(problem, MENDABLE | {404}), status=422)
        return frame.done("/", "emergency.opened")

    def show(form: Form, status: int = 200) -> AnyResponse:
        return frame.page("emergency.html", status=status, form=form, hours=HOURS)

    return blueprint
