"""What may go into a summary: entries of hers, and what she must have been told of some of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from services.reporting.domain.entry import Entry
from services.reporting.domain.events import Part
from shared.kernel import Invalid

# what she answered, named, decided and was told: not who may see what, nor what was said of it
PIECES = frozenset(
    {
        "assessment.theme_rated", "assessment.star_placed", "assessment.theme_discussed",
        "assessment.view_noted", "assessment.view_revised", "assessment.change_judged",
        "assessment.strength_named", "assessment.strength_reworded",
        "assessment.aspiration_named", "assessment.aspiration_reworded",
        "network.tie_added", "network.tie_renamed",
        "plans.goal_proposed", "plans.goal_reworded", "plans.goal_agreed", "plans.goal_achieved",
        "plans.action_added", "plans.theme_declined",
    }
)  # fmt: skip
# once taken back, what was said before it is shown nowhere
TAKING_BACK: Mapping[str, frozenset[str]] = {
    "assessment.theme_rated": frozenset({"assessment.rating_withdrawn"}),
    "assessment.star_placed": frozenset({"assessment.star_removed"}),
}
UNDOING = frozenset().union(*TAKING_BACK.values())


def require_pieces(
    parts: Sequence[Part], known: Mapping[UUID, Entry], sensitive: Collection[str]
) -> None:
    """Raises Invalid for an entry that is not hers to show, or that she must choose knowingly.

    `known` are those of the entries that whoever puts it together sees himself or herself.
    """
    for number, part in enumerate(parts):
        if part.entry is None:
            continue
        entry = known.get(part.entry)
        if entry is None or entry.type not in PIECES or not entry.readable:
            raise Invalid("summary.no_such_piece", field=f"parts.{number}.entry")
        if part.knowingly:
            continue
        if entry.source == "network":
            raise Invalid("summary.names_someone", field=f"parts.{number}.knowingly")
        if entry.body.get("theme") in sensitive:
            raise Invalid("summary.sensitive", field=f"parts.{number}.knowingly")


def still_said(entry: Entry, undone: Collection[Entry]) -> bool:
    """Whether it may still be shown: its words there, not taken back, not disputed by her."""
    if (
        not entry.readable
        or entry.type not in PIECES
        or entry.attested(entry.subject) == "disputed"
    ):
        return False
    if entry.dispute not in (None, "kept"):
        return False
    back = TAKING_BACK.get(entry.type, frozenset())
    return not any(
        later.type in back
        and later.stream == entry.stream
        and later.version > entry.version
        and later.body.get("theme") == entry.body.get("theme")
        for later in undone
    )
