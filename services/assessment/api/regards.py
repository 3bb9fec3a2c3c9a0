"""The views of others beside her answer, and what is said of a theme together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from services.assessment.api.asking import ASSESSMENT, Shown, ThemeAsked
from services.assessment.api.seeing import answered
from services.assessment.api.shapes import ENTRY, KARIM, PORTRAIT, PortraitShape
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import (
    DiscussTheme,
    NoteView,
    PutOffDiscussion,
    ReviseView,
    WantTogether,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Id, Whole, Words, said


class ViewAsked(ThemeAsked):
    """In words, with a figure if one wishes."""

    words = Words()
    value = Whole()


class DiscussAsked(Shown, ThemeAsked):
    words = Words(required=True)


class PutOffAsked(ThemeAsked):
    words = Words()


class TogetherAsked(Asked):
    what = Words(required=True, longest=200)
    with_party = Id()
    words = Words()


VIEW = {"theme": "securite", "words": "Je le trouve encore inquiet le soir.", "value": 50}
REVISED = {
    "theme": "securite",
    "words": "Je comparais avec ma vie à moi. Lui compare avec la sienne.",
    "value": 90,
    "act": {"setting": "meeting", "because_of": [ENTRY]},
}
WISH = {
    "what": "mes objectifs",
    "with_party": KARIM,
    "words": "Je veux qu’on les fixe ensemble.",
}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "regards",
        __name__,
        url_prefix=ASSESSMENT,
        description="What others see, beside what she says; and the conversation about it.",
    )

    @blueprint.post("/views")
    @blueprint.doc(summary="Note one's own view beside an answer that she has shown.")
    @blueprint.arguments(ViewAsked, example=VIEW)
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def note_view(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.view")
        command = NoteView(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/views/revisions")
    @blueprint.doc(summary="Revise one's view, naming in `act.because_of` the words that moved it.")
    @blueprint.arguments(ViewAsked, example=REVISED)
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def revise_view(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.view")
        command = ReviseView(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/threads")
    @blueprint.doc(summary="Say something about a theme.")
    @blueprint.arguments(
        DiscussAsked,
        example={"theme": "travail", "words": "C’est d’être attendu quelque part le matin."},
    )
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def discuss_theme(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.discuss")
        command = DiscussTheme(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/threads/put-offs")
    @blueprint.doc(summary="Not today.")
    @blueprint.arguments(PutOffAsked, example={"theme": "travail", "words": "Pas aujourd’hui."})
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def put_off(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.discuss")
        command = PutOffDiscussion(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/together")
    @blueprint.doc(summary="Say what she would rather do with someone.")
    @blueprint.arguments(TogetherAsked, example=WISH)
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def want_together(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.discuss")
        command = WantTogether(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    return blueprint
