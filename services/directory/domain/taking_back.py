"""Taking words back from a person's relations, without changing who may see what.

A destroyed body tells nothing, so a restriction whose reason is taken back would be lifted by it,
and a consent that was ended would run again. What still holds is therefore said again without the
words, in the same act, before the words go.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from services.directory.domain import events as e
from services.directory.domain.standing import TAKEN_BACK
from shared.coproduction import Coproduced, MisfileEntry, WithdrawWords
from shared.kernel import Act, Denied, Fact, Refused

if TYPE_CHECKING:
    from services.directory.domain.relations import Relations

CLOSING = frozenset(
    fact.TOPIC
    for fact in (
        e.CareRelationEnded,
        e.RepresentationEnded,
        e.ConsentWithdrawn,
        e.AccessRestricted,
        e.EmergencyAccessClosed,
    )
)
NEVER = frozenset(
    fact.TOPIC
    for fact in (
        e.PersonRegistered,
        e.PersonErased,
        e.RightAnswered,
        e.RightExtended,
        e.ErasureScheduled,
        e.ErasureCalledOff,
        e.ErasureBegun,
        e.ErasureCertified,
        e.EmergencyAccessReviewed,
    )
)


def take_back(state: Relations, command: WithdrawWords | MisfileEntry) -> Sequence[Fact]:
    entry = state.entries.get(command.entry)
    if entry is None or entry.topic in TAKEN_BACK:
        return Coproduced.decide(state, command)
    if entry.topic in NEVER:
        raise Refused("entry.others_rest_on_it", field="entry")
    if isinstance(command, MisfileEntry):
        if entry.topic in CLOSING and not hers_or_officer(command.act):
            # a worker whom she keeps out cannot undo it by saying it was misfiled
            raise Denied("entry.closes_access", field="entry")
        return Coproduced.decide(state, command)
    said = state.spoken.get(entry.id)
    if said is None:
        raise Refused("entry.others_rest_on_it", field="entry")
    withdrawn = Coproduced.decide(state, command)
    if not withdrawn or not still_holds(state, said):
        return withdrawn
    again = wordless(said, state, command)
    return [again, *Coproduced.decide(state.follow(again), command)]


def hers_or_officer(act: Act) -> bool:
    """Signed in as herself or as privacy officer; naming one of them as author is not enough."""
    return act.actor == act.subject or act.role_of(act.actor) == "privacy_officer"


def still_holds(state: Relations, said: Fact) -> bool:
    """Whether the directory still goes by what this fact says."""
    match said:
        case e.ConsentGiven():
            return not state.consents.given[said.id].ended
        case e.AccessRestricted():
            return said.id in state.restrictions.current
        case e.RightRequested():
            return state.rights.requests[said.id].outcome is None
        case e.WayOfWorkingAgreed(first=first, words=words):
            way = state.notices.way
            return way is not None and (way.first, way.words) == (first, words)
        case _:
            return True


def wordless(said: Fact, state: Relations, command: WithdrawWords) -> Fact:
    """The same fact with nothing in its own words, by the one who takes them back."""
    act = replace(command.act, occurred=said.act.occurred, precision=said.act.precision)
    stamp = state.stamp(replace(command, act=act))
    bare: dict[str, Any] = {
        "originator_id": stamp.originator_id,
        "originator_version": stamp.originator_version,
        "timestamp": stamp.timestamp,
        "act": act,
        "reason" if isinstance(said, e.AccessRestricted) else "words": None,
    }
    return replace(said, **bare)
