"""The page behind a link: no sign-in, no portal, no script; a code, then what she wants read.

Whatever is wrong with a link (mistyped, ended, over, locked, another organisation's) is answered
with the same page. What the address holds stays out of logs: nothing here writes it anywhere.
"""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from flask import Blueprint, Response, request

from services.reporting.api.link_page import Page, page
from services.reporting.api.link_secrets import Link, code_digest, link_in
from services.reporting.api.summary_answers import opened
from services.reporting.api.summary_content import her_own, word
from services.reporting.domain.events import SummaryCodeMissed
from services.reporting.domain.openings import linked
from services.reporting.domain.shares import TRIES, Share
from services.reporting.domain.summary import Summary
from services.reporting.domain.summary_commands import OpenByLink
from services.reporting.views.summaries import help_lines_of, is_hidden
from shared.http.desk import Desk
from shared.http.errors import PROBLEM
from shared.http.idempotency import Idempotency
from shared.http.language import asked_locale
from shared.kernel import Act, NotFound, Refused

LONGEST_TYPED = 40
ENOUGH = "summary.opened_too_often"


def pages(desk: Desk) -> Blueprint:
    blueprint = Blueprint("links", __name__, url_prefix="/v1/links")

    @blueprint.get("/<token>")
    def knock(token: str) -> Response:
        """Whether there is something behind it is told to whoever has the whole link only."""
        try:
            link, _ = found(desk, token)
        except NotFound:
            return nothing()
        return page(asking(desk, link))

    @blueprint.post("/<token>")
    def enter(token: str) -> Response:
        try:
            link, share = found(desk, token)
            return tried(desk, link, share)
        except NotFound:
            return nothing()

    @blueprint.after_request
    def readable(answer: Response) -> Response:
        """Whoever has a link has a browser: what goes wrong is told on a page too."""
        if answer.mimetype != PROBLEM:
            return answer
        locale = asked_locale()
        told = page(Page(locale, wrong=word("trouble", locale)), status=answer.status_code)
        if again := answer.headers.get("Retry-After"):
            told.headers["Retry-After"] = again
        return told

    return blueprint


def found(desk: Desk, token: str) -> tuple[Link, Share]:
    """The showing that a link is for, if it is shown now. Raises NotFound for anything else."""
    link = link_in(token)
    if link is None:
        raise NotFound("link.opens_nothing")
    summary = desk.ledger.load(Summary, link.tenant, link.summary)
    share = linked(summary, link.digest)
    if share is None or summary.stands is None or not share.runs(desk.today(link.tenant)):
        raise NotFound("link.opens_nothing")
    person = share.fact.act.subject
    if desk.view(link.tenant, lambda c: is_hidden(c, link.tenant, person)):
        # all of hers waits to be erased: nobody signs in to see it, nor comes by a link
        raise NotFound("link.opens_nothing")
    return link, share


def tried(desk: Desk, link: Link, share: Share) -> Response:
    """The try is recorded, right or wrong, before anything of it is answered."""
    person = share.fact.act.subject
    typed = request.form.get("code", "")[:LONGEST_TYPED]
    command = OpenByLink(
        act=whoever(desk, link, share),
        stream=link.summary,
        today=desk.today(link.tenant),
        token=link.digest,
        code=code_digest(desk.secret(link.tenant, person), link.digest, typed),
    )
    try:
        done = desk.ledger.execute(Summary, command)
    except NotFound:
        raise
    except Refused as refused:
        wrong = "enough" if refused.code == ENOUGH else "busy"
        return page(asking(desk, link, wrong=wrong), status=429)
    fact, share = done.facts[0], done.state.shares[share.id]
    if isinstance(fact, SummaryCodeMissed):
        if fact.closed:
            raise NotFound("link.opens_nothing")
        left = str(TRIES - share.missed)
        return page(asking(desk, link, wrong="wrong", left=left), status=403)
    reading = her_own(desk, link.tenant, person)
    told = opened(reading, done.state, share.fact.until)
    return page(Page(reading.locale, lines=lines(desk, link, reading.locale), summary=told))


def whoever(desk: Desk, link: Link, share: Share) -> Act:
    """Nobody signed in: the act is that of whoever has this link, each try one of its own."""
    now, who = desk.clock(), uuid5(share.id, "whoever has the link")
    return Act(
        tenant=link.tenant,
        subject=share.fact.act.subject,
        actor=who,
        author=who,
        at=now,
        occurred=now,
        command=Idempotency.fresh(),
        because_of=(share.id,),
    )


def asking(desk: Desk, link: Link, *, wrong: str | None = None, left: str = "") -> Page:
    locale = desk.locale(link.tenant)
    said = word(wrong, locale, left=left) if wrong else None
    return Page(locale, lines=lines(desk, link, locale), asks=True, wrong=said)


def nothing() -> Response:
    """The same for every link that opens nothing: whose it was is not told."""
    return page(Page(asked_locale()), status=404)


def lines(desk: Desk, link: Link, locale: str) -> list[str]:
    language = locale.partition("-")[0]
    told: list[dict[str, Any]] = desk.view(
        link.tenant, lambda connection: help_lines_of(connection, link.tenant)
    )
    return [line[language] for line in told]
