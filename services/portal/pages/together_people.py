"""Who is around her, as far as the visitor may know: her team, and those she lets in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.portal.frame import Frame
from services.portal.subject import Subject

Told = Mapping[str, Any]


@dataclass(frozen=True)
class Around:
    """What the directory tells this visitor of her relations; nothing, where that is not theirs to read."""

    told: Told = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def team(self) -> Mapping[str, str]:
        current = (r["party"] for r in self.told.get("care_relations", ()) if not r["ended"])
        return {party: self.named(party) for party in current}

    @property
    def relatives(self) -> Mapping[str, str]:
        """Whom she has named before, her team apart."""
        others = set(self.names) - {r["party"] for r in self.told.get("care_relations", ())}
        others -= {a["party"] for a in self.told.get("emergency_accesses", ())}
        return {party: self.named(party) for party in sorted(others, key=self.named)}

    @property
    def consents(self) -> Sequence[Told]:
        return [c for c in self.told.get("consents", ()) if c["in_force"]]

    @property
    def way(self) -> Told | None:
        return self.told.get("way_of_working")

    def named(self, party: str) -> str:
        return self.names.get(party, "")


def around(frame: Frame, subject: Subject) -> Around:
    return Around(frame.relations(subject), frame.names_around(subject))
