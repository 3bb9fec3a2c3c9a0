"""What can be asked about ties and sharing."""

from __future__ import annotations

from services.network.domain.commands import JUST_ME, KINDS, LINES, SUPPORT, VISIBILITIES
from shared.http.schemas import Asked, Day, Flag, Id, Strict, Whole, Words, many, one_of

PREFIX = "/v1/persons/<uuid:person>/network"
TIE = "/ties/<uuid:tie>"


class NameAsked(Asked):
    name = Words(longest=80, required=True)


class TieAsked(NameAsked):
    tie = Id()
    relation = Words(longest=80)
    circle = Whole(least=1, most=3)
    since = Words(longest=80)
    kind = one_of(KINDS)
    visibility = one_of(
        (JUST_ME,), metadata={"description": "Hers alone from the start, under any sharing."}
    )


class PlaceAsked(Asked):
    circle = Whole(least=1, most=3)
    relation = Words(longest=80)


class RatingAsked(Asked):
    quality = Words(longest=200)
    closeness = Words(longest=200)
    line = one_of(LINES, metadata={"description": "How she draws it: a line, never a mark."})


class SupportAsked(Asked):
    received = many(one_of(SUPPORT), len(SUPPORT))
    given = many(one_of(SUPPORT), len(SUPPORT))
    words = Words(longest=2000)


class ContactAsked(Asked):
    often = Words(longest=200)
    means = many(Words(longest=80), 10)
    words = Words(longest=2000)


class TalkAsked(Asked):
    words = Words(required=True)


class VisibilityAsked(Asked):
    visibility = one_of(VISIBILITIES, required=True)


class PairAsked(Asked):
    one = Id(required=True)
    other = Id(required=True)


class AlterTiesAskedFor(Asked):
    ties = many(Id(), 300, required=True)


class EndAsked(Asked):
    reason = Words(longest=2000)


class ShareAsked(Asked):
    audience = many(Id(), 50)
    except_ties = many(Id(), 500)
    my_team = Flag()
    until = Day()


class AsOfQuery(Strict):
    as_of = Day(metadata={"description": "The map at the end of that day; today’s without it."})
