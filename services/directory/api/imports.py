"""Imports: an administrator says which files are brought in; all noted from them names the import."""

from __future__ import annotations

import hmac
from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.directory.api.parts import ENTRY, RecordedSchema, said
from services.directory.domain.bringing_in import LONGEST, BeginImport, EndImport, Import
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Id, Strict, Whole, Words, with_act

MAY = "directory.import"
NAMING = b"ids made of the numbers in an organisation's own files"
MOST = 100_000_000


class BeginImportSchema(Strict):
    id = Id()
    source = Words(longest=LONGEST, required=True)
    act = with_act()


class EndImportSchema(Strict):
    read = Whole(least=0, most=MOST, required=True)
    noted = Whole(least=0, most=MOST, required=True)
    set_aside = Whole(least=0, most=MOST, required=True)
    act = with_act()


class ImportSchema(RecordedSchema):
    id = Id(required=True)
    source = fields.String(required=True)
    ended = fields.Boolean(required=True)


class NamingKeySchema(Strict):
    naming_key = fields.String(required=True)


IMPORT = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b0a"
BEGUN = {"source": "Suivi 2024 du Pont-Vert"}
COUNTS = {"read": 20_000, "noted": 19_800, "set_aside": 200}
SHOWN = {"id": IMPORT, **BEGUN, "ended": False, "version": 1, "entries": [ENTRY]}
KEY = {"naming_key": "4c0b9e…"}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "imports",
        __name__,
        url_prefix="/v1/imports",
        description="An organisation's own files, brought in by its administrator.",
    )

    @blueprint.post("")
    @blueprint.doc(summary="Begin to bring in files, or go on where an import was interrupted.")
    @blueprint.arguments(BeginImportSchema, example=BEGUN)
    @blueprint.response(201, ImportSchema, example=SHOWN)
    def begin(body: dict[str, Any]) -> Response:
        act = desk.act(body, may=MAY)
        stream = body.get("id") or desk.stream("import")
        done = desk.execute(Import, BeginImport(act=act, stream=stream, **said(body)))
        return desk.answer(done, shown(done.state))

    @blueprint.post("/<uuid:opened>/endings")
    @blueprint.doc(summary="End it: nothing more is noted from these files.")
    @blueprint.arguments(EndImportSchema, example=COUNTS)
    @blueprint.response(201, ImportSchema, example={**SHOWN, "ended": True, "version": 2})
    def end(body: dict[str, Any], opened: UUID) -> Response:
        act = desk.act(body, may=MAY)
        done = desk.execute(Import, EndImport(act=act, stream=opened, **said(body)))
        return desk.answer(done, shown(done.state))

    @blueprint.get("/naming-key")
    @blueprint.doc(
        summary="The organisation's secret from which ids are made of its own file numbers, so that "
        "a line sent again is known again, and nobody guesses an id from a number."
    )
    @blueprint.response(200, NamingKeySchema, example=KEY)
    def naming_key() -> Response:
        caller = desk.caller(may=MAY)
        key = hmac.new(desk.secret(caller.tenant), NAMING, "sha256")
        return desk.answer_read({"naming_key": key.hexdigest()})

    return blueprint


def shown(state: Import) -> dict[str, Any]:
    source = state.begun.source if state.begun else ""
    return {"id": state.id, "source": source, "ended": not state.under_way}
