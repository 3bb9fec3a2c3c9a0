"""What every organisation begins with: the 55 themes, the process statements, the change judgements.

The files in `data/` are this product's own; each organisation gets a version to publish others from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from services.assessment.domain.catalogue_commands import (
    Content,
    DraftCatalogue,
    SphereGiven,
    ThemeGiven,
)
from services.assessment.domain.events import Step
from shared.kernel import Act

DATA = Path(__file__).parent.parent / "data"
LIFE = {"fr": "Ma qualité de vie", "en": "My quality of life"}
CHANGE_SPHERES = (
    SphereGiven("judgement", "Ce qui a changé", "What has changed"),
    SphereGiven(
        "expected", "Est-ce le changement que j’espérais?", "Is it the change I hoped for?"
    ),
    SphereGiven("thanks-to", "Ce qui a aidé ou nui", "What helped or got in the way"),
)


class Ready(NamedTuple):
    """A questionnaire that comes with the product."""

    key: str
    kind: str
    fr: str
    en: str
    content: Content


def installing(act: Act) -> Iterator[DraftCatalogue]:
    """The commands that install them; the same again on the same streams, so that none doubles."""
    for ready in all_ready():
        yield DraftCatalogue(
            act=act,
            stream=default_id(act.tenant, ready.key),
            key=ready.key,
            kind=ready.kind,
            fr=ready.fr,
            en=ready.en,
            content=ready.content,
            published=True,
        )


def default_id(tenant: UUID, key: str) -> UUID:
    """Where an organisation's first version of a questionnaire is."""
    return uuid5(tenant, f"catalogue/{key}/1")


@cache
def all_ready() -> tuple[Ready, ...]:
    life, process, change = (
        read(name) for name in ("default-catalogue", "process-catalogue", "change-judgements")
    )
    return (
        Ready(life["id"], life["kind"], **LIFE, content=rated(life, read("scale"))),
        Ready(
            process["id"],
            process["kind"],
            process["fr"],
            process["en"],
            rated(process, process["scale"]),
        ),
        Ready(change["id"], change["kind"], change["fr"], change["en"], judged(change)),
    )


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return found


def rated(data: Mapping[str, Any], scale: Mapping[str, Any]) -> Content:
    return Content(
        tuple(SphereGiven(s["id"], s["fr"], s["en"]) for s in data["spheres"]),
        tuple(
            ThemeGiven(
                t["id"],
                t["sphere"],
                t["fr"],
                t["en"],
                t["help_fr"],
                t["help_en"],
                t["meaning"],
                t.get("sensitive", False),
            )
            for t in data["themes"]
        ),
        scale["min"],
        scale["max"],
        tuple(Step(step["value"], step["fr"], step["en"]) for step in scale["steps"]),
    )


def judged(data: Mapping[str, Any]) -> Content:
    """The answers to the three questions on change, each a theme of its question's sphere."""
    asked = {
        "judgement": data["judgements"],
        "expected": data["expected"]["answers"],
        "thanks-to": data["thanks_to"]["answers"],
    }
    themes = tuple(
        ThemeGiven(one["id"], sphere, one["fr"], one["en"], "", "", one["id"])
        for sphere, answers in asked.items()
        for one in answers
    )
    return Content(CHANGE_SPHERES, themes)
