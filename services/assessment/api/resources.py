"""Her strengths and what matters to her for what comes next."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from flask import Response

from services.assessment.api.asking import ReasonAsked, WordsAsked
from services.assessment.api.resource_shapes import (
    ASPIRATION,
    SHOWN,
    STRENGTH,
    AspirationAsked,
    ResourcesShape,
    StrengthAsked,
    shown,
)
from services.assessment.api.seeing import Telling, eyes_of_actor, eyes_of_reader
from services.assessment.api.sittings import shown_to_anyone, tab_shown
from services.assessment.domain.resources import Resources
from services.assessment.domain.resources_commands import (
    NameAspiration,
    NameStrength,
    RewordAspiration,
    RewordStrength,
    SetAspirationAside,
    SetStrengthAside,
)
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import said
from shared.kernel import Act, Command, NotFound

MAY = "resources.name"
PREFIX = "/v1/persons/<uuid:person>/resources"


def resources_of(person: UUID) -> UUID:
    """The one stream of a person's strengths and aspirations."""
    return uuid5(person, "resources")


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "resources",
        __name__,
        url_prefix=PREFIX,
        description="Strengths, personal or around her, and aspirations, in her words.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="Her strengths and aspirations, as this reader may see them.")
    @blueprint.response(200, ResourcesShape, example=SHOWN)
    def read_resources(person: UUID) -> Response:
        reader = desk.reading(person, may="resources.read", scope="strengths")
        eyes = eyes_of_reader(reader)
        try:
            state = desk.ledger.load(Resources, reader.tenant, resources_of(person), person)
        except NotFound:
            state = Resources(resources_of(person))
        # she sees all of it, whatever she shows: her portraits are read once, for the answer below
        tab_shows = not reader.is_self and tab_shown(desk, reader, "strengths")
        seen = state.seen_by(eyes, tab_shows=tab_shows)
        body = shown(Telling(eyes, desk.zone(reader.tenant)), seen)
        if not reader.is_self:
            return desk.answer_read(body)
        shared = shown_to_anyone(desk, reader.tenant, person, "strengths")
        told = {**body, "shared": shared, "version": state.version}
        return desk.answer_read(told, state.version)

    about_strengths(desk, blueprint)
    about_aspirations(desk, blueprint)
    return blueprint


def about_strengths(desk: Desk, blueprint: Blueprint) -> None:
    @blueprint.post("/strengths")
    @blueprint.doc(summary="Name a strength.")
    @blueprint.arguments(StrengthAsked, example=STRENGTH)
    @blueprint.response(201, ResourcesShape, example=SHOWN)
    def name_strength(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decide(desk, act, NameStrength(**on(act), **said(body)))

    @blueprint.post("/strengths/<uuid:strength>/wordings")
    @blueprint.doc(summary="Say a strength in other words.")
    @blueprint.arguments(WordsAsked, example={"words": "Je joue de la guitare."})
    @blueprint.response(201, ResourcesShape, example=SHOWN)
    def reword_strength(body: dict[str, Any], person: UUID, strength: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decide(desk, act, RewordStrength(**on(act), strength=strength, **said(body)))

    @blueprint.post("/strengths/<uuid:strength>/setting-aside")
    @blueprint.doc(summary="Set a strength aside.")
    @blueprint.arguments(ReasonAsked, example={})
    @blueprint.response(201, ResourcesShape, example=SHOWN)
    def set_strength_aside(body: dict[str, Any], person: UUID, strength: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decide(desk, act, SetStrengthAside(**on(act), strength=strength, **said(body)))


def about_aspirations(desk: Desk, blueprint: Blueprint) -> None:
    @blueprint.post("/aspirations")
    @blueprint.doc(summary="Say what matters for what comes next.")
    @blueprint.arguments(AspirationAsked, example=ASPIRATION)
    @blueprint.response(201, ResourcesShape, example=SHOWN)
    def name_aspiration(body: dict[str, Any], person: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decide(desk, act, NameAspiration(**on(act), **said(body)))

    @blueprint.post("/aspirations/<uuid:aspiration>/wordings")
    @blueprint.doc(summary="Say an aspiration in other words.")
    @blueprint.arguments(WordsAsked, example={"words": "Travailler avec de la musique."})
    @blueprint.response(201, ResourcesShape, example=SHOWN)
    def reword_aspiration(body: dict[str, Any], person: UUID, aspiration: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        return decide(desk, act, RewordAspiration(**on(act), aspiration=aspiration, **said(body)))

    @blueprint.post("/aspirations/<uuid:aspiration>/setting-aside")
    @blueprint.doc(summary="Set an aspiration aside.")
    @blueprint.arguments(ReasonAsked, example={})
    @blueprint.response(201, ResourcesShape, example=SHOWN)
    def set_aspiration_aside(body: dict[str, Any], person: UUID, aspiration: UUID) -> Response:
        act = desk.act(body, person=person, may=MAY)
        command = SetAspirationAside(**on(act), aspiration=aspiration, **said(body))
        return decide(desk, act, command)


def on(act: Act) -> dict[str, Any]:
    return {"act": act, "stream": resources_of(act.subject)}


def decide(desk: Desk, act: Act, command: Command) -> Response:
    """A new wording names what it replaces: by If-Match, for her who is told the version."""
    replaces = isinstance(command, RewordStrength | RewordAspiration)
    done = desk.execute(Resources, command, must_match=replaces and act.actor == act.subject)
    eyes = eyes_of_actor(act)
    seen = done.state.seen_by(eyes, tab_shows=False)
    body = shown(Telling(eyes, desk.zone(act.tenant)), seen)
    if eyes.hers:
        return desk.answer(done, body)
    return desk.answer_read({**body, "entries": [f.id for f in done.facts]}, status=201)
