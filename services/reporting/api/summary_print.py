"""A summary on paper: a tagged PDF for her, and for those to whom it is shown on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response

from services.reporting.api.printing import printed
from services.reporting.api.summary_answers import called_here, loaded
from services.reporting.api.summary_content import her_own, told, word
from services.reporting.api.summary_shapes import ONE, PREFIX
from services.reporting.domain.summary import Arrangement
from shared.http.blueprint import Blueprint
from shared.http.desk import Desk
from shared.kernel import NotFound

PDF = "application/pdf"
LETTER, A4 = "us-letter", "a4"


def routes(desk: Desk) -> Blueprint:
    blueprint = Blueprint(
        "summary_print", __name__, url_prefix=f"{PREFIX}{ONE}", description="A summary on paper."
    )

    @blueprint.get("/document.pdf")
    @blueprint.doc(summary="To print or to keep: tagged, so that it can be read aloud.")
    @blueprint.response(200, content_type=PDF, example="%PDF-1.7 …")
    def document(person: UUID, summary: UUID) -> Response:
        reader = desk.reading(person, may="summary.read", scope="summary")
        state = loaded(desk, reader, summary)
        # she may print what was noted for her, and see whether it is what she wants said
        which = state.latest if reader.is_self else state.stands
        if which is None or which.title is None:
            raise NotFound("stream.unknown")
        answer = Response(printed("summary", sheet(desk, reader.tenant, person, which)))
        answer.mimetype = PDF
        answer.headers["Content-Disposition"] = 'inline; filename="summary.pdf"'
        return answer

    return blueprint


def sheet(desk: Desk, tenant: UUID, person: UUID, which: Arrangement) -> Mapping[str, Any]:
    """All that the template sets, as data."""
    reading = her_own(desk, tenant, person)
    pieces = [piece for piece in told(reading, which) if piece is not None]
    language, _, region = reading.locale.partition("-")
    valued = any(piece["value"] is not None for piece in pieces)
    return {
        "title": which.title,
        "called": which.called or called_here(reading),
        "lang": language,
        "region": region or None,
        "paper": LETTER if region == "CA" else A4,
        "pieces": pieces,
        "scale": word("scale", reading.locale) if valued else None,
        "nothing_left": word("nothing_left", reading.locale),
    }
