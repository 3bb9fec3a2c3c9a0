"""Whatever is asked, in whatever order: what is recorded folds to one state, and access stays hers."""

import inspect
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.directory.domain import (
    care,
    consents,
    emergency,
    erasure,
    mandate,
    notices,
    organisation,
    party,
    places,
    relations,
    representation,
    restrictions,
    rights,
)
from services.directory.domain import events as e
from services.directory.domain.checked import TABS
from shared import coproduction as co
from shared.kernel import Command, Refused
from tests.directory.domain.story import AWA, HOUSE, KIM, MAY, NEL, NOON, PAT, REP, ROY, Story

pytestmark = pytest.mark.xdist_group("any sequence of the directory")  # they count together
MODULES = (
    care,
    consents,
    emergency,
    mandate,
    notices,
    organisation,
    party,
    places,
    relations,
    representation,
    restrictions,
    rights,
)
PLACES = [uuid5(HOUSE, name) for name in ("quai", "jour", "atelier")]
UNTIL = date(2031, 1, 1)
DISPUTED = "in dispute"
HOUR = timedelta(hours=1)
somebody = st.sampled_from([KIM.id, ROY.id, MAY.id, REP.id])
words = st.sampled_from([None, "En ses mots.", "Autrement."])
place, tabs = st.sampled_from(PLACES), st.sets(st.sampled_from(TABS), min_size=1).map(tuple)
whom = st.one_of(
    somebody.map(lambda p: {"audience": p}),
    st.sampled_from(consents.CATEGORIES).map(lambda c: {"category": c}),
)
Fields = Callable[[st.DataObject, Callable[[str], UUID]], Mapping[str, Any]]
asked: Counter[type[Command]] = Counter()
refused: Counter[type[Command]] = Counter()


def drawn(**strategies: Any) -> Fields:
    return lambda data, _: {name: data.draw(s) for name, s in strategies.items()}


def about(field: str, topic: str, **strategies: Any) -> Fields:
    """A command that names an earlier entry of some kind."""
    more = drawn(**strategies)
    return lambda data, entry: {field: entry(topic), **more(data, entry)}


def answers() -> dict[type[Command], tuple[Any, Fields]]:
    said = {"words": st.just("Entendu."), "outcome": st.sampled_from(co.OUTCOMES)}
    return {
        co.ConfirmContribution: ([AWA, KIM, PAT], about("entry", "")),
        co.DisputeContribution: ([AWA], about("entry", "", reason=words)),
        co.AnswerDispute: ([KIM, PAT, NEL], about("entry", DISPUTED, **said)),
        co.SettleDispute: ([NEL, MAY], about("entry", DISPUTED, **said)),
        co.RecordCorrection: ([AWA, PAT], about("entry", "", words=st.just("Le 3, pas le 2."))),
        co.WithdrawWords: ([AWA], about("entry", "")),
        co.MisfileEntry: ([NEL], about("entry", "")),
    }


purposes = st.one_of(
    st.just({"purpose": "research", "ethics": "CÉR 12"}), st.just({"purpose": "care"})
)
RELATIONS: dict[type[Command], tuple[Any, Fields]] = {
    relations.RegisterPerson: ([PAT], drawn(name=st.just("Awa Diarra"))),
    care.StartCareRelation: (
        [PAT],
        drawn(
            party=somebody,
            role=st.sampled_from(care.CARE_ROLES),
            site=place,
            programme=place,
            words=st.just("Pour vous accompagner."),
        ),
    ),
    care.EndCareRelation: ([PAT], about("relation", "care_relation_started", words=words)),
    representation.StartRepresentation: (
        [NEL],
        drawn(
            party=st.just(REP.id),
            kind=st.just("tutelle"),
            scope=st.sets(st.sampled_from(representation.SCOPES), min_size=1).map(tuple),
            until=st.just(UNTIL),
        ),
    ),
    representation.EndRepresentation: (
        [NEL],
        about("representation", "representation_started", words=words),
    ),
    consents.GiveConsent: (
        [AWA, AWA, (KIM, AWA), REP],
        lambda data, _: {
            **data.draw(whom),
            "tabs": data.draw(tabs),
            **data.draw(purposes),
            "until": UNTIL,
            "words": data.draw(words),
        },
    ),
    consents.WithdrawConsent: ([AWA], about("consent", "consent_given", words=words)),
    restrictions.RestrictAccess: (
        [AWA, AWA, (KIM, AWA), ROY],
        lambda data, _: {
            **data.draw(whom),
            "scope": data.draw(tabs),
            "reason": data.draw(words),
        },
    ),
    restrictions.LiftRestriction: ([AWA], about("restriction", "access_restricted")),
    emergency.OpenEmergencyAccess: (
        [KIM, ROY],
        drawn(
            reason=st.just("Inquiétude."),
            expires=st.integers(1, 80).map(lambda h: NOON + timedelta(hours=h)),
        ),
    ),
    emergency.CloseEmergencyAccess: ([ROY, NEL], about("access", "emergency_access_opened")),
    emergency.ReviewEmergencyAccess: (
        [NEL],
        about("access", "emergency_access_opened", outcome=st.sampled_from(emergency.OUTCOMES)),
    ),
    notices.GiveNotice: (
        [KIM],
        drawn(text=st.sampled_from(notices.TEXTS), version=st.just("1"), language=st.just("fr")),
    ),
    notices.AgreeWayOfWorking: (
        [AWA, (KIM, AWA)],
        drawn(first=st.sampled_from(notices.FIRSTS), words=words),
    ),
    rights.RequestRight: (
        [AWA, REP],
        drawn(
            right=st.sampled_from(rights.RIGHTS),
            words=words,
            statement=st.just(erasure.STATEMENT),
        ),
    ),
    rights.ExtendRight: (
        [NEL],
        about(
            "request",
            "right_requested",
            due=st.dates(date(2030, 4, 1), date(2030, 4, 12)),
            reason=st.just("Un dossier de vingt ans."),
            country=st.just("FR"),
        ),
    ),
    rights.AnswerRight: (
        [NEL],
        about(
            "request",
            "right_requested",
            outcome=st.sampled_from(rights.OUTCOMES),
            reason=st.just("La loi."),
            recourse=st.just("La Commission."),
        ),
    ),
}
HOUSES: dict[type[Command], tuple[Any, Fields]] = {
    organisation.RegisterOrganisation: (
        [PAT],
        drawn(
            name=st.just("Maison"),
            country=st.just("FR"),
            locale=st.just("fr-FR"),
            timezone=st.just("Europe/Paris"),
        ),
    ),
    organisation.SetHelpLines: (
        [PAT],
        drawn(lines=st.sampled_from([(e.HelpLine("15", "15"),), (e.HelpLine("112", "112"),)])),
    ),
    organisation.SetReadingDelay: (
        [PAT],
        drawn(fr=st.just("deux jours"), en=st.sampled_from(["two days", "2 days"])),
    ),
    organisation.SetAgeOfConsent: (
        [PAT],
        drawn(age=st.integers(12, 18), fr=st.just("art. 14"), en=st.just("s. 14")),
    ),
    organisation.SetErasureDelay: ([PAT], drawn(days=st.integers(1, 30))),
    places.OpenSite: ([PAT], drawn(site=place, name=st.just("Maison du Quai"))),
    places.CloseSite: ([PAT], drawn(site=place)),
    places.OpenProgramme: ([PAT], drawn(programme=place, site=place, name=st.just("Suivi"))),
    places.CloseProgramme: ([PAT], drawn(programme=place)),
}
staff_role = st.sampled_from(party.STAFF)
PARTIES: dict[type[Command], tuple[Any, Fields]] = {
    party.RegisterParty: ([PAT], drawn(kind=st.just("staff"), name=st.just("Karim"))),
    party.GrantRole: ([PAT], drawn(role=staff_role, site=st.none() | place, job=words)),
    party.RevokeRole: ([PAT], drawn(role=staff_role, site=st.none() | place)),
    party.LeaveParty: ([PAT], drawn()),
}
MANDATES: dict[type[Command], tuple[Any, Fields]] = {
    mandate.GiveAuditMandate: (
        [PAT],
        drawn(
            auditor=st.just(NEL.id),
            purpose=st.just("Vérification"),
            begins=st.just(NOON.date()),
            until=st.just(UNTIL),
        ),
    ),
    mandate.EndAuditMandate: ([PAT], drawn(reason=words)),
}
LIVES = {
    "relations": (relations.Relations(relations.stream_of(AWA.id)), RELATIONS),
    "organisation": (organisation.Organisation(HOUSE), HOUSES),
    "party": (party.Party(KIM.id), PARTIES),
    "mandate": (mandate.Mandate(PLACES[0]), MANDATES),
}


def test_every_command_of_the_directory_is_asked_here():
    known = {
        thing
        for module in MODULES
        for _, thing in inspect.getmembers(module, inspect.isclass)
        if issubclass(thing, Command)
        and thing is not Command
        and thing.__module__ == module.__name__
    }
    mine = {command for _, commands in LIVES.values() for command in commands}
    assert known - mine == set()


@pytest.mark.parametrize("life", LIVES)
@settings(
    max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_any_sequence_folds_to_one_state_and_opens_nothing_by_itself(life, data):
    empty, commands = LIVES[life]
    told = Story(empty, lambda: NOON)
    opening = next(command for command in commands if command.opens)
    ask(told, opening, commands[opening], data)
    every = commands | (answers() if life == "relations" else {})
    if life == "relations":
        a_life_so_far(told)
    for _ in range(data.draw(st.integers(5, 20))):
        command = data.draw(st.sampled_from(sorted(every, key=lambda c: c.__name__)))
        before = told.state
        facts = ask(told, command, every[command], data)
        assert co.replay(told.empty, told.facts) == told.state
        if life == "relations":
            still_hers(before, told.state, command, facts)


def a_life_so_far(told: Story) -> None:
    """Something to end, to answer and to settle from the start."""
    here = {"site": PLACES[0], "programme": PLACES[0]}
    told.when(care.StartCareRelation, party=ROY.id, role="practitioner", words="Pour vous.", **here)
    told.when(
        representation.StartRepresentation,
        NEL,
        party=REP.id,
        kind="tutelle",
        scope=("sharing",),
        until=UNTIL,
    )
    told.when(restrictions.RestrictAccess, AWA, category="manager")
    told.when(emergency.OpenEmergencyAccess, ROY, reason="Danger", expires=NOON + HOUR)
    told.when(rights.RequestRight, AWA, right="copy")
    consent = {"tabs": ("plan",), "purpose": "care", "until": UNTIL, "audience": MAY.id}
    told.when(consents.GiveConsent, AWA, **consent)
    [noted] = told.when(consents.GiveConsent, KIM, author=AWA, **consent | {"tabs": TABS})
    told.when(co.DisputeContribution, AWA, entry=noted.id)


def ask(told: Story, command: type[Command], how: tuple[Any, Fields], data: st.DataObject) -> Any:
    people, fields = how
    by = data.draw(st.sampled_from(people))
    by, author = by if isinstance(by, tuple) else (by, None)

    def entry(topic: str) -> UUID:
        known = [f.id for f in told.facts if topic in f.TOPIC]
        if topic == DISPUTED:
            known = [i for i, x in told.state.entries.items() if x.dispute in ("open", "answered")]
        return data.draw(st.sampled_from(known)) if known else PLACES[2]

    asked[command] += 1
    try:
        return told.when(command, by, author=author, **fields(data, entry))
    except Refused:
        refused[command] += 1
        return []


def still_hers(before: Any, after: Any, command: type[Command], facts: Any) -> None:
    """A consent comes into force by her alone; a restriction goes by her, an answer or an officer."""
    day = NOON.date()
    new = open_to(after, day) - open_to(before, day)
    if new:
        [act] = {fact.act for fact in facts}
        assert act.actor in (AWA.id, REP.id, NEL.id) or command is co.AnswerDispute, command
        assert command in (
            consents.GiveConsent,
            co.ConfirmContribution,
            co.AnswerDispute,
            co.SettleDispute,
        )
    kept = {(r.audience, r.category, r.scope) for r in before.restrictions.current.values()}
    left = {(r.audience, r.category, r.scope) for r in after.restrictions.current.values()}
    if kept - left:
        assert command in (
            restrictions.LiftRestriction,
            co.AnswerDispute,
            co.SettleDispute,
            co.MisfileEntry,
        )


def open_to(state: Any, day: date) -> set[Any]:
    return {replace(c, id=HOUSE, words=None, own=True) for c in state.consents_in_force(day)}


def test_most_of_what_is_asked_is_granted():
    """Runs after the sequences: a search that is refused most of the time finds nothing."""
    if not asked:
        pytest.skip("the sequences ran in another process")
    assert sum(refused.values()) < sum(asked.values()) / 2
    never = [c.__name__ for c in asked if refused[c] == asked[c]]
    assert never == []
