"""How a change of a draft is kept when several people work on it: nobody's words go over another's unseen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson

from services.portal.asking import Asking, Problem
from services.portal.forms import RULES, Form
from services.portal.pages.questionnaires import API

STALE = 412
ENDED = ("catalogue.published_for_good", "catalogue.set_aside")
Told = Mapping[str, Any]
Part = Callable[[Told], Told | None]


def mark_of(part: Told | None) -> str:
    """What someone had in front of them when they began to write, as a short mark."""
    return sha256(orjson.dumps(part, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def kept(
    ask: Asking, catalogue: UUID, path: str, body: Told, form: Form, part: Part | None = None
) -> None:
    """Keeps it, also when others changed something else of the draft meanwhile. Raises Problem."""
    where = f"{API}/{catalogue}"
    try:
        ask.send(f"{where}/{path}", body, key=form.key, match=form.version)
    except Problem as problem:
        if problem.status != STALE or part is None:
            raise
        now = ask.get(where)
        if mark_of(part(now)) != form["seen"]:
            raise
        ask.send(f"{where}/{path}", body, match=now["version"])


def amiss(form: Form, problem: Problem) -> Form:
    """The form with what is to be mended. Raises the problem where the draft is one no more."""
    if problem.code in ENDED:
        raise problem
    return form.wrong(problem, RULES | {STALE})
