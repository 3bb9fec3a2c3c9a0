"""What can be counted on her map, said in words: how many, where, which support, who knows whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from babel.numbers import format_decimal
from flask import Blueprint, request
from werkzeug.wrappers import Response as AnyResponse

from services.portal.frame import Frame
from services.portal.pages.network import day_asked, path_of, today_of
from services.portal.pictures.network import Told

SUPPORT = ("emotional", "practical", "informational", "companionship")


def pages(frame: Frame) -> Blueprint:
    blueprint = Blueprint(
        "network_measures", __name__, url_prefix="/persons/<uuid:person>/network/figures"
    )

    @blueprint.get("")
    def read(person: UUID) -> AnyResponse:
        subject, ask, today = frame.subject(person), frame.ask(), today_of(frame)
        on = min(day_asked(request.args.get("on", "")) or today, today)
        told = ask.maybe(lambda: ask.get(path_of(person, "measures"), as_of=on))
        if told is None:
            return frame.page("network_measures.html", subject=subject, told=None)
        return frame.page(
            "network_measures.html",
            subject=subject,
            told=told,
            today=today.isoformat(),
            kinds=[of_kind(kind) for kind in told["kinds"] if kind["size"]["n"]],
            among=[in_words(figure) for figure in told["among_people"]],
        )

    def in_words(figure: Told) -> Told:
        """A figure with its sentence: what it comes to on this map, or why it comes to nothing."""
        name, value = figure["measure"], figure["value"]
        if value is None:
            return {**figure, "said": figure["sentence"]}
        told = {name: number(worth) for name, worth in values_of(figure).items()}
        return {**figure, "said": frame.say(f"figures.{name}.said", **told)}

    def number(value: float) -> str:
        return format_decimal(round(value, 2), locale=frame.locale().replace("-", "_"))

    return blueprint


def values_of(figure: Told) -> Mapping[str, float]:
    """The figure as one would count it by hand: of how many pairs, rather than a share of one."""
    n, value = figure["n"], figure["value"]
    pairs = n * (n - 1) // 2
    known = round(value * pairs) if figure["measure"] == "density" else 0
    return {"n": n, "value": value, "pairs": pairs, "known": known}


def of_kind(kind: Told) -> dict[str, Any]:
    """Of people, groups, services or animals: where they are, who they are, what goes between."""
    described: Sequence[Sequence[str]] = [
        one["kinds"] for one in kind["support"] if one["kinds"] is not None
    ]
    of = Counter(support for kinds in described for support in kinds)
    return {
        "kind": kind["kind"],
        "n": kind["size"]["n"],
        "circles": [(one["circle"] or 0, one["n"]) for one in kind["circles"] if one["n"]],
        "relations": [(one["relation"], one["n"]) for one in kind["relations"]],
        "described": len(described),
        "support": [(support, of[support]) for support in SUPPORT if of[support]],
    }
