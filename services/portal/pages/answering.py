"""What whoever reads an entry may still say of it, and where the services take that."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.portal.asking import Asking, Problem

Entry = Mapping[str, Any]
NAMED = ("strength_", "aspiration_")
ANSWERS = (
    "contribution_confirmed",
    "contribution_disputed",
    "dispute_answered",
    "dispute_settled",
    "correction_recorded",
    "words_withdrawn",
    "entry_misfiled",
)
# words are taken back, not who may see what, nor what was begun or confirmed
WORDLESS = (
    "contribution_confirmed", "words_withdrawn", "entry_misfiled", "record_read", "summary_opened",
    "record_sent", "person_registered", "care_relation_started", "care_relation_ended",
    "notice_given", "consent_given", "consent_withdrawn", "access_restriction_lifted",
    "assessment_opened", "assessment_closed", "assessment_shared", "sharing_ended",
    "network_shared", "star_placed", "star_removed", "rating_withdrawn", "summary_shared",
    "summary_share_ended", "copy_given", "export_made", "right_answered",
)  # fmt: skip
OPEN = ("open", "not_agreed")


def kind_of(entry: Entry) -> str:
    return str(entry["type"]).rpartition(".")[2]


def ways(entry: Entry, party: str) -> set[str]:
    """Of `confirm`, `dispute`, `answer`, `correct`, `withdraw`, `misfile`: what is this reader's to do."""
    kind, found = kind_of(entry), set[str]()
    if places(entry) == () or entry["words"] == "withdrawn":
        return found
    wrote = party in (entry["author"]["party"], entry["actor"]["party"])
    mine = {c["attestation"] for c in entry["contributors"] if c["party"] == party}
    concerned = bool(mine) or party in (entry["person"], entry["author"]["party"])
    if "claimed" in mine:
        found.add("confirm")
    by_others = entry["actor"]["party"] != party
    if concerned and by_others and entry["dispute"] not in OPEN and kind not in ANSWERS:
        found.add("dispute")
    if entry["dispute"] == "open" and (wrote or mine) and "disputed" not in mine:
        found.add("answer")
    if wrote and kind not in WORDLESS and entry["words"] == "shown":
        found |= {"correct", "withdraw"}
        if party != entry["person"] and kind not in ANSWERS:
            found.add("misfile")
    return found


def places(entry: Entry) -> tuple[str, ...]:
    """Where the entry is answered. What was said of a strength stands with the strengths."""
    person, stream = entry["person"], entry["stream"]
    hers = f"persons/{person}"
    match entry["proof"]["service"]:
        case "assessment" if kind_of(entry).startswith(NAMED):
            return (f"assessment/{hers}/resources",)
        case "assessment":
            return (f"assessment/{hers}/assessments/{stream}", f"assessment/{hers}/resources")
        case "network":
            return (f"network/{hers}/network",)
        case "plans":
            return (f"plans/{hers}/plans/{stream}",)
        case "reporting" if kind_of(entry) in ("copy_given", "export_made"):
            return (f"reporting/{hers}/copies",)
        case "reporting":
            return (f"reporting/{hers}/summaries/{stream}",)
        case "directory":
            return (f"directory/{hers}",)
        case _:
            return ()


def answer(ask: Asking, entry: Entry, what: str, body: Mapping[str, Any], *, key: str = "") -> None:
    """Says it where the entry stands. Raises Problem."""
    found = places(entry)
    for place in found:
        try:
            ask.send(f"{place}/entries/{entry['entry']}/{what}", body, key=key)
        except Problem as problem:
            if problem.status == 404 and place != found[-1]:
                continue
            raise
        return
