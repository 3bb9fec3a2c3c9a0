"""Portraits as this caller may see them, and as JSON: hours are told to their author only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Response

from services.assessment.domain.answers import Answer
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.events import ThemeDiscussed
from services.assessment.domain.portrait import Portrait, SharingSeen, ThemeSeen, seen_by
from shared.access.eyes import Eyes, eyes_of
from shared.http.admission import Reader
from shared.http.desk import Desk
from shared.kernel import Act, Fact, NotFound
from shared.ledger import Done


def eyes_of_reader(reader: Reader) -> Eyes:
    return Eyes(reader.party, reader.standing.kind)


def eyes_of_actor(act: Act) -> Eyes:
    """Whose eyes read the answer to a command: those of whoever is signed in."""
    return eyes_of(act, act.actor)


def portrait_for(desk: Desk, reader: Reader, assessment: UUID) -> Portrait:
    """Raises the same NotFound for what is unknown, foreign, or not shown to this reader."""
    state = desk.ledger.load(Assessment, reader.tenant, assessment, reader.person)
    return seen_in(state, reader)


def seen_in(state: Assessment, reader: Reader) -> Portrait:
    seen = seen_by(state, eyes_of_reader(reader))
    if seen.empty or not reader.standing.opens(state.opened.kind):
        raise NotFound("stream.unknown")
    return seen


def answered(desk: Desk, done: Done[Assessment], act: Act, **more: Any) -> Response:
    """The new state as whoever is signed in may see it. Only she is told its version: it counts."""
    seen = seen_by(done.state, eyes_of_actor(act))
    shown = {**Telling(seen.eyes, desk.zone(act.tenant)).portrait(seen), **more}
    if act.actor == act.subject:
        return desk.answer(done, shown)
    return desk.answer_read({**shown, "entries": [f.id for f in done.facts]}, status=201)


class Telling:
    """Puts what is seen into JSON, for one pair of eyes and in the organisation's zone."""

    def __init__(self, eyes: Eyes, zone: ZoneInfo) -> None:
        self.eyes = eyes
        self.zone = zone

    def when(self, act: Act) -> str:
        """The hour to its author; to everyone else the day, as it is where they live."""
        local = act.occurred.astimezone(self.zone)
        if act.author != self.eyes.party or act.precision == "day":
            return local.date().isoformat()
        return local.isoformat(timespec="seconds")

    def portrait(self, seen: Portrait) -> dict[str, Any]:
        return {
            "id": seen.id,
            "person": seen.person,
            "catalogue": seen.opened.catalogue,
            "kind": seen.opened.kind,
            "scale": {"lowest": seen.opened.lowest, "highest": seen.opened.highest},
            "opened_at": self.when(seen.opened.act),
            "closed": seen.closed,
            "themes": [self.theme(theme) for theme in seen.themes.values()],
            "sharings": [self.sharing(sharing) for sharing in seen.sharings],
            "meetings": [
                self.entry(f, themes=f.themes, words=f.words, led_by=f.led_by, parties=parties(f))
                for f in seen.meetings
            ],
            "changes": [
                self.entry(
                    f,
                    theme=f.theme,
                    goal=f.goal,
                    judgement=f.judgement,
                    since=f.since,
                    expected=f.expected,
                    thanks_to=f.thanks_to,
                    words=f.words,
                )
                for f in seen.changes
            ],
            "together": [
                self.entry(f, what=f.what, with_party=f.with_party, words=f.words)
                for f in seen.together
            ],
        }

    def theme(self, seen: ThemeSeen) -> dict[str, Any]:
        shown: dict[str, Any] = {"theme": seen.theme}
        if seen.answer is not None:
            shown["answer"] = self.answer(seen.answer)
        if seen.pending:
            shown["pending"] = [self.answer(answer) for answer in seen.pending]
        if seen.by_hand is not None:
            shown["visibility"] = seen.by_hand.visibility
            shown["audience"] = seen.by_hand.audience
        if seen.star is not None:
            shown["star"] = self.entry(seen.star, rank=seen.star.rank)
        shown["views"] = [
            self.entry(
                v,
                perspective=v.perspective,
                words=v.words,
                value=v.value,
                because_of=v.act.because_of,
            )
            for v in seen.views
        ]
        shown["thread"] = [
            self.entry(f, words=f.words, put_off=not isinstance(f, ThemeDiscussed))
            for f in seen.thread
        ]
        return shown

    def answer(self, answer: Answer) -> dict[str, Any]:
        return {
            "entry": answer.entry,
            "value": answer.value,
            "choice": answer.choice,
            "comment": answer.comment,
            "attestation": answer.attestation,
            "noted_by": None if answer.attestation == "own" else answer.act.actor,
            "occurred_at": self.when(answer.act),
        }

    def entry(self, fact: Fact, **fields: Any) -> dict[str, Any]:
        when = self.when(fact.act)
        return {"entry": fact.id, "author": fact.act.author, "occurred_at": when, **fields}

    @staticmethod
    def sharing(seen: SharingSeen) -> dict[str, Any]:
        return {
            "sharing": seen.sharing.id,
            "audience": sorted(seen.audience),
            "my_team": seen.my_team,
            "parts": seen.sharing.parts,
            "only_themes": seen.sharing.only_themes,
            "except_themes": seen.sharing.except_themes,
        }


def parties(fact: Fact) -> Sequence[UUID]:
    return [c.party for c in fact.act.contributors]
