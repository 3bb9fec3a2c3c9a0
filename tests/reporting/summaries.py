"""Olivier's summary in tests, with Isabelle who may note for him and Anne Leduc who may open it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from services.reporting.domain.events import Part
from services.reporting.domain.summary import Summary
from services.reporting.domain.summary_commands import (
    EndShare,
    MakeSummary,
    OpenByLink,
    OpenSummary,
    RearrangeSummary,
    ShareSummary,
)
from shared.kernel import Act, Contributor, Refused

SPACE = UUID("77777777-7777-4777-8777-777777777777")
NOON = datetime(2025, 11, 24, 18, tzinfo=UTC)
TODAY = date(2025, 11, 24)
TITLE = "Ce que je veux dire au rendez-vous"
TOKEN, CODE, WRONG = "digest of a link", "digest of a code", "digest of another"


def named(name: str) -> UUID:
    return uuid5(SPACE, name)


TENANT, SUMMARY, OLIVIER, ISABELLE, LEDUC = (
    named(n) for n in ("tenant", "summary", "olivier", "isabelle", "leduc")
)
SLEEP, STAR = named("sleep"), named("star")
ROLES = {OLIVIER: "person", ISABELLE: "practitioner", LEDUC: "practitioner"}
moments = count()


def act(actor: UUID = OLIVIER, author: UUID | None = None, days: int = 0) -> Act:
    number = next(moments)
    at = NOON + timedelta(days=days, seconds=number)
    return Act(
        tenant=TENANT,
        subject=OLIVIER,
        actor=actor,
        author=author or actor,
        at=at,
        occurred=at,
        command=uuid5(SPACE, f"command {number}"),
        contributors=tuple(
            Contributor(
                party=p,
                role=ROLES.get(p, "practitioner"),
                part="wrote",
                attestation="own" if p == actor else "claimed",
            )
            for p in dict.fromkeys((author or actor, actor))
        ),
    )


def noted() -> Act:
    """Isabelle notes what Olivier wants said."""
    return act(ISABELLE, OLIVIER)


def make(*parts: Part, by: Act | None = None, title: str = TITLE) -> MakeSummary:
    told = parts or (Part(entry=STAR), Part(words="Je parlerai en premier."), Part(entry=SLEEP))
    return MakeSummary(act=by or act(), stream=SUMMARY, title=title, parts=told)


def rearrange(*parts: Part, by: Act | None = None, title: str = TITLE) -> RearrangeSummary:
    return RearrangeSummary(act=by or act(), stream=SUMMARY, title=title, parts=parts)


def show(audience: UUID | None = LEDUC, means: str = "screen", **more) -> ShareSummary:
    by = more.pop("by", None) or act()
    known = {"act": by, "stream": SUMMARY, "today": TODAY, "means": means, "audience": audience}
    return ShareSummary(**{**known, **more})


def link(**more) -> ShareSummary:
    secrets = {"for_whom": "Dre Leduc", "token": TOKEN, "code": CODE}
    return show(None, "link", **{**secrets, **more})


def end(share: UUID, today: date = TODAY, by: Act | None = None) -> EndShare:
    return EndShare(act=by or act(), stream=SUMMARY, today=today, share=share)


def opening(by: UUID = LEDUC, today: date = TODAY) -> OpenSummary:
    return OpenSummary(act=act(by), stream=SUMMARY, today=today)


def typed(code: str = CODE, today: date = TODAY, token: str = TOKEN, days: int = 0) -> OpenByLink:
    command = {"act": act(named("whoever"), days=days), "stream": SUMMARY, "today": today}
    return OpenByLink(**command, token=token, code=code)


def telling(state, *commands):
    facts = []
    for command in commands:
        more = list(state.decide(command))
        facts += more
        for fact in more:
            state = state.follow(fact)
    return state, facts


def summary(*commands) -> Summary:
    """The summary with what was done with it."""
    return telling(Summary(SUMMARY), *commands)[0]


def refusal(state, command) -> str:
    try:
        state.decide(command)
    except Refused as refused:
        return refused.code
    raise AssertionError(f"{command} was not refused")
