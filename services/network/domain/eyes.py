"""Who looks at a map: she herself, those who accompany her, or someone near her."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.kernel import Act

CARE = frozenset({"practitioner", "peer_worker"})


@dataclass(frozen=True, slots=True)
class Eyes:
    """A party, and how it stands to her."""

    party: UUID
    kind: str

    @property
    def hers(self) -> bool:
        return self.kind == "self"

    @property
    def team(self) -> bool:
        """Her team, and whoever stands in for it in an emergency: never more than it is shown."""
        return self.kind in ("care", "emergency")


def eyes_of(act: Act) -> Eyes:
    """Those of whoever acts."""
    if act.actor == act.subject:
        return Eyes(act.actor, "self")
    role = act.role_of(act.actor) or "other"
    return Eyes(act.actor, "care" if role in CARE else role)
