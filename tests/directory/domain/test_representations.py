from datetime import date
from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.representation import EndRepresentation, StartRepresentation
from shared.kernel import Invalid, NotFound
from tests.directory.domain.story import AWA, NEL, REP

PAUL = {
    "party": REP.id,
    "kind": "curatelle renforcée",
    "scope": ("papers", "money"),
    "until": date(2032, 3, 1),
}


def test_a_representative_acts_within_a_scope_until_a_day(awa):
    [started] = awa.when(StartRepresentation, NEL, **PAUL)
    assert (started.role, started.scope) == ("representative", ("money", "papers"))
    [current] = awa.state.representations.current(date(2032, 3, 1))
    assert current.party == REP.id
    assert awa.state.representations.current(date(2032, 3, 2)) == ()


def test_the_same_representation_starts_once_and_ends_once(awa):
    [started] = awa.when(StartRepresentation, NEL, **PAUL)
    assert awa.when(StartRepresentation, NEL, **PAUL) == []
    [ended] = awa.when(EndRepresentation, NEL, representation=started.id)
    assert isinstance(ended, e.RepresentationEnded)
    assert awa.when(EndRepresentation, NEL, representation=started.id) == []
    assert awa.state.representations.current(date(2030, 3, 2)) == ()
    assert len(awa.when(StartRepresentation, NEL, **PAUL)) == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"party": AWA.id}, "party.herself"),
        ({"scope": ()}, "length.too_small"),
        ({"scope": ("feelings",)}, "value.not_in_list"),
        ({"until": date(2030, 1, 1)}, "day.past"),
        ({"role": "relative"}, "value.not_in_list"),
        ({"kind": ""}, "text.empty"),
    ],
)
def test_a_representation_without_bounds_is_refused(awa, fields, code):
    with pytest.raises(Invalid) as refused:
        awa.when(StartRepresentation, NEL, **PAUL | fields)
    assert refused.value.code == code


def test_a_representation_nobody_started_cannot_end(awa):
    with pytest.raises(NotFound, match=r"representation\.unknown"):
        awa.when(EndRepresentation, NEL, representation=uuid4())
