"""To whom she shows a summary, and how those open it who sign in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import Response

from services.reporting.api.link_secrets import (
    code_digest,
    code_for,
    link_for,
    spoken,
)
from services.reporting.api.summary_answers import decided, opened, shown_until
from services.reporting.api.summary_content import her_own
from services.reporting.api.summary_shapes import (
    CHANGED,
    LEDUC,
    ONE,
    OPENED,
    PREFIX,
    SHARED,
    BareAsked,
    OpenedShape,
    ShareAsked,
    SharedShape,
    SummaryShape,
)
from services.reporting.domain.summary import Summary
from services.reporting.domain.summary_commands import EndShare, OpenSummary, ShareSummary
from services.reporting.views.summaries import is_known
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import Act, Invalid

SHARE = {"audience": LEDUC, "means": "screen", "until": "2025-12-08"}
LINKS = "/v1/links/"


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "summary_shares",
        __name__,
        url_prefix=f"{PREFIX}{ONE}",
        description="Nobody sees a summary before she shows it, nor after she ends that.",
    )

    @blueprint.post("/shares")
    @blueprint.doc(summary="Show it to someone until a day. Only she can, from her own sign-in.")
    @blueprint.arguments(ShareAsked, example=SHARE)
    @blueprint.response(201, SharedShape, example=SHARED)
    def share_summary(body: dict[str, Any], person: UUID, summary: UUID) -> Response:
        act = desk.act(body, person=person, may="summary.share")
        asked = {name: value for name, value in body.items() if name != "act"}
        audience = asked.get("audience")
        if audience and not desk.view(act.tenant, lambda c: is_known(c, act.tenant, audience)):
            raise Invalid("party.unknown", field="audience")
        secrets = secrets_for(desk, act, summary) if asked["means"] == "link" else Secrets()
        day = desk.today(act.tenant)
        command = ShareSummary(act=act, stream=summary, today=day, **{**asked, **secrets.kept})
        done = desk.execute(Summary, command)
        share = {"share": done.facts[0].id} if done.facts else {}
        return decided(desk, done, act, **share, **secrets.told)

    @blueprint.post("/shares/<uuid:share>/endings")
    @blueprint.doc(summary="Stop showing it: at once, and without saying why.")
    @blueprint.arguments(BareAsked, example={})
    @blueprint.response(201, SummaryShape, example=CHANGED)
    def end_share(body: dict[str, Any], person: UUID, summary: UUID, share: UUID) -> Response:
        act = desk.act(body, person=person, may="summary.share")
        command = EndShare(act=act, stream=summary, today=desk.today(act.tenant), share=share)
        return decided(desk, desk.execute(Summary, command), act)

    @blueprint.post("/openings")
    @blueprint.doc(summary="Open what is shown to one: she finds it on record.")
    @blueprint.arguments(BareAsked, example={})
    @blueprint.response(201, OpenedShape, example=OPENED)
    def open_summary(body: dict[str, Any], person: UUID, summary: UUID) -> Response:
        act = desk.act(body, person=person, may="summary.read")
        day = desk.today(act.tenant)
        done = desk.execute(Summary, OpenSummary(act=act, stream=summary, today=day))
        until = shown_until(done.state, act.actor, day)
        entries = {"entries": [fact.id for fact in done.facts]}
        if until is None:
            # asked again after it had ended: that it was opened is true, what it held is not told
            return desk.answer_read({"person": person, "summary": summary, **entries}, status=201)
        reading = her_own(desk, act.tenant, person)
        told = opened(reading, done.state, until)
        return desk.answer_read({**told, **entries}, status=201)

    return blueprint


@dataclass(frozen=True)
class Secrets:
    """What is kept of a link, and what is told of it once."""

    kept: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)


def secrets_for(desk: Desk, act: Act, summary: UUID) -> Secrets:
    key = desk.secret(act.tenant, act.subject)
    link, code = link_for(key, act.tenant, summary, act.command), code_for(key, act.command)
    return Secrets(
        {"token": link.digest, "code": code_digest(key, link.digest, code)},
        {"link": f"{desk.url}{LINKS}{link.token}", "code": spoken(code)},
    )
