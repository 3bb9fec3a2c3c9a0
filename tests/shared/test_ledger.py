"""The one write path: load, decide, record, on the real store."""

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import OpenAssessment, RateTheme
from services.assessment.domain.events import ThemeRated
from shared.coproduction import WithdrawWords
from shared.kernel import Act, Contributor, Invalid, NotFound, Refused, Stale, Unreadable
from shared.ledger import Done, Ledger
from tests.support.telling import Telling


def act(telling: Telling, subject: UUID | None = None, **said: Any) -> Act:
    her, at = subject or telling.her, datetime.now(UTC)
    own = Contributor(party=her, role="person", part="wrote", attestation="own")
    return Act(
        **{
            "tenant": telling.tenant,
            "subject": her,
            "actor": her,
            "author": her,
            "at": at,
            "occurred": at,
            "command": uuid4(),
            "contributors": (own,),
            **said,
        }
    )


def open_one(telling: Telling, stream: UUID, **said: Any) -> Done[Assessment]:
    command = OpenAssessment(
        act=act(telling, **said),
        stream=stream,
        catalogue=uuid4(),
        kind="quality_of_life",
        themes=("logement", "sommeil", "travail"),
        lowest=0,
        highest=100,
    )
    return telling.ledger.execute(Assessment, command)


def rate(telling: Telling, stream: UUID, value: int, theme: str = "logement", **said: Any):
    return RateTheme(act=act(telling, **said), stream=stream, theme=theme, value=value)


@pytest.fixture
def portrait(telling: Telling) -> UUID:
    stream = uuid4()
    open_one(telling, stream)
    return stream


def test_what_a_command_decided_is_loaded_again(telling: Telling, portrait: UUID) -> None:
    done = telling.ledger.execute(Assessment, rate(telling, portrait, 70))
    assert (done.version, done.repeated) == (2, False)
    assert telling.ledger.load(Assessment, telling.tenant, portrait, telling.her) == done.state


def test_only_an_opening_command_begins_a_stream(telling: Telling) -> None:
    stream = uuid4()
    with pytest.raises(NotFound, match=r"stream\.unknown"):
        telling.ledger.execute(Assessment, rate(telling, stream, 70))
    assert telling.ledger.facts(telling.tenant, stream) == []


def test_a_stream_of_another_organisation_is_unknown(telling: Telling, portrait: UUID) -> None:
    for attempt in (
        lambda: telling.ledger.load(Assessment, uuid4(), portrait),
        lambda: telling.ledger.execute(Assessment, rate(telling, portrait, 5, tenant=uuid4())),
    ):
        with pytest.raises(NotFound, match=r"stream\.unknown"):
            attempt()


def test_a_stream_about_another_person_is_unknown(telling: Telling, portrait: UUID) -> None:
    with pytest.raises(NotFound, match=r"stream\.unknown"):
        telling.ledger.execute(Assessment, rate(telling, portrait, 5, subject=telling.him))
    with pytest.raises(NotFound, match=r"stream\.unknown"):
        telling.ledger.load(Assessment, telling.tenant, portrait, telling.him)


def test_a_command_sent_twice_is_recorded_once(telling: Telling, portrait: UUID) -> None:
    command = rate(telling, portrait, 70)
    first = telling.ledger.execute(Assessment, command)
    telling.ledger.execute(Assessment, rate(telling, portrait, 80))
    again = telling.ledger.execute(Assessment, command)
    assert (again.repeated, again.facts) == (True, first.facts)
    assert len(telling.ledger.facts(telling.tenant, portrait)) == 3


def test_the_same_key_with_another_body_is_refused(telling: Telling, portrait: UUID) -> None:
    command = rate(telling, portrait, 70, request="aa")
    telling.ledger.execute(Assessment, command)
    other = replace(command, value=10, act=replace(command.act, request="bb"))
    with pytest.raises(Invalid, match=r"idempotency\.other_body"):
        telling.ledger.execute(Assessment, other)


def test_a_replaced_version_is_refused_where_one_was_named(
    telling: Telling, portrait: UUID
) -> None:
    telling.ledger.execute(Assessment, rate(telling, portrait, 70), if_match=1)
    with pytest.raises(Stale, match=r"version\.stale"):
        telling.ledger.execute(Assessment, rate(telling, portrait, 80), if_match=1)


def test_writers_of_one_stream_wait_for_nobody_and_lose_nothing(
    telling: Telling, portrait: UUID
) -> None:
    failures: list[Exception] = []

    def write(theme: str) -> None:
        for value in range(1, 11):
            for _ in range(20):  # a busy stream says so: asked again, it answers
                try:
                    telling.ledger.execute(Assessment, rate(telling, portrait, value, theme))
                    break
                except Refused as busy:
                    if busy.code != "version.busy":
                        failures.append(busy)
                        return
            else:
                failures.append(AssertionError(theme))

    threads = [
        threading.Thread(target=write, args=(t,)) for t in ("logement", "sommeil", "travail")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    facts = telling.ledger.facts(telling.tenant, portrait)
    assert [f.originator_version for f in facts] == list(range(1, 32))


def test_a_batch_is_all_or_nothing_when_it_is_atomic(telling: Telling, portrait: UUID) -> None:
    said = act(telling)
    commands = [
        RateTheme(act=said, stream=portrait, theme="logement", value=70),
        RateTheme(act=said, stream=portrait, theme="logement", value=170),
    ]
    with pytest.raises(Refused) as told:
        telling.ledger.execute_many(Assessment, commands)
    assert str(told.value.field).startswith("items.1")
    assert len(telling.ledger.facts(telling.tenant, portrait)) == 1


def test_a_batch_of_each_keeps_what_it_can_and_says_the_rest(
    telling: Telling, portrait: UUID
) -> None:
    said = act(telling)
    commands = [
        RateTheme(act=said, stream=portrait, theme=theme, value=70)
        for theme in ("logement", "inconnu", "sommeil")
    ]
    done = telling.ledger.execute_many(Assessment, commands, mode="each")
    assert [len(i.facts) for i in done.items] == [1, 0, 1]
    assert done.items[1].refused is not None
    assert telling.ledger.load(Assessment, telling.tenant, portrait) == done.state


def test_a_batch_sent_twice_is_recorded_once(telling: Telling, portrait: UUID) -> None:
    said = act(telling)
    commands = [
        RateTheme(act=said, stream=portrait, theme=theme, value=70)
        for theme in ("logement", "sommeil")
    ]
    telling.ledger.execute_many(Assessment, commands)
    again = telling.ledger.execute_many(Assessment, commands)
    assert again.repeated
    assert len(telling.ledger.facts(telling.tenant, portrait)) == 3


def test_withdrawn_words_are_gone_from_the_state_before_and_after_their_destruction(
    telling: Telling, portrait: UUID
) -> None:
    rated = telling.ledger.execute(
        Assessment, replace(rate(telling, portrait, 70), comment="à ne pas garder")
    )
    entry = rated.facts[0].id
    withdrawing = WithdrawWords(act=act(telling), stream=portrait, entry=entry)
    done = telling.ledger.execute(Assessment, withdrawing)
    assert "à ne pas garder" not in repr(done.state)
    telling.seal()
    version = done.version
    gone = "SELECT make_unreadable(%s, %s, %s)"
    assert telling.store.ask("eraser", gone, telling.tenant, portrait, version) == 1
    loaded = telling.ledger.load(Assessment, telling.tenant, portrait)
    assert loaded == done.state
    second = telling.ledger.facts(telling.tenant, portrait)[1]
    assert isinstance(second, Unreadable)
    assert second.topic == ThemeRated.TOPIC


def test_an_idle_command_records_nothing(telling: Telling, portrait: UUID) -> None:
    telling.ledger.execute(Assessment, rate(telling, portrait, 70))
    again = telling.ledger.execute(Assessment, rate(telling, portrait, 70))
    assert (again.facts, again.version) == ((), 2)


def test_the_ledger_is_an_application_of_the_library(telling: Telling) -> None:
    from eventsourcing.application import Application

    assert isinstance(telling.ledger, Application)
    assert issubclass(Ledger, Application)
