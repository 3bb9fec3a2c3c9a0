"""Writes `docs/reference/access.md` from the policy and the routes: `make docs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cosigne.reference.actions import OperationAction, operation_actions
from shared.access.policy import POLICY, TABS
from shared.access.scopes import NEEDED

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "access.md"
WHO: Mapping[str, str] = {
    "self": "the person",
    "care": "her team",
    "relative": "whoever she lets in",
    "representative": "a representative",
    "assistant": "an assistant",
    "emergency": "emergency access",
    "researcher": "a researcher she agreed to",
    "worker": "whoever works here",
    "member": "everyone of the organisation",
    "anyone": "anyone, without signing in",
    "administrator": "an administrator",
    "manager": "a manager",
    "privacy_officer": "the privacy officer",
    "auditor": "an auditor with a mandate",
    "operator": "an operator of the installation",
    "partner": "a partner's system, of what it was granted",
}
AREAS: Mapping[str, str] = {
    "directory": "The organisation, and how people stand to a person",
    "access": "Who can see what, and why",
    "catalogue": "Questionnaires",
    "assessment": "Quality of life",
    "resources": "Strengths and aspirations",
    "network": "Network",
    "plan": "Plan",
    "goal": "Goals",
    "action": "What there is to do",
    "progress": "Progress",
    "delivery": "Partner systems",
}
ANSWERS = "/entries/{entry}/"
OTHERS = "What happened, and who took part"
INTRODUCTION = """*Reference.* Who may do what. Made from the code by `make docs`; a test fails when it is not.

# Access

Every request is decided by the same table (`shared/access/policy.py`), in every service, from what
that service knows of how the caller stands to the person at that moment. What is not listed here
is nobody's to do.

To be let in is not yet to be shown anything: what she wrote is read by others only once she has
shown it, and to whom she has shown it.

## How one may stand to a person

| Who | How one comes to it, and its limits |
| --- | --- |
| the person | is the one who is signed in; no limit, and no trace of her own reads |
| her team | a care relation, from its start to its end; less what she has restricted |
| whoever she lets in | her consent, for the tabs it names, until the end of its last day; one noted for her counts once she has confirmed it |
| a representative, an assistant | a representation, until the end of its last day. {needed}: in her plan, what falls to them; any other scope: none of her tabs. More only by her consent |
| emergency access | opened with a reason for 72 hours at most, told to her, checked by a privacy officer who did not open it; ends at once if found not justified |
| a researcher she agreed to | her consent to research, which is one of its own: it opens none of her tabs |
| an auditor with a mandate | from its first to its last day, within its sites and programmes; words stay private unless the law orders otherwise for that mandate |
| an administrator, a manager, the privacy officer, whoever works here | the role in the organisation; none of her tabs |
| a partner's system | signs in, and stands to nobody: of her it is told what it was granted and she consents to, by its feed and its webhooks alone |

A day ends at midnight where the organisation is. A restriction keeps a named person, or everyone
of a category (in the organisation or towards her), from everything or from some tabs; it goes
before a care relation, a consent or a representation. It never keeps out emergency access, the
privacy officer or a mandate, and it is told to nobody but her and the privacy officer.

To whoever stands in none of these ways, and to every other organisation, she is unknown: the
answer is the same as for someone who never was.
"""


def page() -> str:
    """The whole page."""
    needed = ", ".join(sorted(scope for scope, tabs in NEEDED.items() if tabs))
    said = [INTRODUCTION.format(needed=f"For {needed}")]
    for title, operations in by_area(operation_actions()).items():
        said += [f"\n## {title}\n\n", *section(operations)]
    return "".join(said)


def by_area(operations: Iterable[OperationAction]) -> Mapping[str, list[OperationAction]]:
    found: dict[str, list[OperationAction]] = {title: [] for title in (*AREAS.values(), OTHERS)}
    for operation in operations:
        found[AREAS.get(operation.action.partition(".")[0], OTHERS)].append(operation)
    return {title: listed for title, listed in found.items() if listed}


def section(operations: Iterable[OperationAction]) -> Iterator[str]:
    """One line for each action: what it lets one do, and who may."""
    lines: dict[str, list[OperationAction]] = {}
    for operation in operations:
        lines.setdefault(operation.action, []).append(operation)
    yield "| Action | Operations | Who may |\n| --- | --- | --- |\n"
    for action, listed in lines.items():
        told = "<br>".join(dict.fromkeys(operation_line(o) for o in listed))
        tab = TABS.get(action.partition(".")[0])
        limit = f" (tab `{tab}`)" if tab else ""
        yield f"| `{action}`{limit} | {told} | {who(POLICY[action])} |\n"


def operation_line(operation: OperationAction) -> str:
    where = operation.path.removeprefix("/v1")
    if ANSWERS in where:
        # confirm, dispute, answer, settle, correct, withdraw, say misfiled: seven of a kind
        where = f"{where.partition(ANSWERS)[0]}{ANSWERS}…"
        return f"What is said about an entry: `{operation.service} POST {where}`"
    return f"{operation.summary} `{operation.service} {operation.method.upper()} {where}`"


def who(kinds: Iterable[str]) -> str:
    """In the order of the list above."""
    return ", ".join(words for kind, words in WHO.items() if kind in kinds)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
