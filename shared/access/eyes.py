"""Who looks at what is a person's: she herself, those who accompany her, or someone near her."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from shared.kernel import Act

CARE = frozenset({"practitioner", "peer_worker"})
TEAM = frozenset({"care", "emergency"})


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
        return self.kind in TEAM


def eyes_of(act: Act, party: UUID | None = None) -> Eyes:
    """Those of a party to an act, the author if none is named: by the role it has there."""
    who = party or act.author
    if who == act.subject:
        return Eyes(who, "self")
    role = act.role_of(who) or "other"
    return Eyes(who, "care" if role in CARE else role)
