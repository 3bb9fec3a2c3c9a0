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
    team += [r["party"] for r in told.get("representations", ()) if r["current"]]
    team += [c["audience"] for c in told.get("consents", ()) if c["in_force"] and c["audience"]]
    near = [party for party in (subject.id, visitor.party, *team) if names.get(party)]
    return People(visitor.party, names, list(dict.fromkeys(near)))
