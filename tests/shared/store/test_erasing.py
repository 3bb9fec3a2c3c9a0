"""Once a person is erased, a view holds what her envelopes alone tell: before her key goes and after."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar
from uuid import uuid4

import pytest

from shared import coproduction as co
from shared.kernel import Act
from shared.store.history import as_of
from shared.store.projector import Projector
from shared.store.rebuild import Rebuild
from shared.store.told import Teller
from tests.support.phrases import Phrases, PhraseSaid
from tests.support.telling import Telling, all_of


@dataclass(frozen=True)
class PhrasesErased(co.PersonErased):
    TOPIC: ClassVar[str] = "phrases.person_erased"


@dataclass(frozen=True)
class CountKept(co.PersonErased):
    """Of hers too, and sealed under the organisation's key."""

    TOPIC: ClassVar[str] = "phrases.phrase_said_by_the_house"


def said(telling: Telling) -> list[str]:
    return sorted(r[2] for r in telling.rows("phrases"))


def parked(telling: Telling) -> int:
    return telling.store.ask("reader", "SELECT count(*) FROM parked")


def say(telling: Telling, *phrases: str) -> None:
    for phrase in phrases:
        telling.tell(PhraseSaid, telling.her, phrase=phrase)
    telling.seal()


def erase(telling: Telling) -> None:
    telling.tell(PhrasesErased, telling.her)
    telling.seal()


@pytest.fixture
def projector(telling: Telling) -> Projector:
    made = telling.projector(Phrases())
    say(telling, "bonjour", "merci")
    telling.tell(PhraseSaid, telling.him, phrase="à lui")
    telling.seal()
    all_of(made)
    return made


def test_her_words_leave_the_view_before_her_key_is_destroyed(
    telling: Telling, projector: Projector
) -> None:
    erase(telling)
    all_of(projector)
    assert said(telling) == ["à lui"]


def test_words_told_in_the_same_page_never_reach_it(telling: Telling, projector: Projector) -> None:
    telling.tell(PhraseSaid, telling.her, phrase="au dernier moment")
    erase(telling)
    all_of(projector)
    assert said(telling) == ["à lui"]


def test_whoever_was_set_aside_is_erased_as_well(telling: Telling, projector: Projector) -> None:
    say(telling, "poison")
    all_of(projector)
    assert (parked(telling), said(telling)) == (1, ["bonjour", "merci", "à lui"])
    erase(telling)
    all_of(projector)
    assert (parked(telling), said(telling)) == (0, ["à lui"])


def test_what_lands_after_it_is_unreadable_and_parks_nobody(
    telling: Telling, projector: Projector
) -> None:
    late = telling.ledger.mapper.to_stored_event(fact_of(telling, "trop tard"))
    erase(telling)
    telling.keys.destroy(telling.tenant, telling.her)
    telling.ledger.recorder.insert_events([late])
    telling.seal()
    all_of(projector)
    assert (parked(telling), said(telling)) == (0, ["à lui"])


def fact_of(telling: Telling, phrase: str) -> PhraseSaid:
    at = datetime.now(UTC)
    her, command = telling.her, uuid4()
    act = Act(
        tenant=telling.tenant, subject=her, actor=her, author=her, at=at, occurred=at,
        command=command,
    )  # fmt: skip
    return PhraseSaid(uuid4(), 1, at, act, phrase)


def test_a_rebuild_finds_no_difference_with_the_key_and_without(
    telling: Telling, projector: Projector
) -> None:
    erase(telling)
    all_of(projector)
    for destroyed in (False, True):
        if destroyed:
            telling.keys.destroy(telling.tenant, telling.her)
        rebuilt = Rebuild(
            "assessment",
            Phrases(),
            telling.store.conninfo("owner"),
            telling.store.conninfo("reader"),
            {"assessment": telling.source()},
            Teller(telling.keys),
        ).run(lambda *_: None)
        assert (rebuilt.different, said(telling)) == (0, ["à lui"])


def test_no_day_in_the_past_brings_her_words_back(telling: Telling, projector: Projector) -> None:
    before = datetime.now(UTC)
    erase(telling)
    all_of(projector)
    sources = {"assessment": telling.source()}
    her = (telling.tenant, telling.her)
    assert as_of(Phrases(), sources, Teller(telling.keys), her, recorded=before) == {}


def test_what_is_sealed_for_the_house_stays_readable(telling: Telling) -> None:
    telling.tell(CountKept, telling.her)
    erase(telling)
    telling.keys.destroy(telling.tenant, telling.her)
    tell = Teller(telling.keys)
    told = [tell("assessment", e) for e in telling.source().page(0, 10).events]
    assert [(t.outlives, t.readable) for t in told] == [(True, True), (True, True)]
