"""What a representative or an assistant reads: what the scope needs, and nothing more.

Whoever looks after her money, papers, lodging, health or services reads, in her plan, what falls
to them. Speaking for her about sharing or rights needs none of her tabs. What she wants to show
beyond that is hers to show: by a consent, like to anyone else.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

NEEDED: Mapping[str, frozenset[str]] = {
    "money": frozenset({"plan"}),
    "papers": frozenset({"plan"}),
    "housing": frozenset({"plan"}),
    "health": frozenset({"plan"}),
    "services": frozenset({"plan"}),
    "sharing": frozenset(),
    "rights": frozenset(),
}
# whoever stands so reads of a plan only what falls to him or her
ONLY_THEIRS = frozenset({"representative", "assistant"})


def reached(scope: Collection[str]) -> frozenset[str]:
    """The scope itself, which names none of her tabs, and the tabs that it needs."""
    return frozenset(scope).union(*(NEEDED.get(word, frozenset()) for word in scope))
