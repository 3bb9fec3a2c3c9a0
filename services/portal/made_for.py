"""A form is kept for whoever it was made for: on a shared device somebody else may be here by now.

Her page stays open in one tab while another signs in beside it. Sent then, her words would be kept
as the other's own.
"""

from __future__ import annotations

from flask import Flask, request

from services.portal.asking import Problem
from services.portal.frame import Frame

FIELD = "for"  # stands in each form beside its key


def keep_for_whom_it_was_made(app: Flask, frame: Frame) -> None:
    def guard() -> None:
        made_for = request.form.get(FIELD, "") if request.method == "POST" else ""
        visitor = frame.visitor()
        if made_for and visitor.signed_in and made_for != visitor.party:
            raise Problem(409, sentence=frame.say("not_kept.another", name=visitor.name))

    app.before_request(guard)
