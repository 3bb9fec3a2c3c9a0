"""Sites, programmes, help lines and the usual reading delay: set by an administrator."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api.organisations import HelpLineSchema, ReadingDelaySchema
from services.directory.api.parts import (
    PROGRAMME,
    RECORDED,
    SITE,
    ProgrammeSchema,
    RecordedSchema,
    SiteSchema,
    said,
)
from services.directory.domain.events import HelpLine
from services.directory.domain.organisation import Organisation, SetHelpLines, SetReadingDelay
from services.directory.domain.places import CloseProgramme, CloseSite, OpenProgramme, OpenSite
from shared.http.answers import BareSchema
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, Words, many, with_act


class OpenSiteSchema(Strict):
    id = Id()
    name = Words(longest=200, required=True)
    town = Words(longest=200)
    kind = Words(longest=200)
    act = with_act()


class OpenProgrammeSchema(Strict):
    id = Id()
    site = Id(required=True)
    name = Words(longest=200, required=True)
    act = with_act()


class SetHelpLinesSchema(Strict):
    lines = many(fields.Nested(HelpLineSchema), 20, required=True)
    act = with_act()


class SetReadingDelaySchema(ReadingDelaySchema):
    act = with_act()


class OpenedSiteSchema(SiteSchema, RecordedSchema):
    pass


class OpenedProgrammeSchema(ProgrammeSchema, RecordedSchema):
    pass


class HelpLinesSchema(RecordedSchema):
    lines = many(fields.Nested(HelpLineSchema), 20)
    ready = fields.Boolean(required=True)


class DelaySchema(ReadingDelaySchema, RecordedSchema):
    ready = fields.Boolean(required=True)


HOUSE = {"name": "Maison du Quai", "town": "Rivière-aux-Aulnes", "kind": "hébergement"}
LODGING = {"site": SITE, "name": "Hébergement et rétablissement"}
LINES = {"lines": [{"fr": "Danger immédiat : 9-1-1", "en": "Immediate danger: 9-1-1"}]}
DELAY = {"fr": "deux jours ouvrables", "en": "two working days"}
SITE_SHOWN = {"id": SITE, **HOUSE, "open": True, **RECORDED}
PROGRAMME_SHOWN = {"id": PROGRAMME, **LODGING, "open": True, **RECORDED}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "places", __name__, url_prefix="/v1", description="Where, within what, whom to call."
    )

    @blueprint.post("/sites")
    @blueprint.doc(summary="Open a site.")
    @blueprint.arguments(OpenSiteSchema, example=HOUSE)
    @blueprint.response(201, OpenedSiteSchema, example=SITE_SHOWN)
    def open_site(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.site.open")
        site = body.get("id") or desk.stream("site")
        command = OpenSite(act=act, stream=act.tenant, site=site, **said(body))
        done = desk.execute(Organisation, command)
        return desk.answer(done, asdict(done.state.places.sites[site]))

    @blueprint.post("/sites/<uuid:site>/closures")
    @blueprint.doc(summary="Close a site, and its programmes with it.")
    @blueprint.arguments(BareSchema, example={})
    @blueprint.response(201, OpenedSiteSchema, example=SITE_SHOWN | {"open": False})
    def close_site(body: dict[str, Any], site: UUID) -> Response:
        act = desk.act(body, may="directory.site.open")
        done = desk.execute(Organisation, CloseSite(act=act, stream=act.tenant, site=site))
        return desk.answer(done, asdict(done.state.places.sites[site]))

    @blueprint.post("/programmes")
    @blueprint.doc(summary="Open a programme at a site.")
    @blueprint.arguments(OpenProgrammeSchema, example=LODGING)
    @blueprint.response(201, OpenedProgrammeSchema, example=PROGRAMME_SHOWN)
    def open_programme(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.programme.open")
        programme = body.get("id") or desk.stream("programme")
        command = OpenProgramme(act=act, stream=act.tenant, programme=programme, **said(body))
        done = desk.execute(Organisation, command)
        return desk.answer(done, asdict(done.state.places.programmes[programme]))

    @blueprint.post("/programmes/<uuid:programme>/closures")
    @blueprint.doc(summary="Close a programme.")
    @blueprint.arguments(BareSchema, example={})
    @blueprint.response(201, OpenedProgrammeSchema, example=PROGRAMME_SHOWN | {"open": False})
    def close_programme(body: dict[str, Any], programme: UUID) -> Response:
        act = desk.act(body, may="directory.programme.open")
        command = CloseProgramme(act=act, stream=act.tenant, programme=programme)
        done = desk.execute(Organisation, command)
        return desk.answer(done, asdict(done.state.places.programmes[programme]))

    @blueprint.put("/help-lines")
    @blueprint.doc(summary="Say whom to call: shown on every screen.")
    @blueprint.arguments(SetHelpLinesSchema, example=LINES)
    @blueprint.response(200, HelpLinesSchema, example={**LINES, "ready": False, **RECORDED})
    def set_help_lines(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.help_lines.set")
        lines = tuple(HelpLine(**line) for line in body["lines"])
        done = desk.execute(Organisation, SetHelpLines(act=act, stream=act.tenant, lines=lines))
        shown = [asdict(line) for line in done.state.help_lines]
        return desk.answer(done, {"lines": shown, "ready": done.state.ready}, status=200)

    @blueprint.put("/reading-delay")
    @blueprint.doc(summary="Say how soon the teams usually read what is written.")
    @blueprint.arguments(SetReadingDelaySchema, example=DELAY)
    @blueprint.response(200, DelaySchema, example={**DELAY, "ready": True, **RECORDED})
    def set_reading_delay(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="directory.reading_delay.set")
        command = SetReadingDelay(act=act, stream=act.tenant, **said(body))
        done = desk.execute(Organisation, command)
        delay = dict(zip(("fr", "en"), done.state.reading_delay or (), strict=False))
        return desk.answer(done, {**delay, "ready": done.state.ready}, status=200)

    return blueprint
