"""Whatever is asked, in whatever order: what must never happen does not, and nothing depends on luck."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from random import Random

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from services.assessment.domain import catalogue_commands, commands, resources_commands
from services.assessment.domain.assessment import Assessment
from services.assessment.domain.catalogue import Catalogue
from services.assessment.domain.events import AssessmentOpened
from services.assessment.domain.following import WORKED_OUT
from services.assessment.domain.portrait import seen_by
from services.assessment.domain.resources import Resources
from shared.coproduction import WITHDRAWING, replay
from shared.kernel import Command, Fact, Refused
from shared.store.codec import decode, encode
from tests.assessment.given import CATALOGUE, KINDS, LUC, SITTING, eyes
from tests.assessment.lives import (
    HERS,
    Drawing,
    answering,
    on_portraits,
    on_questionnaires,
    on_strengths,
)

LIVES = (
    *[(Assessment, SITTING, on_portraits)] * 4,
    (Resources, HERS, on_strengths),
    (Catalogue, CATALOGUE, on_questionnaires),
)


def test_whatever_is_asked_what_must_never_happen_does_not():
    asked, told, refused = Counter(), Counter(), Counter()

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],  # a life that breaks is told whole: it is short enough to read
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(LIVES), st.randoms(use_true_random=False), st.integers(10, 60))
    def live(life, chance, length):
        kind, stream, ask = life
        chance = Random(chance.getrandbits(64))  # evenly, where hypothesis likes to repeat itself
        state, facts = kind(stream), []
        for step in range(length):
            drawing = Drawing(chance, state)
            command = begun(drawing, ask, stream, step)
            asked[type(command).__name__] += 1
            try:
                more = list(state.decide(command))
            except Refused:
                refused[type(command).__name__] += 1
                continue
            told.update(fact.TOPIC for fact in more)
            before = state
            state, facts = recorded(state, facts, more)
            if isinstance(state, Assessment):
                hold(before, state, command)
        same_whichever_way(kind(stream), facts, state)

    live()
    wanted = {c.__name__ for c in every_command()}
    assert wanted <= set(asked), wanted - set(asked)
    topics = {
        t
        for t in Fact.registry
        if t.startswith("assessment.") and not t.endswith(("_read", "person_erased"))
    }
    assert topics <= set(told), topics - set(told)
    assert refused.total() * 2 < asked.total(), refused.most_common(10)


def begun(drawing, ask, stream, step):
    """The first command opens; then mostly the aggregate's own, sometimes an answer."""
    if not step:
        for _ in range(200):
            command = ask(drawing)
            if command.opens:
                return command
    if step and drawing.upto(3) == 0:
        return answering(drawing, stream)
    return ask(drawing)


def recorded(state, facts, more):
    """As the ledger does: folded on, or from the start when words are taken back."""
    for number, fact in enumerate(more, start=state.version + 1):
        assert fact.originator_version == number
    told = [*facts, *more]
    if any(isinstance(fact, WITHDRAWING) for fact in more):
        return replay(type(state)(state.id), told), told
    for fact in more:
        state = state.follow(fact)
    return state, told


def hold(before, after, command):
    """What binds, whatever was asked."""
    if not any(isinstance(fact, AssessmentOpened) for fact in after.told.values()):
        return
    if before.version:
        nobody_but_she_moves_her_answers(before, after, command)
    assert len(after.stars) <= 3
    # what was carried over from before is what it would be, worked out anew
    anew = replace(after)
    for name in WORKED_OUT:
        assert getattr(after, name) == getattr(anew, name), name
    for theme, kept in after.kept.items():
        assert theme in after.opened.themes
        if kept.stands is not None and not kept.stands.hers:
            own = [a for a in kept.pending if a.hers]
            assert own == []
    for party in KINDS:
        if party != LUC:
            shown_only_by_her(after, party)


def nobody_but_she_moves_her_answers(before, after, command):
    if command.act.actor == LUC:
        return
    for theme, kept in before.kept.items():
        if kept.stands is not None and kept.stands.hers:
            assert after.kept[theme].stands == kept.stands
            assert after.kept[theme].by_hand == kept.by_hand


def shown_only_by_her(state, party):
    """Reckoned without the code under test: who was ever shown anything, and what was kept close."""
    seen = seen_by(state, eyes(party))
    ever = {
        reached
        for fact in state.told.values()
        for reached in getattr(fact, "audience", ())
        if fact.act.author == LUC
    }
    team = KINDS[party] == "care" and any(
        getattr(f, "my_team", False) or getattr(f, "visibility", None) == "my_team"
        for f in state.told.values()
    )
    for theme in seen.themes.values():
        if theme.answer is None:
            continue
        noted = theme.answer.act.actor == party and theme.answer.attestation == "claimed"
        close = state.answer(theme.theme).by_hand.visibility == "just_me"
        assert noted or ((party in ever or team) and not close)


def same_whichever_way(empty, facts, state):
    """Replayed, and replayed from stored bytes, a stream folds to the same state."""
    assert replay(empty, facts) == state
    assert replay(empty, [stored(fact) for fact in facts]) == state


def stored(fact):
    _, values = decode(type(fact), type(fact).class_version, encode(fact))
    head = (fact.originator_id, fact.originator_version, fact.timestamp, fact.act)
    assert set(values) == {f.name for f in fields(fact)} - {
        "originator_id",
        "originator_version",
        "timestamp",
        "act",
    }
    return type(fact)(*head, **values)


def every_command():
    for page in (commands, resources_commands, catalogue_commands):
        for kind in vars(page).values():
            if isinstance(kind, type) and issubclass(kind, Command) and kind is not Command:
                yield kind
