"""Questionnaires: read them, install the ready-made ones, draft, discuss, publish, retire."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response
from marshmallow import fields

from services.assessment.api.asking import ReasonAsked, name
from services.assessment.api.catalogue_shapes import (
    SHOWN,
    SUMMARY,
    CatalogueShape,
    CataloguesShape,
    InstalledShape,
    replied,
    shown,
)
from services.assessment.api.installing import installing
from services.assessment.api.shapes import CATALOGUE
from services.assessment.domain.catalogue import KINDS, Catalogue
from services.assessment.domain.catalogue_commands import (
    Content,
    DiscussCatalogue,
    DraftCatalogue,
    PublishCatalogue,
    RetireCatalogue,
    SetCatalogueAside,
)
from services.assessment.views.catalogues import catalogues
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.http.schemas import Asked, Id, Strict, Words, one_of
from shared.kernel import Act


class DraftAsked(Asked):
    """From nothing, or from another version with all it holds (then key and kind are its own)."""

    key = name()
    kind = one_of(KINDS)
    fr = Words(required=True, longest=200)
    en = Words(required=True, longest=200)
    derived_from = Id()


class DiscussAsked(Asked):
    words = Words(required=True)
    about = name()


class ListQuery(Strict):
    key = fields.String(metadata={"description": "Only the versions of this questionnaire."})


DRAFT = {
    "fr": "Ma qualité de vie, version de la maison",
    "en": "My quality of life, our version",
    "derived_from": CATALOGUE,
}
TALK = {"words": "« Aide financière » fait penser à l’aide sociale.", "about": "aide-financiere"}


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "catalogues",
        __name__,
        url_prefix="/v1/catalogues",
        description="Spheres, themes and scale. Once published, a version never changes.",
    )

    @blueprint.get("")
    @blueprint.doc(summary="The organisation's questionnaires, in all their versions.")
    @blueprint.arguments(ListQuery, location="query")
    @blueprint.response(200, CataloguesShape, example={"catalogues": [SUMMARY]})
    def list_catalogues(asked: dict[str, Any]) -> Response:
        caller = desk.caller(may="catalogue.read")
        found = desk.view(caller.tenant, lambda c: catalogues(c, asked.get("key")))
        return desk.answer_read({"catalogues": found})

    @blueprint.get("/<uuid:catalogue>")
    @blueprint.doc(summary="One version, whole.")
    @blueprint.response(200, CatalogueShape, example=SHOWN)
    def read_catalogue(catalogue: UUID) -> Response:
        tenant = desk.caller(may="catalogue.read").tenant
        state = desk.ledger.load(Catalogue, tenant, catalogue, tenant)
        return desk.answer_read({**shown(state), "version": state.version}, state.version)

    @blueprint.post("/defaults")
    @blueprint.doc(summary="Install the 55 themes, the process statements, the change judgements.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, InstalledShape, example={"catalogues": [SUMMARY]})
    def install_defaults(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="catalogue.publish")
        done = [desk.ledger.execute(Catalogue, command) for command in installing(act)]
        installed = [shown(one.state, whole=False) for one in done]
        return desk.answer_read({"catalogues": installed}, status=201)

    @blueprint.post("")
    @blueprint.doc(summary="Draft a version: from nothing, or derived from another.")
    @blueprint.arguments(DraftAsked, example=DRAFT)
    @blueprint.response(201, CatalogueShape, example={**SHOWN, "stage": "draft"})
    def draft_catalogue(body: dict[str, Any]) -> Response:
        act = desk.act(body, may="catalogue.draft")
        return replied(desk, desk.execute(Catalogue, drafting(desk, act, body)))

    @blueprint.post("/<uuid:catalogue>/discussions")
    @blueprint.doc(summary="Say something about it, or about one of its spheres or themes.")
    @blueprint.arguments(DiscussAsked, example=TALK)
    @blueprint.response(201, CatalogueShape, example=SHOWN)
    def discuss_catalogue(body: dict[str, Any], catalogue: UUID) -> Response:
        act = desk.act(body, may="catalogue.discuss")
        words = {"words": body["words"], "about": body.get("about")}
        command = DiscussCatalogue(act=act, stream=catalogue, **words)
        return replied(desk, desk.execute(Catalogue, command))

    about_stages(desk, blueprint)
    return blueprint


def about_stages(desk: Desk, blueprint: Blueprint) -> None:
    @blueprint.post("/<uuid:catalogue>/publication")
    @blueprint.doc(summary="Publish it for good, in the version of If-Match.")
    @blueprint.arguments(Asked, example={})
    @blueprint.response(201, CatalogueShape, example=SHOWN)
    def publish_catalogue(body: dict[str, Any], catalogue: UUID) -> Response:
        act = desk.act(body, may="catalogue.publish")
        command = PublishCatalogue(act=act, stream=catalogue)
        return replied(desk, desk.execute(Catalogue, command, must_match=True))

    @blueprint.post("/<uuid:catalogue>/retirement")
    @blueprint.doc(summary="Begin no more assessments with it; those there are stay.")
    @blueprint.arguments(ReasonAsked, example={"reason": "Remplacé par la version 2."})
    @blueprint.response(201, CatalogueShape, example={**SHOWN, "stage": "retired"})
    def retire_catalogue(body: dict[str, Any], catalogue: UUID) -> Response:
        act = desk.act(body, may="catalogue.publish")
        command = RetireCatalogue(act=act, stream=catalogue, reason=body.get("reason"))
        return replied(desk, desk.execute(Catalogue, command))

    @blueprint.post("/<uuid:catalogue>/setting-aside")
    @blueprint.doc(summary="Let go of a draft: it will not be published.")
    @blueprint.arguments(ReasonAsked, example={"reason": "Un autre est en cours."})
    @blueprint.response(201, CatalogueShape, example={**SHOWN, "stage": "set_aside"})
    def set_catalogue_aside(body: dict[str, Any], catalogue: UUID) -> Response:
        act = desk.act(body, may="catalogue.draft")
        command = SetCatalogueAside(act=act, stream=catalogue, reason=body.get("reason"))
        return replied(desk, desk.execute(Catalogue, command))


def drafting(desk: Desk, act: Act, body: dict[str, Any]) -> DraftCatalogue:
    key, kind, edition, content = body.get("key", ""), body.get("kind", ""), 1, Content()
    if "derived_from" in body:
        source = desk.ledger.load(Catalogue, act.tenant, body["derived_from"], act.tenant)
        head, content = source.head, source.content
        key, kind, edition = head.key, head.kind, head.edition + 1
    return DraftCatalogue(
        act=act,
        stream=desk.stream("catalogue"),
        key=key,
        kind=kind,
        fr=body["fr"],
        en=body["en"],
        edition=edition,
        derived_from=body.get("derived_from"),
        content=content,
    )
