"""Who and what an organisation has, as the office's forms offer them to choose from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from services.portal.asking import Asking
from services.portal.forms import Form
from services.portal.pages.paging import paged

Told = Mapping[str, Any]
Option = tuple[str, str]
PAGES_AT_MOST = 20  # of 200: nobody chooses among more in one list


def everyone(ask: Asking, what: str) -> list[Told]:
    """All who are registered here: `parties`, or the `persons` served."""
    found: list[Told] = []
    cursor = ""
    for _ in range(PAGES_AT_MOST):
        page, cursor = paged(ask, f"directory/{what}", limit=200, cursor=cursor)
        found += page[what]
        if not cursor:
            break
    return found


def posts_in(parties: Iterable[Told]) -> Iterator[Told]:
    """The roles of those who are still here."""
    for party in parties:
        if not party["left_at"]:
            yield from party["roles"]


def holding(parties: Iterable[Told], *roles: str) -> list[tuple[Told, str]]:
    """Who is here with one of these roles, once for each."""
    return [
        (party, role)
        for party in parties
        for role in roles
        if not party["left_at"] and any(post["role"] == role for post in party["roles"])
    ]


def places_of(house: Told) -> Sequence[tuple[str, Sequence[Option]]]:
    """Each open site with its open programmes, to choose from; a site without any is left out."""
    given = [
        (
            site["name"],
            [
                (programme["id"], programme["name"])
                for programme in house["programmes"]
                if programme["site"] == site["id"] and programme["open"]
            ],
        )
        for site in house["sites"]
        if site["open"]
    ]
    return [(name, programmes) for name, programmes in given if programmes]


def sites_of(house: Told) -> Sequence[Option]:
    return [(site["id"], site["name"]) for site in house["sites"] if site["open"]]


def names_of(house: Told) -> Mapping[str, str]:
    """Sites and programmes by their id, closed ones too."""
    return {place["id"]: place["name"] for place in (*house["sites"], *house["programmes"])}


def filled(form: Form, *names: str) -> dict[str, str]:
    """What was filled in: a field left empty is not sent."""
    return {name: form[name] for name in names if form[name]}
