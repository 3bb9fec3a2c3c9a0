"""A summary as JSON: all of it for her, and for others no more than what is shown to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from flask import Response

from services.reporting.api.reading import Reading
from services.reporting.api.summary_content import her_own, told
from services.reporting.domain.openings import reaching
from services.reporting.domain.shares import Share
from services.reporting.domain.summary import Summary
from services.reporting.views.names import names_of
from shared.http.admission import Reader
from shared.http.desk import Desk
from shared.kernel import Act, NotFound
from shared.ledger import Done


def loaded(desk: Desk, reader: Reader, summary: UUID) -> Summary:
    """As this reader may know of it. Raises the same NotFound as for one that never was."""
    state = desk.ledger.load(Summary, reader.tenant, summary, reader.person)
    if not reader.is_self and shown_until(state, reader.party, desk.today(reader.tenant)) is None:
        raise NotFound("stream.unknown")
    return state


def shown_until(summary: Summary, party: UUID, day: date) -> date | None:
    """Until when it is shown to a party; None when it is not."""
    running = [s.fact.until for s in reaching(summary, party) if s.runs(day)]
    return running[-1] if running and summary.stands else None


def for_her(desk: Desk, tenant: UUID, person: UUID, summary: Summary) -> dict[str, Any]:
    reading = her_own(desk, tenant, person)
    latest = summary.latest
    shown = told(reading, latest) if latest else []
    parts = [
        {"entry": p.entry, "words": p.words, "knowingly": p.knowingly, "shown": said}
        for p, said in zip(latest.parts if latest else (), shown, strict=True)
    ]
    return {"person": person, **brief_for_her(summary, desk.today(tenant)), "parts": parts}


def brief_for_her(summary: Summary, day: date) -> dict[str, Any]:
    latest = summary.latest
    return {
        "summary": summary.id,
        "title": latest.title if latest else None,
        "called": latest.called if latest else None,
        "until": None,
        "attestation": attestation(summary),
        "shares": [share_shown(share, day) for share in summary.shares.values()],
    }


def attestation(summary: Summary) -> str | None:
    """How she stands behind it as it was last put together."""
    entry = summary.entries[summary.latest.entry] if summary.latest else None
    return entry.says(entry.act.subject) if entry else None


def share_shown(share: Share, day: date) -> dict[str, Any]:
    fact = share.fact
    state = "ended" if share.ended else "locked" if share.locked else "shown"
    return {
        "share": share.id,
        "means": fact.means,
        "audience": fact.audience,
        "for_whom": fact.for_whom,
        "until": fact.until.isoformat(),
        "state": "over" if state == "shown" and day > fact.until else state,
    }


def brief_for(summary: Summary, party: UUID, day: date) -> dict[str, Any] | None:
    """What someone it is shown to reads of it in a list; None for everyone else."""
    until, stands = shown_until(summary, party, day), summary.stands
    if until is None or stands is None:
        return None
    return {
        "summary": summary.id,
        "title": stands.title,
        "called": stands.called,
        "until": until.isoformat(),
        "attestation": None,
        "shares": [],
    }


def decided(desk: Desk, done: Done[Summary], act: Act, **more: Any) -> Response:
    """Whoever noted it for her is told that it is noted, and what he sent: no more."""
    if act.actor == act.subject:
        return desk.answer(done, {**for_her(desk, act.tenant, act.subject, done.state), **more})
    noted = {"person": act.subject, "summary": done.state.id}
    return desk.answer_read({**noted, "entries": [f.id for f in done.facts]}, status=201)


def opened(reading: Reading, summary: Summary, until: date) -> Mapping[str, Any]:
    """The summary as those read it to whom it is shown: what is no longer said is left out."""
    stands = summary.stands
    if stands is None or stands.title is None or reading.person is None:
        raise NotFound("stream.unknown")
    return {
        "person": reading.person,
        "summary": summary.id,
        "title": stands.title,
        "called": stands.called or called_here(reading),
        "until": until.isoformat(),
        "pieces": [piece for piece in told(reading, stands) if piece is not None],
    }


def called_here(reading: Reading) -> str:
    """Her name in the organisation, where she goes by no other in her summary."""
    names = reading.desk.view(reading.tenant, lambda c: names_of(c, [reading.eyes.party]))
    return names.get(reading.eyes.party, "")
