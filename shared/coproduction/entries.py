"""The entries of a stream, and what the people named in each have said of it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from shared.coproduction.facts import (
    ANSWERS,
    ContributionConfirmed,
    ContributionDisputed,
    DisputeAnswered,
    DisputeSettled,
    EntryMisfiled,
    WordsWithdrawn,
    topic_of,
)
from shared.coproduction.growing import grown
from shared.kernel import Act, Fact, Unreadable

UNSETTLED = ("open", "answered")


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact of the stream, and what the people named in it have said about it since."""

    id: UUID
    topic: str
    act: Act
    attested: Mapping[UUID, str]
    dispute: str | None = None
    disputed_by: frozenset[UUID] = frozenset()
    readable: bool = True
    answers: UUID | None = None
    outcome: str | None = None

    @property
    def stands(self) -> bool:
        """False while disputed, once a dispute was accepted, or when its words are gone."""
        return self.readable and self.dispute in (None, "kept")

    def says(self, party: UUID) -> str | None:
        """The attestation of a party's contribution as it stands now."""
        return self.attested.get(party)


def entry_of(fact: Fact) -> Entry:
    attested = {c.party: c.attestation for c in fact.act.contributors}
    attested |= {c.party: "own" for c in fact.act.contributors if c.attestation == "own"}
    answers = outcome = None
    if isinstance(fact, ANSWERS):
        answers, outcome = fact.entry, getattr(fact, "outcome", None)
    return Entry(
        fact.id,
        topic_of(fact),
        fact.act,
        attested,
        readable=not isinstance(fact, Unreadable),
        answers=answers,
        outcome=outcome,
    )


def heard(entries: Mapping[UUID, Entry], fact: Fact) -> Mapping[UUID, Entry]:
    """The entries once this fact is known: itself added, and the one it answers brought up."""
    known = grown(entries, fact.id, entry_of(fact))
    match fact:
        case ContributionConfirmed():
            said = {**known[fact.entry].attested, fact.act.author: "confirmed"}
            known[fact.entry] = replace(known[fact.entry], attested=said)
        case ContributionDisputed():
            entry = known[fact.entry]
            said = {**entry.attested, fact.act.author: "disputed"}
            # all who dispute it until it is settled: none of them settles it
            before = entry.disputed_by if entry.dispute in UNSETTLED else frozenset()
            known[fact.entry] = replace(
                entry, attested=said, dispute="open", disputed_by=before | {fact.act.author}
            )
        case DisputeAnswered():
            outcome = "accepted" if fact.outcome == "accepted" else "answered"
            known[fact.entry] = replace(known[fact.entry], dispute=outcome)
        case DisputeSettled():
            known[fact.entry] = replace(known[fact.entry], dispute=fact.outcome)
        case WordsWithdrawn() | EntryMisfiled():
            known[fact.entry] = replace(known[fact.entry], readable=False)
        case _:
            pass
    return known
