"""The organisation itself: what it was registered with, and from which age one consents alone."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_name
from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.office import office
from services.portal.pages.office_known import filled

AGES = range(12, 19)
REGIONS = ("CA-QC",)  # those of which we have the name; of others the country is said


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
        return frame.page(
            "office_house.html",
            status=status,
            form=form,
            told=told,
            ages=AGES,
            country=country(told["country"]),
            hour=hour_in_words(told["timezone"], frame.locale()),
        )

    def country(code: str) -> str:
        named = country_in_words(code, frame.locale())
        return f"{frame.say(f'office.region.{code}')} ({named})" if code in REGIONS else named

    return blueprint


def country_in_words(code: str, locale: str) -> str:
    """« Canada » of CA and of CA-QC; a code that nobody has named stays as it is."""
    return str(Locale.parse(locale, sep="-").territories.get(code.partition("-")[0], code))


def hour_in_words(timezone: str, locale: str) -> str:
    """« heure de l’Est » of America/Toronto."""
    spoken = Locale.parse(locale, sep="-")
    return get_timezone_name(ZoneInfo(timezone), zone_variant="generic", locale=spoken)
