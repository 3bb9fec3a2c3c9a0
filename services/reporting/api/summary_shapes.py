"""What is asked and answered about summaries, with examples that read as story 7."""

from __future__ import annotations

from typing import Any

from marshmallow import fields

from services.reporting.domain.summary import LONGEST_NAME, LONGEST_TITLE, LONGEST_WORDS, MOST_PARTS
from services.reporting.domain.summary_commands import MEANS
from shared.http.schemas import Day, Flag, Id, Strict, Words, many, one_of, with_act

PREFIX = "/v1/persons/<uuid:person>/summaries"
ONE = "/<uuid:summary>"
OLIVIER = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4e01"
LEDUC = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4e02"
SUMMARY = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4e03"
PIECE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4e04"
SHARE = "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4e05"
TITLE = "Ce que je veux dire au rendez-vous"


class PartAsked(Strict):
    """An entry, or words of one's own; `knowingly` for a name or a theme most keep close."""

    entry = Id()
    words = Words(longest=LONGEST_WORDS)
    knowingly = Flag()


class ArrangeAsked(Strict):
    title = Words(longest=LONGEST_TITLE, required=True)
    parts = many(fields.Nested(PartAsked), MOST_PARTS, required=True)
    called = Words(longest=LONGEST_NAME, metadata={"description": "The name she goes by here."})
    act = with_act()


class MakeAsked(ArrangeAsked):
    id = Id()


class ShareAsked(Strict):
    """With someone who signs in here (`audience`), or by a link for someone in her words."""

    means = one_of(MEANS, required=True)
    audience = Id()
    for_whom = Words(longest=LONGEST_NAME)
    until = Day(metadata={"description": "Its last day; left out, two weeks from today."})
    act = with_act()


class BareAsked(Strict):
    act = with_act()


class PieceShape(Strict):
    kind = fields.String(required=True)
    label = fields.String(required=True)
    heading = fields.String(allow_none=True)
    words = fields.String(allow_none=True)
    value = fields.Integer(allow_none=True)
    value_said = fields.String(allow_none=True)
    day = fields.String(allow_none=True)
    by = fields.String(allow_none=True)


class PartShape(Strict):
    """`shown` is how others read it; null for what is no longer said."""

    entry = Id(allow_none=True)
    words = fields.String(allow_none=True)
    knowingly = fields.Boolean(required=True)
    shown = fields.Nested(PieceShape, allow_none=True)


class ShareShape(Strict):
    share = Id(required=True)
    means = fields.String(required=True)
    audience = Id(allow_none=True)
    for_whom = fields.String(allow_none=True)
    until = Day(required=True)
    state = fields.String(required=True, metadata={"description": "shown, ended, over or locked"})


class BriefShape(Strict):
    """A summary in a list. To whom it is shown is told to her alone."""

    summary = Id(required=True)
    title = fields.String(allow_none=True)
    called = fields.String(allow_none=True)
    until = Day(allow_none=True)
    attestation = fields.String(allow_none=True)
    shares = many(fields.Nested(ShareShape), 200)


class SummariesShape(Strict):
    summaries = many(fields.Nested(BriefShape), 200, required=True)


class SummaryShape(BriefShape):
    """Her own: with what it is made of. Others open it to read it, and that is on record."""

    person = Id(required=True)
    parts = many(fields.Nested(PartShape), MOST_PARTS)
    version = fields.Integer()
    entries = many(Id(), 20)


class SharedShape(SummaryShape):
    """`link` and `code` are told this once: she gives the one in writing, the other by voice."""

    share = Id()
    link = fields.String()
    code = fields.String()


class OpenedShape(Strict):
    """Asked again once it is shown no more, it tells only what was recorded."""

    person = Id(required=True)
    summary = Id(required=True)
    title = fields.String()
    called = fields.String()
    until = Day()
    pieces = many(fields.Nested(PieceShape), MOST_PARTS)
    entries = many(Id(), 20)


SHOWN: dict[str, Any] = {
    "kind": "answer",
    "label": "Ma réponse",
    "heading": "Mon sommeil",
    "words": "Le médicament du soir m’assomme.",
    "value": 25,
    "value_said": "25 %",
    "day": "6 octobre 2025",
    "by": None,
}
MAKE: dict[str, Any] = {
    "title": TITLE,
    "parts": [{"words": "Je parlerai en premier."}, {"entry": PIECE}],
    "called": "Olivier",
}
BRIEF: dict[str, Any] = {
    "summary": SUMMARY,
    "title": TITLE,
    "called": "Olivier",
    "until": None,
    "attestation": "own",
    "shares": [],
}
HERS: dict[str, Any] = {
    "person": OLIVIER,
    **BRIEF,
    "parts": [{"entry": PIECE, "words": None, "knowingly": False, "shown": SHOWN}],
    "version": 1,
}
CHANGED = {**HERS, "entries": [PIECE]}
SHARED = {
    **CHANGED,
    "share": SHARE,
    "link": "https://cosigne.example/reporting/v1/links/AZegwmwefVWbei8_Dmpb…",
    "code": "482 913",
}
OPENED: dict[str, Any] = {
    "person": OLIVIER,
    "summary": SUMMARY,
    "title": TITLE,
    "called": "Olivier",
    "until": "2025-12-08",
    "pieces": [SHOWN],
    "entries": [PIECE],
}
