"""The degree of coproduction of one person's intervention, or of one plan: for those who take part.

What she keeps from a reader leaves no trace in what that reader is told: the degree is read from
what these eyes see, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from flask import Response

from services.reporting.api.coproduction_shapes import (
    COPRODUCTION,
    CoproductionSchema,
    DegreeQuery,
)
from services.reporting.api.reading import Reading, reading_of
from services.reporting.api.saying.measuring import measure_word
from services.reporting.api.saying.wording import part
from services.reporting.api.shown import when
from services.reporting.domain.degree import ACCEPTED, COVERED, METHOD, VERSION, Degree, Step
from services.reporting.domain.entry import Entry
from services.reporting.domain.intervention import (
    APART,
    NOT_ABOUT_A_PLAN,
    Intervention,
    of_plan,
    whole,
)
from services.reporting.domain.marks import OPENED, Marks
from services.reporting.domain.sight import Sight
from services.reporting.domain.steps import LOOKING_BACK
from services.reporting.views.asking import hers
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import NotFound

NO_PLAN_SHOWN = "no_plan_shown"


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "coproduction",
        __name__,
        url_prefix="/v1/persons/<uuid:person>/coproduction",
        description="How far the person's own part went, step by step. No score, no rank.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="The degree of coproduction, in its two readings.")
    @blueprint.arguments(DegreeQuery, location="query")
    @blueprint.response(200, CoproductionSchema, example=COPRODUCTION)
    def coproduction(query: dict[str, Any], person: UUID) -> Response:
        reading = reading_of(desk, person, may="coproduction.read", scope="coproduction")
        told = desk.view(reading.tenant, lambda c: hers(c, reading.tenant, person))
        found = intervention(marks_for(reading, person, told), query.get("plan"))
        return desk.answer_read(shown(desk, reading, person, found))

    return blueprint


def marks_for(reading: Reading, person: UUID, told: Iterable[Entry]) -> Marks:
    """What these eyes may read of her entries. How she found the service is hers alone."""
    told = list(told)
    marks = Marks.told(person, told)
    if reading.eyes.hers:
        return marks
    seen = {entry.id for entry in told if reading.sight(entry) is Sight.WHOLE}
    hers_alone = {
        id_
        for id_, mark in marks.all.items()
        if marks.questionnaires.get(mark.stream) in LOOKING_BACK
    }
    return marks.only(seen - hers_alone)


def intervention(marks: Marks, plan: UUID | None) -> Intervention:
    found = whole(marks) if plan is None else of_plan(marks, plan)
    if found is None:
        raise NotFound("plan.unknown", field="plan")
    return found


def shown(desk: Desk, reading: Reading, person: UUID, found: Intervention) -> Mapping[str, Any]:
    own, locale = reading.eyes.hers, reading.locale
    zone = desk.zone(reading.tenant)
    days = sorted(when(mark.occurred, zone, hour=False) for _, mark in found.steps)
    seen = "everything" if own else "what_is_shown"
    reason = None if found.about_a_plan else NOT_ABOUT_A_PLAN if own else NO_PLAN_SHOWN
    opened = [m for m in found.marks.all.values() if m.type == OPENED]
    return {
        "person": person,
        "plan": found.plan,
        "about_a_plan": found.about_a_plan,
        "reason": reason,
        "reason_said": reason and measure_word("reason", reason, locale),
        "method": {"name": METHOD, "version": VERSION},
        "seen": seen,
        "seen_said": measure_word("seen", seen, locale),
        "n": len(found.steps),
        "begins": days[0] if days else None,
        "ends": days[-1] if days else None,
        "catalogues": list(dict.fromkeys(m.catalogue for m in opened if m.catalogue)),
        "readings": [
            {
                "reading": name,
                "label": measure_word("reading", name, locale),
                "hers": shown_degree(degree, locale, own=own),
                "apart": apart(found, name, locale),
            }
            for name, degree in found.readings().items()
        ],
    }


def apart(found: Intervention, reading: str, locale: str) -> list[Mapping[str, Any]]:
    degrees = {role: found.apart(role, reading) for role in APART}
    return [
        {
            "role": role,
            "label": part("role", role, locale),
            "steps": [
                {
                    "step": step.step,
                    "label": measure_word("step", step.step, locale),
                    "levels": levels(step, "apart", locale),
                }
                for step in degree.steps
                if step.levels
            ],
        }
        for role, degree in degrees.items()
        if any(step.levels for step in degree.steps)
    ]


def levels(step: Step, words: str, locale: str, *, own: bool = False) -> list[dict[str, str]]:
    return [
        {"level": level, "said": measure_word(words, level, locale, own=own)}
        for level in step.levels
    ]


def shown_degree(degree: Degree, locale: str, *, own: bool) -> Mapping[str, Any]:
    steps = [measure_word("step", s, locale) for s in degree.of(COVERED) + degree.of(ACCEPTED)]
    if degree.name is None:
        said = measure_word("reason", str(degree.reason), locale)
    else:
        said = measure_word("degree", degree.name, locale, own=own)
    return {
        "degree": degree.name,
        "said": said.replace("{steps}", ", ".join(steps)),
        "reason": degree.reason,
        "steps": [shown_step(s, locale, own=own) for s in degree.steps],
    }


def shown_step(step: Step, locale: str, *, own: bool) -> Mapping[str, Any]:
    state = "went_on" if step.went_on else step.state
    return {
        "step": step.step,
        "label": measure_word("step", step.step, locale),
        "state": step.state,
        "said": measure_word("state", state, locale, own=own),
        "levels": levels(step, "level", locale, own=own),
        "went_on": list(step.went_on),
    }
