from uuid import uuid4

import pytest

from services.directory.domain.restrictions import LiftRestriction, RestrictAccess
from shared.coproduction import AnswerDispute, DisputeContribution, SettleDispute
from shared.kernel import Denied, Invalid, NotFound
from tests.directory.domain.story import AWA, KIM, NEL, ROY


def whom(story):
    return {r.audience or r.category for r in story.state.restrictions.current.values()}


def test_she_keeps_a_named_worker_from_everything(awa):
    [kept] = awa.when(RestrictAccess, AWA, audience=ROY.id, reason="C'est mon voisin.")
    assert (kept.scope, kept.reason) == (("everything",), "C'est mon voisin.")
    assert whom(awa) == {ROY.id}


def test_she_keeps_a_category_from_a_tab(awa):
    [kept] = awa.when(RestrictAccess, AWA, category="manager", scope=("network",))
    assert (kept.category, kept.scope) == ("manager", ("network",))


def test_what_is_kept_already_is_not_recorded_again(awa):
    awa.when(RestrictAccess, AWA, audience=ROY.id)
    assert awa.when(RestrictAccess, AWA, audience=ROY.id) == []
    assert awa.when(RestrictAccess, AWA, audience=ROY.id, scope=("plan",)) == []


def test_a_wider_restriction_is_recorded_beside_the_narrow_one(awa):
    awa.when(RestrictAccess, AWA, audience=ROY.id, scope=("plan",))
    [wider] = awa.when(RestrictAccess, AWA, audience=ROY.id, scope=("everything", "plan"))
    assert wider.scope == ("everything",)


def test_a_restriction_is_lifted_once(awa):
    [kept] = awa.when(RestrictAccess, AWA, audience=ROY.id)
    [lifted] = awa.when(LiftRestriction, AWA, restriction=kept.id)
    assert (lifted.restriction, lifted.audience) == (kept.id, ROY.id)
    assert awa.when(LiftRestriction, AWA, restriction=kept.id) == []
    assert whom(awa) == set()
    assert len(awa.when(RestrictAccess, AWA, audience=ROY.id)) == 1


def test_only_she_restricts_and_lifts(awa):
    [kept] = awa.when(RestrictAccess, AWA, audience=ROY.id)
    for someone in (ROY, KIM, NEL):
        with pytest.raises(Denied, match=r"relations\.hers"):
            awa.when(RestrictAccess, someone, audience=KIM.id)
        with pytest.raises(Denied, match=r"relations\.hers"):
            awa.when(LiftRestriction, someone, restriction=kept.id)


def test_a_restriction_noted_for_her_holds_at_once(awa):
    awa.when(RestrictAccess, KIM, author=AWA, audience=ROY.id)
    assert whom(awa) == {ROY.id}


def test_a_restriction_she_did_not_ask_for_goes_when_the_writer_agrees(awa):
    [noted] = awa.when(RestrictAccess, KIM, author=AWA, audience=ROY.id)
    awa.when(DisputeContribution, AWA, entry=noted.id)
    assert whom(awa) == {ROY.id}
    awa.when(AnswerDispute, KIM, entry=noted.id, words="Mal compris.", outcome="accepted")
    assert whom(awa) == set()


def test_or_when_someone_else_settles_it_so(awa):
    [noted] = awa.when(RestrictAccess, KIM, author=AWA, audience=ROY.id)
    awa.when(DisputeContribution, AWA, entry=noted.id)
    awa.when(AnswerDispute, KIM, entry=noted.id, words="Elle l'a dit.", outcome="kept")
    assert whom(awa) == {ROY.id}
    awa.when(SettleDispute, NEL, entry=noted.id, words="Entendu.", outcome="accepted")
    assert whom(awa) == set()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, "audience.one"),
        ({"audience": AWA.id}, "party.herself"),
        ({"category": "person"}, "value.not_in_list"),
        ({"audience": ROY.id, "scope": ("all of it",)}, "value.not_in_list"),
        ({"audience": ROY.id, "scope": ()}, "length.too_small"),
    ],
)
def test_a_restriction_names_whom_and_what(awa, fields, code):
    with pytest.raises(Invalid) as refused:
        awa.when(RestrictAccess, AWA, **fields)
    assert refused.value.code == code


def test_a_restriction_nobody_made_cannot_be_lifted(awa):
    with pytest.raises(NotFound, match=r"restriction\.unknown"):
        awa.when(LiftRestriction, AWA, restriction=uuid4())
