"""What can be measured of a map: figures with their method, and null with a reason where undefined.

None is a mark: more people is not better, nor is a map that holds together more closely. People,
groups, services and animals are counted apart; figures on who knows whom are about people only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.network.domain.between import Pair
from services.network.domain.commands import CIRCLES, KINDS
from services.network.domain.network import Network
from services.network.domain.tie import Tie

EGO = "ego"
NOBODY, ONE_ONLY, NOT_DESCRIBED = "nobody", "one_only", "not_described"
NOT_COLLECTED, PARTLY_COLLECTED = "not_collected", "partly_collected"
DIGITS = 6
# name, then the method and its version: what a figure was computed by is said with it
METHODS: Mapping[str, str] = {
    "size": "count of ties that go on, by kind",
    "density": "2t / (n(n - 1))",
    "effective_size": "Burt 1992, as n - 2t/n (Borgatti 1997); networkx effective_size",
    "efficiency": "effective size / n",
    "constraint": "Burt 1992, ties unweighted",
    "ego_betweenness": "Everett & Borgatti 2005, not normalised; networkx betweenness_centrality",
    "support_kinds_per_tie": "mean of distinct kinds, received or given, over ties described",
    "turnover": "1 - Jaccard similarity of the two maps",
}
VERSION = 1


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure: of how many (`n`), and its value or why it has none."""

    measure: str
    n: int
    value: float | None
    reason: str | None = None

    @property
    def method(self) -> str:
        return METHODS[self.measure]


@dataclass(frozen=True)
class OfKind:
    """The ties of one kind: how many, where, in which relations, with which support."""

    kind: str
    ties: Sequence[Tie]

    @property
    def circles(self) -> Mapping[int | None, int]:
        found = Counter(tie.circle for tie in self.ties)
        return {circle: found[circle] for circle in (*CIRCLES, None)}

    @property
    def relations(self) -> Mapping[str | None, int]:
        """How many in each relation, in her words, most frequent first."""
        found = Counter(tie.relation for tie in self.ties)
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0] is None, one[0] or "")))

    @property
    def supports(self) -> Mapping[UUID, frozenset[str] | None]:
        """The kinds of support of each tie, either way; None where she has not described it."""
        return {tie.id: support_of(tie) for tie in self.ties}

    @property
    def support_kinds(self) -> Figure:
        told = [len(kinds) for kinds in self.supports.values() if kinds is not None]
        mean = sum(told) / len(told) if told else None
        reason = None if told else NOT_DESCRIBED if self.ties else NOBODY
        return Figure("support_kinds_per_tie", len(told), rounded(mean), reason)

    @property
    def size(self) -> Figure:
        return Figure("size", len(self.ties), len(self.ties))


def of_kinds(network: Network) -> Sequence[OfKind]:
    on_it = network.on_it.values()
    return [OfKind(kind, [tie for tie in on_it if tie.kind == kind]) for kind in KINDS]


def support_of(tie: Tie) -> frozenset[str] | None:
    told: Any = tie.support.fact if tie.support else None
    return None if told is None else frozenset((*told.received, *told.given))


def structure(network: Network) -> Sequence[Figure]:
    """How the people on the map are tied to each other, and what that leaves to her."""
    people = people_of(network)
    between = [pair for pair in network.lines if pair <= set(people)]
    missing = {"never": NOT_COLLECTED, "partly": PARTLY_COLLECTED}.get(asking_of(network))
    return figures(people, between, missing)


def people_of(network: Network) -> Sequence[UUID]:
    return [tie.id for tie in network.on_it.values() if tie.kind == "person"]


def asking_of(network: Network) -> str:
    """Whether it was asked who knows whom among her people: never, partly, all; or no two there."""
    people = frozenset(people_of(network))
    pairs = len(people) * (len(people) - 1) // 2
    if not pairs:
        return "no_two"
    known = sum(pair <= people for pair in network.asked)
    return "all" if known == pairs else "partly" if known else "never"


def figures(
    people: Sequence[UUID], between: Iterable[Pair], missing: str | None = None
) -> Sequence[Figure]:
    """The figures of an ego network; those on ties between alters need them to have been asked."""
    n, pairs = len(people), list(between)
    few = NOBODY if n == 0 else None
    alone = few or (ONE_ONLY if n == 1 else None)
    found = {} if few or missing else computed(people, pairs)
    undefined = {"density": alone, "ego_betweenness": alone}
    told = []
    for name in ("density", "effective_size", "efficiency", "constraint", "ego_betweenness"):
        reason = undefined.get(name, few) or missing
        told.append(Figure(name, n, None if reason else rounded(found.get(name)), reason))
    return told


def computed(people: Sequence[UUID], between: Sequence[Pair]) -> Mapping[str, float]:
    import networkx as nx  # noqa: PLC0415 - a tenth of a second that only measures need

    n, t = len(people), len(between)
    graph = nx.Graph()
    graph.add_edges_from((EGO, person) for person in people)
    graph.add_edges_from(tuple(pair) for pair in between)
    effective = nx.effective_size(graph, nodes=[EGO])[EGO]
    return {
        "density": 2 * t / (n * (n - 1)) if n > 1 else 0.0,
        "effective_size": effective,
        "efficiency": effective / n,
        "constraint": constraint(graph),
        "ego_betweenness": nx.betweenness_centrality(graph, normalized=False)[EGO],
    }


def constraint(graph: Any) -> float:
    """How far all she has through one is also had through the others (Burt 1992).

    Each of n has 1/n of her time, of whom the others give theirs to all they know. Counted in as
    many steps as there are lines; networkx takes n to the third, seconds for a hundred people.
    """
    n = graph.degree(EGO)
    spent = (
        (1 / n + sum(1 / n / graph.degree(q) for q in graph[j] if q != EGO)) for j in graph[EGO]
    )
    return float(sum(part**2 for part in spent))


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
