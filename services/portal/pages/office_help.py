"""Whom to call, and how soon the teams read: what a portal does not open without."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.asking import Problem
from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.house import House
from services.portal.pages.office import office
from services.portal.pages.office_known import filled
from services.portal.pictures.square_code import square_code

MOST, BLANK = 20, 2
AT = "/office/help-lines"
# whom anyone may call, by the country; other countries' numbers are not ours to guess
ANYWHERE = {"CA": ("danger_ca", "talk_ca"), "FR": ("danger_fr", "talk_fr")}
Row = Mapping[str, str]


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "_help", "/help-lines")

    @blueprint.get("")
    def read() -> AnyResponse:
        return show(Form(), Form())

    @blueprint.post("")
    def set_lines() -> AnyResponse:
        """The lines in their order; one that was emptied is gone."""
        form = Form.of(request.form)
        written = [row for row in rows_of(form) if any(row.values())]
        if halves := [n for n, row in enumerate(written) if not all(row.values())]:
            both = frame.say("office.both_languages")
            return show(form.amiss({f"line-{n}": both for n in halves}, both), Form(), status=422)
        return kept("help-lines", {"lines": written}, form, "office.lines_kept")

    @blueprint.post("/delay")
    def set_delay() -> AnyResponse:
        form = Form.of(request.form)
        return kept("reading-delay", filled(form, "fr", "en"), form, "office.delay_kept")

    @blueprint.get("/poster")
    def poster() -> AnyResponse:
        """A page to print: whom to call, and how to come back to it without signing in."""
        told = frame.ask().get("directory/organisation")
        address = f"{frame.url}/help-now?place={told['poster']}"
        code = square_code(address)
        return frame.page("office_poster.html", told=told, address=address, code=code)

    def kept(path: str, body: Mapping[str, Any], form: Form, code: str) -> AnyResponse:
        try:
            told = frame.ask().put(f"directory/{path}", body, key=form.key)
        except Problem as problem:
            wrong = form.wrong(problem)
            lines, delay = (wrong, Form()) if path == "help-lines" else (Form(), wrong)
            return show(lines, delay, status=422)
        opens = told["ready"] and not frame.house().ready
        frame.houses.forget(frame.visitor().organisation)
        return frame.done("/office" if opens else AT, "office.opens" if opens else code)

    def show(lines: Form, delay: Form, status: int = 200) -> AnyResponse:
        told = frame.ask().get("directory/organisation")
        written = [row for row in rows_of(lines) if any(row.values())]
        rows = written or told["help_lines"] or offered(frame, House.of(told))
        return frame.page(
            "office_help.html",
            status=status,
            told=told,
            lines=lines,
            delay=delay,
            rows=[*rows, *[{}] * min(BLANK, MOST - len(rows))],
            offered=not told["help_lines"] and not written and rows,
        )

    return blueprint


def rows_of(form: Form) -> Sequence[Row]:
    """Line by line, as it was written in both languages."""
    french, english = form.given.getlist("fr"), form.given.getlist("en")
    return [{"fr": fr.strip(), "en": en.strip()} for fr, en in zip(french, english, strict=False)]


def offered(frame: Frame, house: House) -> Sequence[Row]:
    """The lines that anyone may call in that country, to begin with: kept only if she keeps them."""
    return [
        {
            language: frame.sentences.say(f"office.line.{line}", language)
            for language in ("fr", "en")
        }
        for line in ANYWHERE.get(house.country[:2], ())
    ]
