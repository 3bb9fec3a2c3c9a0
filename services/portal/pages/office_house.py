"""The organisation itself: what it was registered with, and from which age one consents alone."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.office import office
from services.portal.pages.office_known import filled

AGES = range(12, 19)


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "_house", "/organisation")

    @blueprint.get("")
    def read() -> AnyResponse:
        return show(Form())

    @blueprint.post("")
    def set_age() -> AnyResponse:
        form = Form.of(request.form)
        if not form["age"].isdecimal():
            which = frame.say("office.age_first")
            return show(form.amiss({"age": which}, which), status=422)
        body = {"age": int(form["age"]), **filled(form, "fr", "en")}
        try:
            frame.ask().put("directory/age-of-consent", body, key=form.key)
        except Problem as problem:
            return show(form.wrong(problem), status=422)
        frame.houses.forget(frame.visitor().organisation)
        return frame.done("/office/organisation", "office.age_kept")

    def show(form: Form, status: int = 200) -> AnyResponse:
        told = frame.ask().get("directory/organisation")
        return frame.page("office_house.html", status=status, form=form, told=told, ages=AGES)

    return blueprint
