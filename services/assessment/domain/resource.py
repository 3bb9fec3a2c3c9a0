"""One strength or aspiration as it stands: its words now, how she stands behind it, who sees it."""

from dataclasses import dataclass
from uuid import UUID

from services.assessment.domain.events import AspirationNamed, StrengthNamed
from services.assessment.domain.showing import ByHand
from shared.kernel import Act

Named = StrengthNamed | AspirationNamed


@dataclass(frozen=True, slots=True)
class Resource:
    """A strength (`kind` personal or environmental) or an aspiration (`kind` None)."""

    id: UUID
    kind: str | None
    words: str
    theme: str | None
    by_hand: ByHand
    attestation: str
    act: Act
    set_aside: bool = False
    # the entry that gave it the words it has now
    worded_by: UUID | None = None


def resource_of(fact: Named, attestation: str) -> Resource:
    return Resource(
        fact.id,
        fact.kind if isinstance(fact, StrengthNamed) else None,
        fact.words,
        fact.theme if isinstance(fact, AspirationNamed) else None,
        ByHand(fact.visibility, fact.audience),
        attestation,
        fact.act,
        worded_by=fact.id,
    )
