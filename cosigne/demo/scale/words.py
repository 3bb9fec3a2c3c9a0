"""What invented people say: sentences drawn by lot from a file of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

LOW, HIGH = 35, 70


@cache
def bank() -> Mapping[str, Any]:
    text = files("cosigne").joinpath("data", "scale-words.json").read_text("utf-8")
    told: Mapping[str, Any] = json.loads(text)
    return told


@cache
def themes() -> tuple[str, ...]:
    return tuple(bank()["themes"])


def said(lot: Random, what: str) -> str:
    """One sentence of a kind."""
    return str(lot.choice(bank()[what]))


def some(lot: Random, what: str, count: int) -> Sequence[Any]:
    """Different ones of a kind, as many as there are at most."""
    found = bank()[what]
    return lot.sample(found, min(count, len(found)))


def comment(lot: Random, theme: str, value: int) -> str:
    """What a person may write beside an answer: it goes with how high she puts it."""
    own = bank()["themes"][theme]
    if value <= LOW:
        return str(own["low"])
    return str(own["high"]) if value >= HIGH else said(lot, "between")


def goal(theme: str) -> str:
    return str(bank()["themes"][theme]["goal"])


def obstacle(lot: Random) -> dict[str, str]:
    """What stood in the way: which logic, and how."""
    logic = lot.choice(sorted(bank()["obstacles"]))
    return {"logic": logic, "words": lot.choice(bank()["obstacles"][logic])}


def told_to_her(what: str, name: str) -> str:
    """What a person is told about whoever accompanies her."""
    return str(bank()[what]).format(name=name)
