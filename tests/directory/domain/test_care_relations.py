from uuid import uuid4

import pytest

from services.directory.domain import events as e
from services.directory.domain.care import EndCareRelation, StartCareRelation
from services.directory.domain.relations import RegisterPerson
from shared.kernel import Invalid, NotFound, Refused
from tests.directory.domain.story import AWA, KIM, NOON, ROY

SITE, PROGRAMME = uuid4(), uuid4()
BY_KIM = {
    "party": KIM.id,
    "role": "practitioner",
    "site": SITE,
    "programme": PROGRAMME,
    "words": "Kim vous accompagne à la Maison du Quai, pour l'hébergement.",
}


def test_a_person_is_registered_once(awa):
    same = {"name": "Awa Diarra", "sign_in_subject": "awa", "age": 34}
    assert awa.when(RegisterPerson, **same) == []
    with pytest.raises(Refused, match=r"person\.registered_already"):
        awa.when(RegisterPerson, **same | {"name": "Quelqu'un d'autre"})


def test_a_person_may_have_no_sign_in_of_her_own(clock):
    from services.directory.domain.relations import Relations, stream_of
    from tests.directory.domain.story import Story

    story = Story(Relations(stream_of(AWA.id)), clock)
    [registered] = story.when(RegisterPerson, name="Félix Arsenault")
    assert registered.sign_in_subject is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"age": 34, "born": NOON.date()}, "person.born_or_age"),
        ({"age": 121}, "person.age"),
        ({"born": NOON.date().replace(year=2031)}, "person.not_born_yet"),
        ({"name": " "}, "text.empty"),
    ],
)
def test_what_cannot_be_a_person_is_refused(clock, fields, code):
    from services.directory.domain.relations import Relations, stream_of
    from tests.directory.domain.story import Story

    story = Story(Relations(stream_of(AWA.id)), clock)
    with pytest.raises(Invalid) as refused:
        story.when(RegisterPerson, **{"name": "Awa Diarra"} | fields)
    assert refused.value.code == code


def test_a_care_relation_tells_her_who_and_why(awa):
    [started] = awa.when(StartCareRelation, **BY_KIM)
    assert started.words == BY_KIM["words"]
    [relation] = awa.state.care.current
    assert (relation.id, relation.party) == (started.id, KIM.id)
    with pytest.raises(Invalid, match=r"text\.empty"):
        awa.when(StartCareRelation, **BY_KIM | {"words": " "})


def test_the_same_relation_starts_once_and_may_start_again_after_its_end(awa):
    [started] = awa.when(StartCareRelation, **BY_KIM)
    assert awa.when(StartCareRelation, **BY_KIM) == []
    awa.when(EndCareRelation, relation=started.id)
    assert len(awa.when(StartCareRelation, **BY_KIM)) == 1


def test_two_people_may_accompany_her_at_once(awa):
    awa.when(StartCareRelation, **BY_KIM)
    awa.when(StartCareRelation, **BY_KIM | {"party": ROY.id})
    assert {r.party for r in awa.state.care.current} == {KIM.id, ROY.id}


def test_a_relation_ends_once(awa):
    [started] = awa.when(StartCareRelation, **BY_KIM)
    [ended] = awa.when(EndCareRelation, relation=started.id, words="Kim change de poste.")
    assert isinstance(ended, e.CareRelationEnded)
    assert (ended.party, ended.words) == (KIM.id, "Kim change de poste.")
    assert awa.when(EndCareRelation, relation=started.id) == []
    assert awa.state.care.current == ()


def test_a_relation_nobody_started_cannot_end(awa):
    with pytest.raises(NotFound, match=r"care_relation\.unknown"):
        awa.when(EndCareRelation, relation=uuid4())


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("party", AWA.id, "party.herself"),
        ("role", "auditor", "value.not_in_list"),
    ],
)
def test_who_cannot_accompany_her_is_refused(awa, field, value, code):
    with pytest.raises(Invalid) as refused:
        awa.when(StartCareRelation, **BY_KIM | {field: value})
    assert refused.value.code == code
