"""Luc's map in tests, and Karim beside him."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from services.network.domain.commands import AddTie, OnTheMap
from services.network.domain.network import Network
from services.network.domain.seeing import through
from shared.access.eyes import Eyes
from shared.coproduction import replay
from shared.kernel import Act, Contributor, Refused

SPACE = UUID("44444444-4444-4444-8444-444444444444")
NOON = datetime(2026, 1, 16, 12, tzinfo=UTC)
TODAY = date(2026, 1, 20)


def named(name: str) -> UUID:
    return uuid5(SPACE, name)


TENANT, MAP, LUC, KARIM, DIANE = (named(n) for n in ("tenant", "map", "luc", "karim", "diane"))
SIMON, FRIEND = named("simon"), named("amie")
ROLES = {LUC: "person", KARIM: "practitioner", DIANE: "relative"}
KINDS = {LUC: "self", KARIM: "care", DIANE: "relative"}
moments = count()


def act(
    actor: UUID = LUC,
    author: UUID | None = None,
    on: date | datetime | None = None,
    at: datetime | None = None,
) -> Act:
    """`on` is when it was in life: a day, an instant, or now."""
    number = next(moments)
    at = at or NOON + timedelta(minutes=number)
    day_only = on is not None and not isinstance(on, datetime)
    return Act(
        tenant=TENANT,
        subject=LUC,
        actor=actor,
        author=author or actor,
        at=at,
        occurred=datetime(on.year, on.month, on.day, tzinfo=UTC) if day_only else on or at,
        precision="day" if day_only else "instant",
        command=uuid5(SPACE, f"command {number}"),
        contributors=tuple(
            Contributor(
                party=p,
                role=ROLES[p],
                part="wrote",
                attestation="own" if p == actor else "claimed",
            )
            for p in dict.fromkeys((author or actor, actor))
        ),
    )


def do(command, by=None, **fields):
    if issubclass(command, OnTheMap):
        fields.setdefault("today", TODAY)
    return command(act=by or act(), stream=MAP, **fields)


def add(tie=SIMON, name="Simon", by=None, **fields):
    return do(AddTie, by, tie=tie, name=name, **fields)


def noted():
    """Karim notes what Luc said."""
    return act(KARIM, LUC)


def telling(state, *commands):
    facts = []
    for command in commands:
        more = list(state.decide(command))
        facts += more
        for fact in more:
            state = state.follow(fact)
    return state, facts


def luc(*commands):
    """Luc's map with what happened on it."""
    return telling(Network(MAP), *commands)[0]


def last(state):
    return state.said[-1].entry.id


def refusal(state, command):
    try:
        state.decide(command)
    except Refused as refused:
        return refused.code
    raise AssertionError(f"{command} was not refused")


def seen(state, party, today=TODAY):
    """The names that someone reads; None when she shows no map."""
    found = through(state, Eyes(party, KINDS[party]), today)
    return None if found is None else [t.name for t in (*found.map.ties.values(), *found.named)]


def shown_to(state, party, today=TODAY):
    """The map as someone sees it."""
    return through(state, Eyes(party, KINDS[party]), today).map


def again(state, facts):
    return replay(Network(MAP), facts)
