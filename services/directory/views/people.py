"""Who is registered here, under which name, with which roles, where?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View


@dataclass(frozen=True)
class PersonRow(Row):
    """A party or a person; `posts` holds each role at each site, by `role/site`."""

    party: UUID
    kind: str
    name: str
    registered_at: datetime
    sign_in_subject: str | None = None
    posts: Doc = field(default_factory=dict)
    left_at: datetime | None = None


class People(View[PersonRow]):
    name = "people"
    row = PersonRow
    key = ("tenant_id", "party")
    indexes = (("tenant_id", "kind", "name", "party"), ("tenant_id", "sign_in_subject"))
    sources: ClassVar[frozenset[str]] = frozenset({"directory"})
    listens = frozenset(
        {
            "directory.party_registered",
            "directory.person_registered",
            "directory.role_granted",
            "directory.role_revoked",
            "directory.party_left",
            "directory.person_erased",
        }
    )

    def keys(self, told: Told) -> Iterable[Key]:
        hers = told.type in ("directory.person_registered", "directory.person_erased")
        return [(told.tenant, told.subject if hers else told.stream)]

    def fold(self, key: Key, row: PersonRow | None, told: Told) -> PersonRow | None:
        if told.type == "directory.person_erased":
            return None
        if told.type in ("directory.party_registered", "directory.person_registered"):
            return registered(told, key[1]) if told.readable else row
        if row is None or not told.readable:
            return row
        match told.type:
            case "directory.role_granted":
                return replace(row, posts={**row.posts, post(told.body): held(told.body)})
            case "directory.role_revoked":
                role, site = told.body["role"], told.body.get("site")
                return replace(
                    row,
                    posts={
                        name: kept
                        for name, kept in row.posts.items()
                        if kept["role"] != role or site not in (None, kept["site"])
                    },
                )
            case _:
                return replace(row, posts={}, left_at=told.act.at)


def registered(told: Told, party: UUID) -> PersonRow:
    return PersonRow(
        told.tenant,
        told.subject,
        party,
        told.body.get("kind", "person"),
        told.body["name"],
        told.act.at,
        told.body.get("sign_in_subject"),
    )


def post(body: Mapping[str, Any]) -> str:
    return f"{body['role']}/{body.get('site') or ''}"


def held(body: Mapping[str, Any]) -> Doc:
    return {name: body.get(name) for name in ("role", "site", "job")}


def plain(text: str) -> str:
    """Without capitals and accents: « therese » finds Thérèse, and Étienne stands among the E."""
    return rf"regexp_replace(lower(normalize({text}, NFD)), '[\u0300-\u036f]', '', 'g')"


PAGE = f"""
SELECT party, kind, name, sign_in_subject, posts, left_at FROM people
 WHERE (kind = 'person') = %(persons)s
   AND ({plain("name")}, party) > ({plain("%(name)s::text")}, %(party)s)
   AND (%(within)s = '' OR position({plain("%(within)s::text")} in {plain("name")}) > 0)
   AND NOT EXISTS (SELECT FROM relations r WHERE r.tenant_id = people.tenant_id
     AND r.subject_id = people.party AND r.kind = 'erasure' AND r.ended_at IS NULL)
 ORDER BY {plain("name")}, party LIMIT %(limit)s
"""
START = ("", UUID(int=0))


def page(
    connection: Connection[Any],
    *,
    persons: bool,
    after: tuple[Any, ...] | None,
    limit: int,
    within: str = "",
) -> list[dict[str, Any]]:
    """The persons, or everyone else, by name; `after` is the (name, id) of the page before.

    `within` keeps those whose name holds it, whatever its capitals and accents.
    """
    name, party = after or START
    asked = {"persons": persons, "name": name, "party": party, "limit": limit}
    rows = connection.execute(PAGE, {**asked, "within": within.strip()}).fetchall()
    return [
        {
            "id": row[0],
            "kind": row[1],
            "name": row[2],
            "sign_in_subject": row[3],
            "roles": list(row[4].values()),
            "left_at": row[5],
        }
        for row in rows
    ]


def names(connection: Connection[Any], parties: Sequence[UUID]) -> dict[UUID, str]:
    """How each of these is called; whoever is not known here is left out."""
    rows = connection.execute(
        "SELECT party, name FROM people WHERE party = ANY(%s)", (list(parties),)
    ).fetchall()
    return dict(rows)


def signs_in(connection: Connection[Any], subject: str) -> UUID | None:
    """Who signs in here under this subject, if anyone still does."""
    row = connection.execute(
        "SELECT party FROM people WHERE sign_in_subject = %s AND left_at IS NULL LIMIT 1",
        (subject,),
    ).fetchone()
    return row[0] if row else None
