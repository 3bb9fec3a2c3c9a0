"""One thing that happened: who took part, where it came from, and what can still be said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.answering import answer, ways
from shared.kernel import NotFound

# the forms of the page: which answer each gives, and what of it is sent
SAYING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "confirm": ("confirmations", ()),
    "dispute": ("disputes", ("reason",)),
    "answer": ("dispute-answers", ("words", "outcome")),
    "correct": ("corrections", ("words",)),
    "withdraw": ("withdrawals", ()),
    "misfile": ("misfilings", ("reason",)),
}


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "history_entry", __name__, url_prefix="/persons/<uuid:person>/history/<uuid:entry>"
    )

    @blueprint.get("")
    def read(person: UUID, entry: UUID) -> AnyResponse:
        return show(person, entry, Form())

    @blueprint.get("/withdraw")
    def before_withdrawing(person: UUID, entry: UUID) -> AnyResponse:
        """What goes and what stays, said before anything is taken back."""
        return show(person, entry, Form(), template="history_withdraw.html", needs="withdraw")

    @blueprint.post("/<any(confirm, dispute, answer, correct, withdraw, misfile):how>")
    def say(person: UUID, entry: UUID, how: str) -> AnyResponse:
        form = Form.of(request.form)
        what, names = SAYING[how]
        body = {name: form[name] for name in names if form[name]}
        try:
            answer(frame.ask(), entry_of(person, entry), what, body, key=form.key)
        except Problem as problem:
            return show(person, entry, form.wrong(problem), status=422, opened=how)
        return frame.done(f"/persons/{person}/history/{entry}", f"history.done.{how}")

    @blueprint.get("/worry")
    def worry(person: UUID, entry: UUID) -> AnyResponse:
        return show(person, entry, Form(), template="history_worry.html")

    @blueprint.post("/worry")
    def tell_worry(person: UUID, entry: UUID) -> AnyResponse:
        """To the privacy officer, as a request for an explanation that is due within a month."""
        form = Form.of(request.form)
        words = {"words": form["words"]} if form["words"] else {}
        body = {"right": "explanation", "about": str(entry), **words}
        try:
            frame.ask().send(f"directory/persons/{person}/rights", body, key=form.key)
        except Problem as problem:
            again = form.wrong(problem)
            return show(person, entry, again, template="history_worry.html", status=422)
        return frame.done(f"/persons/{person}/history/looks", "history.done.worry")

    def entry_of(person: UUID, entry: UUID) -> dict[str, Any]:
        found = frame.ask().get(f"reporting/persons/{person}/timeline", entry=entry)["entries"]
        if not found:
            raise NotFound("route.unknown")
        told: dict[str, Any] = found[0]
        return told

    def show(
        person: UUID,
        entry: UUID,
        form: Form,
        *,
        template: str = "history_entry.html",
        needs: str = "",
        status: int = 200,
        opened: str = "",
    ) -> AnyResponse:
        subject, ask = frame.subject(person), frame.ask()
        told = entry_of(person, entry)
        can = ways(told, frame.visitor().party)
        if needs and needs not in can:
            raise NotFound("route.unknown")
        chain: dict[str, Any] = {}
        if told["decision"] and template == "history_entry.html":
            where = f"reporting/persons/{person}/decisions/{entry}"
            chain = ask.maybe(lambda: ask.get(where)) or {}
        return frame.page(
            template,
            status=status,
            subject=subject,
            entry=told,
            can=can,
            chain=chain,
            form=form,
            forms={how: form if how == opened else Form() for how in SAYING},
            opened=opened,
            answerable=subject.hers or "representative" in subject.relations,
        )

    return blueprint
