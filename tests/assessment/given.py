"""The people and acts that the assessment's tests tell of."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import OpenAssessment, RateTheme, ShareAssessment
from shared.access.eyes import Eyes
from shared.coproduction import replay
from shared.kernel import Act, Contributor

SPACE = UUID("11111111-1111-4111-8111-111111111111")
NOON = datetime(2026, 1, 16, 12, tzinfo=UTC)


def named(name: str) -> UUID:
    return uuid5(SPACE, name)


TENANT, SITTING, CATALOGUE = named("tenant"), named("sitting"), named("catalogue")
LUC, KARIM, DIANE, MARC, PAUL = (named(n) for n in ("luc", "karim", "diane", "marc", "paul"))
ROLES = {
    LUC: "person",
    KARIM: "practitioner",
    DIANE: "relative",
    MARC: "peer_worker",
    PAUL: "representative",
}
KINDS = {LUC: "self", KARIM: "care", MARC: "care", DIANE: "relative", PAUL: "representative"}
THEMES = ("travail", "sommeil", "famille", "intimite")
moments = count()


def eyes(party: UUID) -> Eyes:
    return Eyes(party, KINDS[party])


def act(
    actor: UUID = LUC,
    author: UUID | None = None,
    *,
    also: tuple[UUID, ...] = (),
    because_of: tuple[UUID, ...] = (),
    subject: UUID = LUC,
    role: str | None = None,
) -> Act:
    """What somebody does, a minute after the last: signed in, for whom, with whom, after what."""
    number = next(moments)
    parties = dict.fromkeys((author or actor, actor, *also))
    at = NOON + timedelta(minutes=number)
    return Act(
        tenant=TENANT,
        subject=subject,
        actor=actor,
        author=author or actor,
        at=at,
        occurred=at,
        command=uuid5(SPACE, f"command {number}"),
        contributors=tuple(
            Contributor(
                party=p,
                role=(role if p == actor and role else ROLES.get(p, "administrator")),
                part="wrote",
                attestation="own" if p == actor else "claimed",
            )
            for p in parties
        ),
        because_of=because_of,
    )


def opened(**changes):
    command = OpenAssessment(
        act=act(),
        stream=SITTING,
        catalogue=CATALOGUE,
        kind="quality_of_life",
        themes=THEMES,
        lowest=0,
        highest=100,
    )
    return replace(command, **changes)


def rate(theme="travail", value=20, *, by=None, **fields):
    return RateTheme(act=by or act(), stream=SITTING, theme=theme, value=value, **fields)


def share(*audience, by=None, **fields):
    parts = fields.pop("parts", ("quality_of_life",))
    return ShareAssessment(
        act=by or act(), stream=SITTING, audience=audience, parts=parts, **fields
    )


def told(state, *commands):
    """The state once these commands were decided, one after the other."""
    return telling(state, *commands)[0]


def telling(state, *commands):
    """The state and all that was recorded on the way."""
    facts = []
    for command in commands:
        more = list(state.decide(command))
        facts += more
        for fact in more:
            state = state.follow(fact)
    return state, facts


def sitting(*commands):
    """An assessment of Luc's, opened, with what happened in it since."""
    return told(Assessment(SITTING), opened(), *commands)


def again(state, *commands):
    """The same stream folded anew, as the ledger does on the next load."""
    _, facts = telling(state, *commands)
    return replay(type(state)(state.id), facts)


def stands(state, theme="travail"):
    answer = state.answer(theme).stands
    return None if answer is None else answer.value
