"""What may go into a summary: things of hers, as her history tells them, each with a caution or none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.portal.asking import Asking
from services.portal.forms import Form
from services.portal.pages.paging import paged

# in the order in which they are offered: the heading of each group, and the entries that are of it
GROUPS: Mapping[str, tuple[str, ...]] = {
    "stars": ("star_placed",),
    "answers": ("theme_rated",),
    "strengths": ("strength_named", "strength_reworded"),
    "aspirations": ("aspiration_named", "aspiration_reworded"),
    "goals": ("goal_agreed", "goal_proposed", "goal_reworded", "goal_achieved", "action_added"),
    "changes": ("change_judged",),
    "left_out": ("theme_declined",),
    "talks": ("theme_discussed", "view_noted", "view_revised"),
    "people": ("tie_added", "tie_renamed"),
}
GROUP_OF = {kind: group for group, kinds in GROUPS.items() for kind in kinds}
A_FEW_PAGES = 5


@dataclass(frozen=True)
class Piece:
    """An entry of hers. `care`: why she is asked twice, "people" or "sensitive", or not at all."""

    entry: str
    group: str
    sentence: str
    day: str
    care: str = ""


def offered(ask: Asking, person: str) -> list[Piece]:
    """All she may choose from, the latest first."""
    sensitive = sensitive_entries(ask, person)
    return [piece_of(e, sensitive) for e in history(ask, person) if is_piece(e)]


def history(ask: Asking, person: str) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    for _ in range(A_FEW_PAGES):
        path = f"reporting/persons/{person}/timeline"
        page, cursor = paged(ask, path, order="newest", looks="false", limit=200, cursor=cursor)
        yield from page["entries"]
        if not cursor:
            return


def is_piece(entry: Mapping[str, Any]) -> bool:
    return entry["words"] == "shown" and kind(entry) in GROUP_OF and entry["dispute"] is None


def kind(entry: Mapping[str, Any]) -> str:
    return str(entry["type"]).rpartition(".")[2]


def piece_of(entry: Mapping[str, Any], sensitive: set[str]) -> Piece:
    group = GROUP_OF[kind(entry)]
    care = "people" if group == "people" else "sensitive" if entry["entry"] in sensitive else ""
    return Piece(entry["entry"], group, entry["sentence"], entry["occurred_at"], care)


def sensitive_entries(ask: Asking, person: str) -> set[str]:
    """What she said under a theme that most keep for themselves."""
    sittings = ask.maybe(lambda: ask.get(f"assessment/persons/{person}/assessments"))
    found: set[str] = set()
    kept: dict[str, set[str]] = {}
    for sitting in (sittings or {}).get("assessments", ()):
        catalogue = sitting["catalogue"]
        if catalogue not in kept:
            whole = ask.get(f"assessment/catalogues/{catalogue}")
            kept[catalogue] = {t["theme"] for t in whole["themes"] if t["sensitive"]}
        found |= entries_under(sitting["themes"], kept[catalogue])
    return found


def entries_under(themes: Iterable[Mapping[str, Any]], sensitive: set[str]) -> set[str]:
    said: list[Any] = []
    for theme in themes:
        if theme["theme"] in sensitive:
            said += [theme.get("answer"), theme.get("star"), *theme.get("views", ())]
            said += [*theme.get("thread", ()), *theme.get("pending", ())]
    return {one["entry"] for one in said if one}


def in_her_order(form: Form, pieces: Sequence[Piece]) -> list[Piece]:
    """Those she chose, by the place she gave each; without one, as they were offered."""
    chosen = {e: n for n, e in enumerate(form.all("piece"))}

    def place(piece: Piece) -> tuple[int, int]:
        told = form[f"place-{piece.entry}"]
        return int(told) if told.isdigit() else len(chosen), chosen[piece.entry]

    return sorted((p for p in pieces if p.entry in chosen), key=place)


def parts_of(form: Form, chosen: Sequence[Piece]) -> list[dict[str, Any]]:
    """What is sent: her words first, the pieces, her words last."""
    parts: list[dict[str, Any]] = []
    if form["before"]:
        parts.append({"words": form["before"]})
    for piece in chosen:
        part: dict[str, Any] = {"entry": piece.entry}
        if form[f"knowingly-{piece.entry}"]:
            part["knowingly"] = True
        parts.append(part)
    if form["after"]:
        parts.append({"words": form["after"]})
    return parts


def told_where(errors: Mapping[str, str], form: Form, chosen: Sequence[Piece]) -> dict[str, str]:
    """What a service says of part 3, said of the piece that stands there."""
    first = 1 if form["before"] else 0
    told: dict[str, str] = {}
    for name, wrong in errors.items():
        bits = name.split(".")
        number = int(bits[1]) - first if bits[0] == "parts" and len(bits) > 1 else -1
        if 0 <= number < len(chosen):
            told[f"piece-{chosen[number].entry}"] = wrong
        else:
            told[name] = wrong
    return told


def asked_twice(pieces: Sequence[Piece], errors: Mapping[str, str]) -> list[Piece]:
    """A piece the service asks about again is asked about here, too."""
    return [
        replace(p, care=p.care or "sensitive") if f"piece-{p.entry}" in errors else p
        for p in pieces
    ]
