"""What the plan may be about: a theme suggested, left out by her, and taken up again by her alone."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.forms import Form
from services.portal.pages.planning import Planning, filled

# each page: where it is kept, the name of its text field
WAYS = {
    "suggest": ("themes-considered", "words"),
    "leave-out": ("themes-declined", "reason"),
    "take-up": ("themes-reconsidered", "reason"),
}


def routes(blueprint: Blueprint, planning: Planning) -> None:
    @blueprint.get("/<uuid:plan>/themes/<any('suggest', 'leave-out'):way>")
    def before_saying(person: UUID, plan: UUID, way: str) -> AnyResponse:
        return show(person, plan, way, Form())

    @blueprint.post("/<uuid:plan>/themes/<any('suggest', 'leave-out', 'take-up'):way>")
    def say_of_theme(person: UUID, plan: UUID, way: str) -> AnyResponse:
        """The theme is chosen from a list, or named in one's own words."""
        form = Form.of(request.form)
        what, words = WAYS[way]
        return planning.keep(
            person,
            f"plans/{plan}/{what}",
            {"theme": form["own"] or form["theme"], **filled(form, words)},
            form,
            then=(f"/persons/{person}/plan/{plan}", f"plan.theme.{way}.done"),
            again=lambda form: show(person, plan, way, form),
        )

    def show(person: UUID, plan: UUID, way: str, form: Form) -> AnyResponse:
        planned = planning.read(person, plan)
        titles, out = planned.sources.titles, planned.told["themes"]["left_out"]
        left_out = {one["theme"] for one in out}
        spheres = [
            (sphere, [t for t in themes if t["theme"] not in left_out])
            for sphere, themes in titles.spheres
        ]
        return planning.page(
            "plan_theme.html", planned, form, way=way, spheres=spheres, words=WAYS[way][1]
        )
