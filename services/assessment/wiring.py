"""The only place where the assessment service is put together."""

from pathlib import Path
from uuid import UUID

from services.assessment.api import (
    assessments,
    catalogues,
    changes,
    from_files,
    ratings,
    regards,
    resources,
    sharings,
    shown_to_me,
    stars,
    themes,
    wordings,
)
from services.assessment.api.asking import ASSESSMENT
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.resources import Resources
from services.assessment.ledger import AssessmentLedger
from services.assessment.views.assessments import Assessments
from services.assessment.views.catalogues import Catalogues
from services.assessment.views.sharings import SharingsGiven
from shared.http.answers import answers
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.service import Plan

MAY_ANSWER = "assessment.answer"


def answers_in_assessments(desk: Desk) -> Blueprint:
    def stream(person: UUID, assessment: UUID) -> UUID:
        del person
        return assessment

    return answers(desk, Assessment, ASSESSMENT, may=MAY_ANSWER, stream=stream)


def answers_in_resources(desk: Desk) -> Blueprint:
    of = resources.resources_of
    return answers(desk, Resources, resources.PREFIX, may=MAY_ANSWER, stream=of)


def answers_in_catalogues(desk: Desk) -> Blueprint:
    prefix = "/v1/catalogues/<uuid:catalogue>"
    may = "catalogue.discuss"
    return answers(desk, Catalogue, prefix, may=may, stream=lambda catalogue: catalogue)


PLAN = Plan(
    name="assessment",
    title="Portraits · Assessment",
    description="What a person says of her life, and what others see beside it.",
    folder=Path(__file__).parent,
    ledger=AssessmentLedger,
    views=(Catalogues(), Assessments(), SharingsGiven()),
    routes=(
        catalogues.routes,
        wordings.routes,
        assessments.routes,
        ratings.routes,
        from_files.routes,
        regards.routes,
        stars.routes,
        sharings.routes,
        changes.routes,
        themes.routes,
        resources.routes,
        shown_to_me.routes,
        answers_in_assessments,
        answers_in_resources,
        answers_in_catalogues,
    ),
)
