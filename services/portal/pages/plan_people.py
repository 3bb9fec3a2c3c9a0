"""The people around a person, by name, as whoever looks may know them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.portal.frame import Frame
from services.portal.subject import Subject


@dataclass(frozen=True)
class People:
    """`near`: she, and those with whom something can be agreed today."""

    me: str
    names: Mapping[str, str]
    near: Sequence[str]
    team: bool = False  # someone accompanies her
    shown: bool = False  # she shows her plan to someone else

    @property
    def reads_plan(self) -> str:
        """Who reads what she writes in her plan, as things stand: a sentence of `who_reads`."""
        return "plan" if self.team else ("chosen" if self.shown else "just_me")

    @property
    def reads_with_team(self) -> str:
        """The same of what her team reads, and nobody else."""
        return "team" if self.team else "just_me"

    def name(self, party: str | None) -> str:
        """Nothing for someone whom the directory does not name to this reader."""
        return self.names.get(party or "", "")

    def others(self) -> Sequence[str]:
        return [party for party in self.near if party != self.me]


def people_around(frame: Frame, subject: Subject) -> People:
    told, visitor = frame.relations(subject), frame.visitor()
    names = frame.names_around(subject)
    names |= {subject.id: subject.name, visitor.party: visitor.name}
    team = [r["party"] for r in told.get("care_relations", ()) if not r["ended"]]
    acting = [r["party"] for r in told.get("representations", ()) if r["current"]]
    consents = [c for c in told.get("consents", ()) if c["in_force"]]
    let_in = [c["audience"] for c in consents if c["audience"]]
    every = (subject.id, visitor.party, *team, *acting, *let_in)
    near = list(dict.fromkeys(party for party in every if names.get(party)))
    shown = bool(acting) or any("plan" in consent["tabs"] for consent in consents)
    return People(visitor.party, names, near, bool(team), shown)
