"""No figure about fewer than k, and none to be had by subtracting: places, totals, periods."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.reporting.domain.cells import Earlier, Figure, sayable
from services.reporting.domain.places import Named, Sums, units_of

K = 5
SITES = [UUID(int=n) for n in range(1, 5)]
PROGRAMMES = [UUID(int=n) for n in range(11, 15)]
UNITS = [(site, programme) for site in SITES for programme in PROGRAMMES]
SIZES = st.one_of(st.just(0), st.integers(1, 4), st.integers(5, 12), st.integers(20, 60))


@st.composite
def houses(draw, least=1):
    """How many persons are served where, and of how many of them something is true."""
    units = draw(st.lists(st.sampled_from(UNITS), min_size=least, max_size=7, unique=True))
    whole = {unit: draw(SIZES) for unit in units}
    inside = {unit: draw(st.integers(0, whole[unit])) for unit in units}
    return inside, whole


def publish(inside, whole, earlier=()):
    """A figure and its whole, as published one after the other; None where nothing may be said."""
    olds = [one for one, _ in earlier]
    persons = sayable(Figure(whole), None, K, [old for old in olds if old])
    if persons is None:
        return None, None
    news = [one for _, one in earlier]
    named = sayable(Figure(inside, whole), persons, K, [new for new in news if new])
    return persons, named


def said(values, whole, named):
    inside = Sums.counted(values, named)
    return Earlier(named, inside, Sums.counted(whole, named) if whole is not None else None)


# --- what someone who reads everything can work out, by other means than the rule's own -----------


def known_sums(named: Named | None, units: list) -> list[frozenset]:
    """The sets of places whose sum is printed: all together, and each that is named."""
    if named is None:
        return []
    return [frozenset(units), *(units_of(place, units) & set(units) for place in named.places)]


def solvable(rows: Iterable[frozenset], wanted: frozenset, units: list) -> bool:
    """Whether the sum over `wanted` follows from the printed sums by adding and subtracting them."""
    basis: list[tuple[int, list[Fraction]]] = []
    for row in [*dict.fromkeys(rows), wanted]:
        vector = [Fraction(unit in row) for unit in units]
        for lead, one in basis:
            if vector[lead]:
                factor = vector[lead] / one[lead]
                vector = [x - factor * y if y else x for x, y in zip(vector, one, strict=True)]
        lead = next((i for i, x in enumerate(vector) if x), None)
        if lead is None:
            if row is wanted:
                return True
        else:
            basis.append((lead, vector))
    return False


def every_set(units: list) -> list[frozenset]:
    """Each place and each two of them together, each site, and each site without one place."""
    found = [frozenset(some) for size in (1, 2) for some in combinations(units, size)]
    for site in {site for site, _ in units}:
        inside = frozenset(unit for unit in units if unit[0] == site)
        found += [inside, frozenset(units) - inside]
        found += [inside - {unit} for unit in inside]
    return sorted({group for group in found if group}, key=len)


def known_at_both(then: Named | None, now: Named | None, units: list) -> list[frozenset]:
    """The smallest sets of which the sum follows at both times; larger ones are made of them."""
    known: list[frozenset] = []
    for group in every_set(units):
        if any(one <= group for one in known):
            continue
        if all(solvable(known_sums(named, units), group, units) for named in (then, now)):
            known.append(group)
    return known


@settings(max_examples=100, deadline=None)
@given(houses())
def test_nothing_about_fewer_than_k_follows_from_what_is_published(house):
    inside, whole = house
    persons, named = publish(inside, whole)
    units = [unit for unit, n in whole.items() if n]
    printed = known_sums(persons, units)
    printed_inside = known_sums(named, units)
    for group in every_set(units):
        if solvable(printed, group, units):
            assert sum(whole[u] for u in group) >= K
        if solvable(printed_inside, group, units):
            true = sum(inside[u] for u in group)
            assert true >= K
            assert sum(whole[u] for u in group) - true >= K


@settings(max_examples=100, deadline=None)
@given(houses())
def test_a_withheld_figure_could_be_any_of_at_least_k_values(house):
    """Knowing also that no figure is negative or above its whole, where the whole is known."""
    inside, whole = house
    persons, named = publish(inside, whole)
    if named is None:
        return
    units = [unit for unit, n in whole.items() if n]
    for group in named.groups(units):
        total, all_ = sum(inside[u] for u in group), sum(whole[u] for u in group)
        for part in persons.groups(units):
            if part < group:
                size = sum(whole[u] for u in part)
                least, most = max(0, total - (all_ - size)), min(size, total)
                assert most - least >= K


@settings(max_examples=100, deadline=None)
@given(st.lists(houses(), min_size=2, max_size=3))
def test_no_change_of_fewer_than_k_follows_between_periods(periods):
    units = sorted({unit for _, whole in periods for unit in whole}, key=str)
    released = []
    for inside, whole in periods:
        persons, named = publish(
            inside,
            whole,
            [(p and said(w, None, p), n and said(i, w, n)) for i, w, p, n in released],
        )
        for old_inside, old_whole, old_persons, old_named in released:
            for group in known_at_both(old_persons, persons, units):
                change = sum(whole.get(u, 0) - old_whole.get(u, 0) for u in group)
                assert change == 0 or abs(change) >= K, (
                    group,
                    released[-1],
                    inside,
                    whole,
                    persons,
                    named,
                )
            for group in known_at_both(old_named, named, units):
                change = sum(inside.get(u, 0) - old_inside.get(u, 0) for u in group)
                assert change == 0 or abs(change) >= K, (
                    group,
                    released[-1],
                    inside,
                    whole,
                    persons,
                    named,
                )
        released.append((inside, whole, persons, named))


@settings(max_examples=100, deadline=None)
@given(houses(), st.data())
def test_nothing_small_follows_for_who_takes_it_that_nobody_came_or_went(house, data):
    """Then what was printed at two times is printed of one and the same: all sums count together."""
    inside, whole = house
    units = [unit for unit, n in whole.items() if n]
    fewer = {unit: data.draw(st.sampled_from([0, 0, 6, 12])) for unit in units}
    later = {unit: whole[unit] + fewer[unit] for unit in units}
    more = {unit: inside[unit] + fewer[unit] // 2 for unit in units}
    p1, n1 = publish(inside, whole)
    _, n2 = publish(more, later, [(p1 and said(whole, None, p1), n1 and said(inside, whole, n1))])
    both = [*known_sums(n1, units), *known_sums(n2, units)]
    once = [known_sums(n1, units), known_sums(n2, units)]
    for group in every_set(units):
        if solvable(both, group, units) and not any(solvable(one, group, units) for one in once):
            true = sum(more[u] for u in group)
            assert true >= K
            assert sum(later[u] for u in group) - true >= K


# --- by example -----------------------------------------------------------------------------------

A, B, C = ((site, PROGRAMMES[0]) for site in SITES[:3])
BIG = {A: 40, B: 30, C: 20}


def sites(named):
    return set(named.sites)


def test_what_is_safe_everywhere_is_said_everywhere():
    assert sites(sayable(Figure({A: 20, B: 15, C: 10}, BIG), Named.every(BIG), K)) == {*SITES[:3]}


def test_one_small_place_takes_another_along_so_that_it_does_not_follow_from_the_total():
    named = sayable(Figure({A: 20, B: 15, C: 3}, BIG), Named.every(BIG), K)

    assert sites(named) == {SITES[0]}


def test_two_small_places_that_make_k_together_need_no_third():
    named = sayable(Figure({A: 20, B: 3, C: 3}, BIG), Named.every(BIG), K)

    assert sites(named) == {SITES[0]}


@pytest.mark.parametrize("inside", [{A: 2, B: 1}, {A: 40, B: 30, C: 18}, {}])
def test_a_total_of_a_few_of_nearly_all_or_of_nobody_is_not_said(inside):
    assert sayable(Figure(inside, BIG), Named.every(BIG), K) is None


def test_a_figure_is_not_said_of_a_place_of_which_its_whole_is_not():
    within = Named(frozenset(SITES[:1]), frozenset())
    named = sayable(Figure({A: 20, B: 15, C: 10}, BIG), within, K)

    assert (sites(named), named.programmes) == ({SITES[0]}, frozenset())


def test_a_place_that_one_person_has_left_is_not_said_anew():
    before = Named.every(BIG)
    then = Figure({A: 20, B: 15, C: 10}, BIG)
    earlier = Earlier(before, Sums.counted(then.inside, before), Sums.counted(BIG, before))
    now = Figure({A: 30, B: 16, C: 15}, {A: 60, B: 32, C: 40})
    named = sayable(now, Named.every(BIG), K, [earlier])

    assert SITES[1] not in sites(named)
    # nor does it follow from the others
    assert len(sites(named)) == 1


def test_when_only_one_person_has_come_nothing_is_said_anew():
    before = Named.every(BIG)
    earlier = Earlier(before, Sums.counted(BIG, before))

    assert sayable(Figure({**BIG, A: 41}), None, K, [earlier]) is None


def test_said_again_unchanged_it_is_the_same():
    before = Named.every(BIG)
    earlier = Earlier(before, Sums.counted(BIG, before))

    assert sayable(Figure(BIG), None, K, [earlier]) == before


def test_a_place_left_unsaid_before_does_not_cut_what_was_left_over_then():
    b, c, d = ((SITES[0], programme) for programme in PROGRAMMES[:3])
    first, then = {d: 6}, {b: 5, c: 5, d: 5}
    persons, _ = publish(dict.fromkeys(first, 0), first)
    now, _ = publish(dict.fromkeys(then, 0), then, [(said(first, None, persons), None)])

    # else 15 at the site less 5 and 5 would tell that one person has left
    assert now is None or not {b, c} <= now.programmes
