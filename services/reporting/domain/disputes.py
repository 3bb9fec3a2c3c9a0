"""How a dispute stands: what was said of an entry since someone did not agree with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

DISPUTED, ANSWERED, SETTLED = "contribution_disputed", "dispute_answered", "dispute_settled"
SAID = frozenset({DISPUTED, ANSWERED, SETTLED})
TAKING_BACK = frozenset({"words_withdrawn", "entry_misfiled"})
OPEN = frozenset({"open", "answered", "not_agreed"})
STATES = ("open", "answered", "not_agreed", "agreed", "settled", "taken_back")


@dataclass(frozen=True, slots=True)
class Said:
    """A dispute, an answer or a settlement, without its words; `outcome` may be told later."""

    entry: UUID
    kind: str
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Dispute:
    """`said` in the order of its recording; `taken_back`: whoever wrote the entry took it back."""

    said: tuple[Said, ...] = ()
    taken_back: bool = False

    def hear(self, said: Said) -> Dispute:
        return replace(self, said=(*self.said, said))

    def with_outcome(self, which: UUID, outcome: str) -> Dispute:
        """The words of an answer are gone: what it came to is told by their withdrawal."""
        told = (replace(s, outcome=outcome) if s.entry == which else s for s in self.said)
        return replace(self, said=tuple(told))

    @property
    def state(self) -> str:
        """Whoever wrote it keeps it: `answered`; disputed again after that: `not_agreed`."""
        state = "taken_back" if self.taken_back else ""
        return state or [*states(self.said)][-1]

    @property
    def begun(self) -> UUID:
        """The dispute with which it was opened, the last time."""
        told = zip(self.said, ("settled", *states(self.said)), strict=False)
        opening = [s.entry for s, before in told if s.kind == DISPUTED and before not in OPEN]
        return opening[-1]

    @property
    def outcome(self) -> str | None:
        """What became of the entry, once that is decided."""
        return None if self.taken_back or self.state in OPEN else self.said[-1].outcome


def states(said: Iterable[Said]) -> Iterable[str]:
    """How it stands after each of these."""
    state = ""
    for one in said:
        match one.kind:
            case "contribution_disputed":
                state = "not_agreed" if state in ("answered", "not_agreed") else "open"
            case "dispute_answered":
                state = "agreed" if one.outcome == "accepted" else "answered"
            case _:
                state = "settled"
        yield state


# where the entries of a stream are answered, by the service and by what opened the stream
HERS = "/persons/{person}"
PLACES: Mapping[tuple[str, str], str] = {
    ("directory", "person_registered"): HERS,
    ("directory", "organisation_registered"): "/organisation",
    ("directory", "party_registered"): "/parties/{stream}",
    ("directory", "audit_mandate_given"): "/audit-mandates/{stream}",
    ("assessment", "assessment_opened"): f"{HERS}/assessments/{{stream}}",
    ("assessment", "catalogue_drafted"): "/catalogues/{stream}",
    ("assessment", "strength_named"): f"{HERS}/resources",
    ("assessment", "aspiration_named"): f"{HERS}/resources",
    ("plans", "plan_opened"): f"{HERS}/plans/{{stream}}",
    ("reporting", "summary_made"): f"{HERS}/summaries/{{stream}}",
    ("reporting", "export_made"): f"{HERS}/copies",
    ("reporting", "copy_given"): f"{HERS}/copies",
}
# a map has one place, whatever it was begun with
ONE_PLACE = {"network": f"{HERS}/network"}


def address(service: str, opened_by: str, *, person: UUID, stream: UUID, entry: UUID) -> str | None:
    """Where that entry is answered; None where nothing can be said of it."""
    found = ONE_PLACE.get(service) or PLACES.get((service, opened_by))
    if found is None:
        return None
    place = found.format(person=person, stream=stream)
    return f"/{service}/v1{place}/entries/{entry}"
