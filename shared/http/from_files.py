"""What an organisation's own files say of a person, noted for her by its administrator.

It is noted in her name and attested by nobody: `claimed`, until she confirms it. The answer tells
nothing of hers: only whether each line was noted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any, TypeVar
from uuid import UUID

from flask import Response
from marshmallow import fields
from psycopg import Connection

from shared.http.desk import Desk
from shared.http.schemas import Id, Moment, Strict, many
from shared.kernel import FILES, Act, Command, Decider, Denied, Fact, Invalid, Refused
from shared.ledger import BatchDone, Item

AT_ONCE = 200
OPEN = "SELECT by FROM known_imports WHERE opened = %s AND ended_at IS NULL"
NOT_NOTED = "line.not_noted"
D = TypeVar("D", bound=Decider)
Named = Callable[[Any], object]
Line = Sequence[Command]


class FromFilesSchema(Strict):
    """`from_import` is under way, and was begun by whoever asks; `occurred_at` is the line's day."""

    from_import = Id(required=True)
    occurred_at = Moment()


class LineSchema(Strict):
    noted = fields.Boolean(required=True)
    refused = fields.String(allow_none=True)


class NotedSchema(Strict):
    """One answer for each line, in their order."""

    lines = many(fields.Nested(LineSchema), AT_ONCE)


NOTED: Mapping[str, Any] = {"lines": [{"noted": True, "refused": None}]}


def act_from_files(desk: Desk, body: Mapping[str, Any], *, may: str, person: UUID) -> Act:
    """Raises Denied where no import is under way, or somebody else's is."""
    said = {
        "author": person,
        "contributors": [{"party": person, "part": "wrote", "role": "person"}],
        "occurred_at": body.get("occurred_at"),
    }
    act = desk.act({"act": said}, may=may, person=person)
    opened = body["from_import"]
    desk.view(act.tenant, lambda connection: require_open(connection, opened, act.actor))
    return replace(act, setting=FILES, correlation=opened)


def require_open(connection: Connection[Any], opened: UUID, by: UUID) -> None:
    found = connection.execute(OPEN, (opened,)).fetchone()
    if found is None or found[0] != by:
        raise Denied("import.not_open", field="from_import")


def noted(
    desk: Desk, kind: type[D], opening: Sequence[Command], lines: Sequence[Line], named: Named
) -> Response:
    """What opens the record, then each line on its own terms, in one INSERT; said line by line.

    A line is one command or several, the first of which names what the others are about.

    `named` gives what a line, and the fact that came of it, are about: sent again with the same
    key, a line that was noted is told to have been noted.
    """
    commands = [*opening, *chain.from_iterable(lines)]
    done = desk.ledger.execute_many(kind, commands, mode="each")
    facts = [fact for item in done.items for fact in item.facts]
    if not facts:
        desk.leave_trace(commands[0].act, nothing_new=True)
    refused = refusals(done, opening, lines, named, facts)
    told = [{"noted": code is None, "refused": code} for code in refused]
    return desk.answer_read({"lines": told}, status=201)


def refusals(
    done: BatchDone[D],
    opening: Sequence[Command],
    lines: Sequence[Line],
    named: Named,
    facts: Sequence[Fact],
) -> list[str | None]:
    """Why each line was not noted, or None. A repeated command is decided again where it was not."""
    if done.repeated:
        about = {named(fact) for fact in facts}
        again = (
            None if named(line[0]) in about else refusal_again(done.state, line) for line in lines
        )
        return list(again)
    begun, items = done.items[: len(opening)], done.items[len(opening) :]
    never = next((item.refused for item in begun if item.refused), None)
    if never is not None:
        return [code_of(never)] * len(lines)
    left = iter(items)
    return [first_of(islice(left, len(line))) for line in lines]


def first_of(items: Iterable[Item[D]]) -> str | None:
    return next((code_of(item.refused) for item in list(items) if item.refused), None)


def refusal_again(state: Decider, line: Line) -> str | None:
    try:
        state.decide(line[0])
    except Refused as refused:
        return code_of(refused)
    return None


def code_of(refused: Refused | None) -> str | None:
    """What cannot be right is said; what stands against it in her record is hers, and is not."""
    if refused is None:
        return None
    return refused.code if isinstance(refused, Invalid) else NOT_NOTED
