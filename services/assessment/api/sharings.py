"""Showing: what, to whom, until she stops; the meetings held over it; what one was shown."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.assessment.api.asking import ASSESSMENT, name
from services.assessment.api.seeing import answered
from services.assessment.api.shapes import KARIM, PORTRAIT, PortraitShape
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import EndSharing, HoldSharingMeeting, ShareAssessment
from services.assessment.domain.showing import TABS
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Flag, Id, Words, many, one_of, said

MOST_THEMES = 200


class ShareAsked(Asked):
    """To named parties, to her team, or both; all of a tab but what she leaves out."""

    audience = many(Id(), 50)
    my_team = Flag()
    parts = many(one_of(TABS), len(TABS), required=True)
    only_themes = many(name(), MOST_THEMES)
    except_themes = many(name(), MOST_THEMES)


class EndAsked(Asked):
    """For those named; for all when none is."""

    audience = many(Id(), 50)


class MeetingAsked(Asked):
    themes = many(fields.String(), MOST_THEMES)
    words = Words()
    led_by = Id()


SHARE = {"audience": [KARIM], "parts": ["quality_of_life"], "except_themes": ["intimite"]}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "sharings",
        __name__,
        url_prefix=ASSESSMENT,
        description="Nothing shows by itself. The latest word on a party and a tab decides.",
    )

    @blueprint.post("/sharings")
    @blueprint.doc(summary="Show it. Only she can, from her own sign-in.")
    @blueprint.arguments(ShareAsked, example=SHARE)
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def share_assessment(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.share")
        command = ShareAssessment(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/sharings/<uuid:sharing>/ending")
    @blueprint.doc(summary="Stop showing it, without saying why.")
    @blueprint.arguments(EndAsked, example={})
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def end_sharing(
        body: dict[str, Any], person: UUID, assessment: UUID, sharing: UUID
    ) -> Response:
        act = desk.act(body, person=person, may="assessment.share")
        command = EndSharing(act=act, stream=assessment, sharing=sharing, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    @blueprint.post("/meetings")
    @blueprint.doc(summary="Note that it was talked over together.")
    @blueprint.arguments(
        MeetingAsked,
        example={
            "themes": ["travail", "sommeil"],
            "act": {"setting": "meeting", "contributors": [{"party": KARIM, "part": "discussed"}]},
        },
    )
    @blueprint.response(201, PortraitShape, example=PORTRAIT)
    def hold_meeting(body: dict[str, Any], person: UUID, assessment: UUID) -> Response:
        act = desk.act(body, person=person, may="assessment.meet")
        command = HoldSharingMeeting(act=act, stream=assessment, **said(body))
        return answered(desk, desk.execute(Assessment, command), act)

    return blueprint
