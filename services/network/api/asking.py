"""What can be asked about ties and sharing."""

from __future__ import annotations

from typing import Any

from services.network.domain.commands import KINDS, SUPPORT
from shared.http.schemas import Day, Flag, Id, Strict, Whole, Words, many, one_of, with_act

PREFIX = "/v1/persons/<uuid:person>/network"
TIE = "/ties/<uuid:tie>"


class Asked(Strict):
    act = with_act()


class NameAsked(Asked):
    name = Words(longest=80, required=True)


class TieAsked(NameAsked):
    tie = Id()
    relation = Words(longest=80)
    circle = Whole(least=1, most=3)
    since = Words(longest=80)
    kind = one_of(KINDS)


class RatingAsked(Asked):
    quality = Words(longest=200)
    closeness = Words(longest=200)


class SupportAsked(Asked):
    received = many(one_of(SUPPORT), len(SUPPORT))
    given = many(one_of(SUPPORT), len(SUPPORT))
    words = Words(longest=2000)


class EndAsked(Asked):
    reason = Words(longest=2000)


class ShareAsked(Asked):
    audience = many(Id(), 50)
    except_ties = many(Id(), 500)
    my_team = Flag()
    until = Day()


def said(body: dict[str, Any], *apart: str) -> dict[str, Any]:
    """The command's own fields: everything but the act and what is named, lists as facts keep them."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in body.items()
        if name not in ("act", *apart)
    }
