"""Measures of a map: hand-computed cases, networkx on random graphs, and null where undefined."""

from __future__ import annotations

import math
from itertools import combinations
from uuid import UUID

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.network.domain.commands import (
    AskAlterTies,
    ConnectAlters,
    DescribeSupport,
    EndTie,
)
from services.network.domain.measures import (
    METHODS,
    computed,
    figures,
    of_kinds,
    structure,
)
from tests.network.given import FRIEND, SIMON, add, do, luc, named

A, B, C, D = (named(n) for n in "abcd")
NAMES = ("density", "effective_size", "efficiency", "constraint", "ego_betweenness")


def pairs(*told):
    return [frozenset(pair) for pair in told]


def values(people, between):
    return {f.measure: f.value for f in figures(people, between)}


def reasons(found):
    return {f.measure: f.reason for f in found}


# --- by hand ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "between", "expected"),
    [
        # four who do not know each other: all goes through her
        ((A, B, C, D), (), (0, 4, 1, 4 * (1 / 4) ** 2, 6)),
        # two who know each other: (1/2 + 1/2 * 1/2)^2 twice
        ((A, B), ((A, B),), (1, 1, 0.5, 1.125, 0)),
        # three, two of whom know each other: 2 * (1/3 + 1/3 * 1/2)^2 + (1/3)^2; she is between a-c, b-c
        ((A, B, C), ((A, B),), (1 / 3, 3 - 2 / 3, 7 / 9, 2 * 0.25 + 1 / 9, 2)),
        # a chain a-b-c: she shares the way from a to c with b
        ((A, B, C), ((A, B), (B, C)), (2 / 3, 3 - 4 / 3, 5 / 9, None, 0.5)),
        # all three know each other
        ((A, B, C), ((A, B), (B, C), (A, C)), (1, 1, 1 / 3, 3 * (1 / 3 + 2 / 9) ** 2, 0)),
    ],
)
def test_figures_are_those_one_finds_by_hand(people, between, expected):
    found = values(people, pairs(*between))
    for name, value in zip(NAMES, expected, strict=True):
        if value is not None:
            assert found[name] == pytest.approx(value, abs=1e-6), name


def test_one_person_alone_has_a_size_and_no_density():
    found = {f.measure: (f.value, f.reason) for f in figures((A,), ())}
    assert found == {
        "density": (None, "one_only"),
        "effective_size": (1, None),
        "efficiency": (1, None),
        "constraint": (1, None),
        "ego_betweenness": (None, "one_only"),
    }


def test_nobody_on_the_map_is_null_and_never_0():
    assert reasons(figures((), ())) == dict.fromkeys(NAMES, "nobody")
    assert all(f.value is None for f in figures((), ()))


# --- networkx on random graphs ------------------------------------------------------------------------


@st.composite
def graphs(draw):
    n = draw(st.integers(1, 9))
    people = [UUID(int=i + 1) for i in range(n)]
    every = list(combinations(people, 2))
    between = draw(st.lists(st.sampled_from(every), unique=True)) if every else []
    return people, pairs(*between)


def adjacent(people, between):
    """Rows of 0 and 1, she first: a matrix of our own, that networkx reads without our code."""
    rows = [[0] * (len(people) + 1) for _ in range(len(people) + 1)]
    for i, one in enumerate(people, 1):
        rows[0][i] = rows[i][0] = 1
        for j, other in enumerate(people, 1):
            rows[i][j] = int(frozenset((one, other)) in between and i != j)
    return rows


@given(graphs())
def test_structure_is_what_networkx_finds_in_the_whole_graph(graph):
    people, between = graph
    rows = adjacent(people, between)
    whole = nx.Graph((i, j) for i, row in enumerate(rows) for j, one in enumerate(row) if one)
    found = computed(people, between)

    assert found["constraint"] == pytest.approx(nx.constraint(whole)[0])
    assert found["effective_size"] == pytest.approx(nx.effective_size(whole)[0])
    paths = nx.betweenness_centrality(whole, normalized=False)[0]
    assert found["ego_betweenness"] == pytest.approx(paths)
    if len(people) > 1:
        alters = whole.subgraph(range(1, len(people) + 1))
        assert found["density"] == pytest.approx(nx.density(alters))


@given(graphs())
def test_structure_is_what_the_formulas_of_the_field_say(graph):
    people, between = graph
    n, t = len(people), len(between)
    rows, found = adjacent(people, between), computed(people, between)
    share = [[one / sum(row) for one in row] for row in rows]

    assert found["effective_size"] == pytest.approx(n - 2 * t / n)
    assert found["efficiency"] == pytest.approx((n - 2 * t / n) / n)
    assert found["constraint"] == pytest.approx(
        sum(
            (share[0][j] + sum(share[0][q] * share[q][j] for q in range(1, n + 1) if q != j)) ** 2
            for j in range(1, n + 1)
        )
    )
    # of two who do not know each other, she holds one of as many ways as they have people in common
    ways = sum(
        1 / sum(rows[i][k] * rows[k][j] for k in range(n + 1))
        for i, j in combinations(range(1, n + 1), 2)
        if not rows[i][j]
    )
    assert found["ego_betweenness"] == pytest.approx(ways)


@given(graphs())
def test_figures_do_not_depend_on_the_order_in_which_people_came(graph):
    people, between = graph
    backwards = values(people[::-1], between[::-1])
    for name, value in values(people, between).items():
        other = backwards[name]
        assert value == other or math.isclose(value, other, abs_tol=1e-6)


# --- on a map -----------------------------------------------------------------------------------------


def test_what_was_never_asked_is_not_collected_and_what_was_asked_in_part_is_said():
    state = luc(add(A, "A"), add(B, "B"), add(C, "C"), do(ConnectAlters, one=A, other=B))
    found = structure(state)
    assert reasons(found) == dict.fromkeys(NAMES, "not_collected")
    assert {f.value for f in found} == {None}
    partly = luc(add(A, "A"), add(B, "B"), add(C, "C"), do(AskAlterTies, ties=(A, B)))
    assert set(reasons(structure(partly)).values()) == {"partly_collected"}
    whole = luc(add(A, "A"), add(B, "B"), do(AskAlterTies, ties=(A, B)))
    assert {f.measure: f.value for f in structure(whole)}["density"] == 0


def test_people_and_services_are_counted_apart():
    state = luc(
        add(SIMON, "Simon", relation="frère", circle=1),
        add(FRIEND, "Mon amie", relation="amie", circle=2),
        add(A, "Anne", relation="amie"),
        add(B, "Le CLSC", kind="service", circle=3),
        add(C, "Minou", kind="animal", circle=1),
        do(EndTie, tie=A),
        do(AskAlterTies, ties=(SIMON, FRIEND)),
        do(ConnectAlters, one=SIMON, other=FRIEND),
        do(ConnectAlters, one=SIMON, other=B),
    )
    kinds = {k.kind: k for k in of_kinds(state)}
    assert {k: len(v.ties) for k, v in kinds.items()} == {
        "person": 2,
        "group": 0,
        "service": 1,
        "animal": 1,
    }
    assert kinds["person"].circles == {1: 1, 2: 1, 3: 0, None: 0}
    assert kinds["person"].relations == {"amie": 1, "frère": 1}
    found = {f.measure: (f.n, f.value) for f in structure(state)}
    assert found["density"] == (2, 1)
    assert found["constraint"] == (2, 1.125)


def test_support_is_counted_by_kind_either_way_where_it_is_described():
    told = {"received": ("emotional", "practical"), "given": ("emotional",)}
    state = luc(add(A, "A"), add(B, "B"), add(C, "C"))
    (person, *_) = of_kinds(state)
    assert (person.support_kinds.value, person.support_kinds.reason) == (None, "not_described")
    state = luc(
        add(A, "A"),
        add(B, "B"),
        add(C, "C"),
        do(DescribeSupport, tie=A, **told),
        do(DescribeSupport, tie=B),
    )
    (person, *_) = of_kinds(state)
    assert person.supports == {A: {"emotional", "practical"}, B: frozenset(), C: None}
    assert (person.support_kinds.n, person.support_kinds.value) == (2, 1.0)
    (person, *_) = of_kinds(luc())
    assert person.support_kinds.reason == "nobody"
    assert (person.size.value, person.size.reason) == (0, None)


def test_every_figure_names_its_method():
    assert {*NAMES, "size", "support_kinds_per_tie", "turnover"} == set(METHODS)
