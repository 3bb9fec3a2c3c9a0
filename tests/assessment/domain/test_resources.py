from __future__ import annotations

import pytest

from services.assessment.domain.resources import Resources
from services.assessment.domain.resources_commands import (
    NameAspiration,
    NameStrength,
    RewordAspiration,
    RewordStrength,
    SetAspirationAside,
    SetStrengthAside,
)
from shared.coproduction import DisputeContribution, MisfileEntry, WithdrawWords, replay
from shared.kernel import Denied, Invalid, NotFound, Refused
from tests.assessment.given import DIANE, KARIM, LUC, MARC, act, eyes, named, telling, told

HERS = named("resources")


def strength(words="Je nage bien.", by=None, kind="personal", **fields):
    return NameStrength(act=by or act(), stream=HERS, kind=kind, words=words, **fields)


def aspiration(words="Vivre de la couture.", by=None, **fields):
    return NameAspiration(act=by or act(), stream=HERS, words=words, **fields)


def naming(command):
    state, (fact,) = telling(Resources(HERS), command)
    return state, fact.id


def words_of(state):
    return [r.words for r in state.known.values() if not r.set_aside]


def test_strengths_and_aspirations_are_kept_in_her_words():
    state, facts = telling(Resources(HERS), strength(), aspiration(theme="travail"))
    assert words_of(state) == ["Je nage bien.", "Vivre de la couture."]
    assert [r.kind for r in state.known.values()] == ["personal", None]
    assert facts[1].theme == "travail"


def test_naming_the_same_twice_is_recorded_once():
    state = told(Resources(HERS), strength(), aspiration())
    assert list(state.decide(strength())) == []
    assert list(state.decide(aspiration())) == []
    assert len(state.decide(strength(kind="environmental"))) == 1


def test_what_was_noted_for_her_does_not_keep_her_from_naming_it():
    state = told(Resources(HERS), strength(by=act(KARIM, LUC)))
    assert list(state.decide(strength(by=act(KARIM, LUC)))) == []
    assert len(state.decide(strength())) == 1


def test_a_strength_is_personal_or_around_her():
    with pytest.raises(Invalid, match=r"value.not_in_list"):
        Resources(HERS).decide(strength(kind="professional"))
    with pytest.raises(Invalid, match=r"words.none"):
        Resources(HERS).decide(strength("  "))


def test_no_one_names_it_as_oneself_for_her():
    with pytest.raises(Denied, match=r"person.hers_alone"):
        Resources(HERS).decide(strength(by=act(KARIM)))


@pytest.mark.parametrize(
    ("name", "reword", "aside", "key"),
    [
        (strength, RewordStrength, SetStrengthAside, "strength"),
        (aspiration, RewordAspiration, SetAspirationAside, "aspiration"),
    ],
)
def test_she_changes_the_words_and_sets_aside(name, reword, aside, key):
    state, id_ = naming(name())
    changed = reword(act=act(), stream=HERS, words="À ma façon.", **{key: id_})
    state = told(state, changed)
    assert words_of(state) == ["À ma façon."]
    assert list(state.decide(changed)) == []
    put_aside = aside(act=act(), stream=HERS, **{key: id_})
    state = told(state, put_aside)
    assert words_of(state) == []
    assert list(state.decide(put_aside)) == []
    # set aside is not gone for good: it can be named again
    assert len(state.decide(name("À ma façon."))) == 1


@pytest.mark.parametrize(
    ("name", "reword", "key"),
    [(strength, RewordAspiration, "aspiration"), (aspiration, RewordStrength, "strength")],
)
def test_one_is_not_the_other(name, reword, key):
    state, id_ = naming(name())
    with pytest.raises(NotFound, match=f"{key}.unknown"):
        state.decide(reword(act=act(), stream=HERS, words="…", **{key: id_}))


def test_her_words_are_hers_to_change():
    state, id_ = naming(strength())
    by = act(KARIM, LUC)
    with pytest.raises(Refused, match=r"resource.hers"):
        state.decide(RewordStrength(act=by, stream=HERS, strength=id_, words="…"))
    with pytest.raises(Refused, match=r"resource.hers"):
        state.decide(SetStrengthAside(act=by, stream=HERS, strength=id_))
    state, id_ = naming(strength(by=act(KARIM, LUC)))
    noted = RewordStrength(act=by, stream=HERS, strength=id_, words="Je nage.")
    assert words_of(told(state, noted)) == ["Je nage."]


def test_what_she_disputes_or_takes_back_is_not_there():
    state, id_ = naming(strength(by=act(KARIM, LUC)))
    changed = told(state, RewordStrength(act=act(), stream=HERS, strength=id_, words="Je nage."))
    aside = told(changed, SetStrengthAside(act=act(), stream=HERS, strength=id_))
    for known in (state, changed, aside):
        disputed = DisputeContribution(act=act(), stream=HERS, entry=id_)
        assert told(known, disputed).known == {}
    first, facts = telling(Resources(HERS), strength())
    gone = first.decide(WithdrawWords(act=act(), stream=HERS, entry=facts[0].id))
    assert replay(Resources(HERS), [*facts, *gone]).known == {}
    assert first.follow(gone[0]).known == {}


def test_no_one_takes_her_words_back():
    state, facts = telling(Resources(HERS), strength(by=act(also=(KARIM,))))
    for by in (act(KARIM), act(KARIM, LUC)):
        for command in (WithdrawWords, MisfileEntry):
            with pytest.raises(Denied):
                state.decide(command(act=by, stream=HERS, entry=facts[0].id))
    officer = act(MARC, role="privacy_officer")
    with pytest.raises(Denied, match=r"entry.hers_to_take_back"):
        state.decide(MisfileEntry(act=officer, stream=HERS, entry=facts[0].id))
    state, facts = telling(Resources(HERS), strength(by=act(KARIM, LUC)))
    misfiled = MisfileEntry(act=officer, stream=HERS, entry=facts[0].id)
    assert told(state, misfiled).known == {}


def test_each_shows_with_the_tab_or_as_she_set_it_by_hand():
    state = told(
        Resources(HERS),
        strength(),
        strength("Mon frère croit en moi.", visibility="just_me"),
        aspiration(visibility="chosen", audience=(DIANE,)),
    )

    def seen(party, *, tab_shows):
        return {r.words for r in state.seen_by(eyes(party), tab_shows=tab_shows)}

    assert len(seen(LUC, tab_shows=False)) == 3
    assert seen(KARIM, tab_shows=False) == set()
    assert seen(KARIM, tab_shows=True) == {"Je nage bien."}
    assert seen(DIANE, tab_shows=False) == {"Vivre de la couture."}
