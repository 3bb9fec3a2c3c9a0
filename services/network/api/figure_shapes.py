"""A figure as it is answered: its value or why it has none, by which method, over how many."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from marshmallow import fields

from services.network.domain.measures import VERSION, Figure
from shared.http.language import asked_locale
from shared.http.messages import Sentences
from shared.http.schemas import Strict

SENTENCES = Sentences(Path(__file__).parents[1] / "messages")
FIGURE: dict[str, Any] = {
    "measure": "density",
    "method": "2t / (n(n - 1))",
    "version": 1,
    "n": 4,
    "value": 0.5,
    "reason": None,
    "sentence": None,
}


class FigureShape(Strict):
    """`value` is null where the measure is undefined; `reason` and `sentence` then say why."""

    measure = fields.String(required=True)
    method = fields.String(required=True)
    version = fields.Integer(required=True)
    n = fields.Integer(required=True)
    value = fields.Float(required=True, allow_none=True)
    reason = fields.String(allow_none=True)
    sentence = fields.String(allow_none=True)


def figure_shown(figure: Figure) -> Mapping[str, Any]:
    reason = figure.reason
    return {
        "measure": figure.measure,
        "method": figure.method,
        "version": VERSION,
        "n": figure.n,
        "value": figure.value,
        "reason": reason,
        "sentence": reason and SENTENCES.say(f"measure.{reason}", asked_locale()),
    }
