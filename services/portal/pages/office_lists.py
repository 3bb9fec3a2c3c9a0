"""Long lists of people: page after page by name, or those whose name holds some letters.

The letters are sent in a form: a name stands in no address, in no history of a browser.
"""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.frame import Frame
from services.portal.pages.office import office
from services.portal.pages.paging import paged

A_PAGE = 50
# what the office calls each list, and what the directory does
LISTS = {"staff": "parties", "persons": "persons"}


def pages(frame: Frame) -> Blueprint:
    blueprint = office(frame, "_lists")

    @blueprint.get("/<any(staff, persons):which>")
    def read(which: str) -> AnyResponse:
        return show(which, "", request.args.get("cursor", ""))

    @blueprint.post("/<any(staff, persons):which>")
    def find(which: str) -> AnyResponse:
        form = Form.of(request.form)
        return show(which, form["name"], form["cursor"])

    def show(which: str, name: str, cursor: str) -> AnyResponse:
        what = LISTS[which]
        page, further = paged(
            frame.ask(), f"directory/{what}", limit=A_PAGE, name=name[:120], cursor=cursor
        )
        return frame.page(
            "office_list.html",
            which=which,
            people=page[what],
            name=name,
            cursor=further,
            first=not cursor,
        )

    return blueprint
