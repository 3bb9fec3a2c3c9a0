"""What goals, steps, strengths, ties and answers were called or set to, each time it changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from psycopg import Connection

from services.reporting.domain.known import Said, Thing, answer_id, view_id
from shared.store.told import Told
from shared.store.views import Doc, Key, Row, View

NamedBy = Callable[[Told], UUID]


def field(name: str) -> NamedBy:
    return lambda told: UUID(told.body[name])


def itself(told: Told) -> UUID:
    return told.id


def sitting(told: Told) -> UUID:
    return told.stream


def answer(told: Told) -> UUID:
    return answer_id(told.stream, told.body["theme"])


def view(told: Told) -> UUID:
    return view_id(told.stream, told.body["theme"], told.act.author)


THINGS: Mapping[str, tuple[str, NamedBy]] = {
    "assessment.assessment_opened": ("assessment", sitting),
    "assessment.theme_rated": ("answer", answer),
    "assessment.view_noted": ("view", view),
    "assessment.view_revised": ("view", view),
    "assessment.strength_named": ("strength", itself),
    "assessment.strength_reworded": ("strength", field("strength")),
    "assessment.aspiration_named": ("aspiration", itself),
    "assessment.aspiration_reworded": ("aspiration", field("aspiration")),
    "network.tie_added": ("tie", field("tie")),
    "network.tie_renamed": ("tie", field("tie")),
    "plans.goal_proposed": ("goal", field("goal")),
    "plans.goal_reworded": ("goal", field("goal")),
    "plans.action_added": ("action", field("action")),
    "reporting.summary_made": ("summary", field("summary")),
    "reporting.summary_rearranged": ("summary", field("summary")),
}


@dataclass(frozen=True)
class ThingRow(Row):
    id: UUID
    kind: str
    stream: UUID
    said: Doc
    catalogue: UUID | None = None


class Things(View[ThingRow]):
    """What was this goal, step, strength, tie or answer, at the time an entry speaks of it?"""

    name = "things"
    row = ThingRow
    key = ("tenant_id", "id")
    sources: ClassVar[frozenset[str]] = frozenset({"assessment", "network", "plans", "reporting"})
    listens = frozenset(THINGS)

    def keys(self, told: Told) -> Iterable[Key]:
        _, named_by = THINGS[told.type]
        if not told.readable and named_by is not itself:
            return []
        return [(told.tenant, named_by(told))]

    def fold(self, key: Key, row: ThingRow | None, told: Told) -> ThingRow:
        known = row or ThingRow(
            told.tenant, told.subject, key[1], THINGS[told.type][0], told.stream, {"all": []}
        )
        catalogue = told.body.get("catalogue")
        said = {
            "entry": str(told.id),
            "at": told.act.at.isoformat(),
            "version": told.version,
            "words": told.body.get("words") or told.body.get("name") or told.body.get("title"),
            "value": told.body.get("value"),
        }
        return replace(
            known,
            said={"all": [*known.said["all"], said]},
            catalogue=UUID(catalogue) if catalogue else known.catalogue,
        )


def things_of(
    connection: Connection[Any], ids: Iterable[UUID], subjects: Collection[UUID]
) -> Mapping[UUID, Thing]:
    """Those of these things that are told of one of these subjects: an id may name another's."""
    rows = connection.execute(
        "SELECT id, kind, stream, said, catalogue FROM things "
        "WHERE id = ANY(%s) AND subject_id = ANY(%s)",
        (list(set(ids)), list(subjects)),
    )
    return {
        id_: Thing(
            id=id_,
            kind=kind,
            stream=stream,
            said=tuple(said_of(one) for one in said["all"]),
            catalogue=catalogue,
        )
        for id_, kind, stream, said, catalogue in rows.fetchall()
    }


def said_of(told: Mapping[str, Any]) -> Said:
    return Said(
        entry=UUID(told["entry"]),
        at=datetime.fromisoformat(told["at"]),
        version=told["version"],
        words=told["words"],
        value=told["value"],
    )
