"""The people and acts that the tests of plans tell of: Noémie, and Isabelle beside her."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID, uuid5

from services.plans.domain.acting import AddAction
from services.plans.domain.agreeing import AgreeGoal, ProposeGoal
from services.plans.domain.considering import ConsiderTheme, DeclineTheme, ReconsiderTheme
from services.plans.domain.plan import Plan
from services.plans.domain.reviewing import OpenPlan
from shared.coproduction import ConfirmContribution, DisputeContribution, replay
from shared.kernel import Act, Contributor, Refused

SPACE = UUID("33333333-3333-4333-8333-333333333333")
NOON = datetime(2025, 11, 10, 13, tzinfo=UTC)


def named(name: str) -> UUID:
    return uuid5(SPACE, name)


TENANT, PLAN = named("tenant"), named("plan")
NOEMIE, ISABELLE, JULIE, NATHALIE = (named(n) for n in ("noemie", "isabelle", "julie", "nathalie"))
CHEMISTRY, BENEFIT, WOLF, CALL = (named(n) for n in ("chimie", "aide", "loup", "appel"))
ROLES = {
    NOEMIE: "person",
    ISABELLE: "practitioner",
    JULIE: "practitioner",
    NATHALIE: "privacy_officer",
}
MEDICATION = "comprendre-medicaments"
TITLES = ("Comprendre mes médicaments", "Understanding my medication")
moments = count()


def act(
    actor: UUID = NOEMIE,
    author: UUID | None = None,
    *also: tuple[UUID, str],
    part: str = "wrote",
) -> Act:
    """What somebody does, a minute after the last: signed in, for whom, and who took part how."""
    number = next(moments)
    parties = {author or actor: part} | ({actor: "wrote"} if author not in (None, actor) else {})
    at = NOON + timedelta(minutes=number)
    return Act(
        tenant=TENANT,
        subject=NOEMIE,
        actor=actor,
        author=author or actor,
        at=at,
        occurred=at,
        command=uuid5(SPACE, f"command {number}"),
        contributors=tuple(
            Contributor(
                party=party,
                role=ROLES[party],
                part=taken,
                attestation="own" if party == actor else "claimed",
            )
            for party, taken in {**parties, **dict(also)}.items()
        ),
        setting="meeting" if also else "alone",
    )


def hers() -> Act:
    return act()


def isabelles(*also: tuple[UUID, str]) -> Act:
    return act(ISABELLE, None, *also)


def noted() -> Act:
    """Isabelle notes what Noémie said."""
    return act(ISABELLE, NOEMIE)


def do(command: type, by: Act | None = None, **fields):
    return command(act=by or hers(), stream=PLAN, **fields)


def consider(theme=MEDICATION, by=None, **fields):
    return do(ConsiderTheme, by or isabelles(), theme=theme, **fields)


def decline(theme=MEDICATION, by=None, **fields):
    return do(DeclineTheme, by, theme=theme, **fields)


def reconsider(theme=MEDICATION, by=None, **fields):
    return do(ReconsiderTheme, by, theme=theme, **fields)


def propose(goal=CHEMISTRY, words="Terminer ma chimie du secondaire.", by=None, **fields):
    return do(ProposeGoal, by, goal=goal, words=words, **fields)


def agree(goal=CHEMISTRY, by=None):
    return do(AgreeGoal, by, goal=goal)


def add(action=CALL, goal=CHEMISTRY, by=None, words="Appeler le centre.", **fields):
    return do(AddAction, by, action=action, goal=goal, words=words, **fields)


def confirm(entry, by=None):
    return do(ConfirmContribution, by, entry=entry)


def dispute(entry, by=None, reason="Je n’ai pas dit oui."):
    return do(DisputeContribution, by, entry=entry, reason=reason)


def telling(state, *commands):
    """The state and all that was recorded on the way."""
    facts = []
    for command in commands:
        more = list(state.decide(command))
        facts += more
        for fact in more:
            state = state.follow(fact)
    return state, facts


def plan(*commands):
    """Noémie's plan, opened, with what happened in it since."""
    return telling(Plan(PLAN), do(OpenPlan), *commands)[0]


def last(state) -> UUID:
    """The id of the latest entry."""
    return state.said[-1].entry.id


def recorded(state, command):
    """What this command records, without the envelope: kinds and bodies."""
    return list(state.decide(command))


def refusal(state, command) -> str:
    """The code with which this is refused; fails if it is not."""
    try:
        state.decide(command)
    except Refused as refused:
        return refused.code
    raise AssertionError(f"{command} was not refused")


def again(state):
    """The same stream folded anew from all that was recorded, as the ledger does on a load."""
    return replay(Plan(PLAN), state.told)


def status(state, goal=CHEMISTRY) -> str:
    return state.goals[goal].status


def later(by: Act, days: int) -> Act:
    return replace(by, occurred=by.occurred + timedelta(days=days))
