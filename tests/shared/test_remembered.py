"""What a process remembers of a stream is what the stream says, whoever wrote in it meanwhile."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.assessment.domain.assessment import Assessment
from services.assessment.domain.commands import OpenAssessment, RateTheme
from shared.coproduction import WithdrawWords
from shared.kernel import Act, Contributor, NotFound
from shared.ledger import Ledger
from shared.remembered import MOST
from shared.store.key_leases import Leases
from tests.support.telling import Telling

THEMES = ("logement", "sommeil")


def act(telling: Telling) -> Act:
    her, at = telling.her, datetime.now(UTC)
    own = Contributor(party=her, role="person", part="wrote", attestation="own")
    return Act(
        tenant=telling.tenant, subject=her, actor=her, author=her, at=at, occurred=at,
        command=uuid4(), contributors=(own,),
    )  # fmt: skip


def begun(telling: Telling) -> UUID:
    stream = uuid4()
    opening = OpenAssessment(
        act=act(telling), stream=stream, catalogue=uuid4(), kind="quality_of_life",
        themes=THEMES, lowest=0, highest=100,
    )  # fmt: skip
    telling.ledger.execute(Assessment, opening)
    return stream


def rate(telling: Telling, stream: UUID, value: int, comment: str = "", theme: str = "logement"):
    return RateTheme(
        act=act(telling), stream=stream, theme=theme, value=value, comment=comment or None
    )


def another(telling: Telling) -> Ledger:
    """Another process at the same store: it remembers nothing of this one's."""
    ledger = type(telling.ledger)(telling.factory)
    telling.opened.append(ledger)  # else it closes the store that it shares
    return ledger


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, telling: Telling) -> list[int]:
    """From which version on this ledger reads."""
    found: list[int] = []
    select = telling.ledger.recorder.select

    def noted(tenant: UUID, stream: UUID, after: int = 0, upto: int | None = None):
        found.append(after)
        return select(tenant, stream, after, upto)

    monkeypatch.setattr(telling.ledger.recorder, "select", noted)
    return found


def test_the_second_command_reads_only_what_came_since(telling: Telling, reads: list[int]) -> None:
    stream = begun(telling)
    telling.ledger.execute(Assessment, rate(telling, stream, 10))
    another(telling).execute(Assessment, rate(telling, stream, 20))
    reads.clear()

    done = telling.ledger.execute(Assessment, rate(telling, stream, 30))
    assert reads == [2]
    assert done.version == 4


def test_what_another_process_wrote_is_known_at_once(telling: Telling) -> None:
    stream = begun(telling)
    before = telling.ledger.load(Assessment, telling.tenant, stream)
    done = another(telling).execute(Assessment, rate(telling, stream, 20, "ailleurs"))

    now = telling.ledger.load(Assessment, telling.tenant, stream)
    assert (before.version, now) == (1, done.state)


def test_words_taken_back_elsewhere_are_remembered_nowhere(telling: Telling) -> None:
    stream = begun(telling)
    said = telling.ledger.execute(Assessment, rate(telling, stream, 20, "des mots à elle")).facts[0]
    assert "des mots à elle" in repr(telling.ledger.load(Assessment, telling.tenant, stream))
    taking = WithdrawWords(act=act(telling), stream=stream, entry=said.id)
    another(telling).execute(Assessment, taking)

    left = telling.ledger.load(Assessment, telling.tenant, stream)
    assert "des mots à elle" not in repr(left)
    assert left == another(telling).load(Assessment, telling.tenant, stream)


def test_words_taken_back_here_are_gone_from_the_answer_too(telling: Telling) -> None:
    stream = begun(telling)
    said = telling.ledger.execute(Assessment, rate(telling, stream, 20, "des mots à elle")).facts[0]
    taking = WithdrawWords(act=act(telling), stream=stream, entry=said.id)

    assert "des mots à elle" not in repr(telling.ledger.execute(Assessment, taking).state)


def test_a_command_repeated_where_it_is_remembered_is_recorded_once(telling: Telling) -> None:
    stream = begun(telling)
    command = rate(telling, stream, 20)
    first = telling.ledger.execute(Assessment, command)
    telling.ledger.execute(Assessment, rate(telling, stream, 30))

    again = telling.ledger.execute(Assessment, command)
    assert again.repeated
    assert again.facts == first.facts
    assert again.version == 3


def test_what_is_remembered_opens_nothing_to_another_organisation(telling: Telling) -> None:
    stream = begun(telling)
    telling.ledger.load(Assessment, telling.tenant, stream)

    with pytest.raises(NotFound):
        telling.ledger.load(Assessment, uuid4(), stream)
    with pytest.raises(NotFound):
        telling.ledger.load(Assessment, telling.tenant, stream, telling.him)


def test_it_is_remembered_for_a_minute_and_not_prolonged_by_use(
    telling: Telling, reads: list[int]
) -> None:
    clock = [0.0]
    telling.ledger._memory._held = Leases(most=MOST, clock=lambda: clock[0])
    stream = begun(telling)
    for clock[0] in (10.0, 30.0, 59.0):
        telling.ledger.load(Assessment, telling.tenant, stream)
    reads.clear()

    clock[0] = 61.0
    telling.ledger.load(Assessment, telling.tenant, stream)
    assert reads == [0]


WRITING = st.tuples(st.booleans(), st.sampled_from(THEMES), st.integers(0, 3), st.booleans())


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WRITING, max_size=12))
def test_whatever_two_processes_write_both_know_the_same(telling: Telling, written: list) -> None:
    stream, there = begun(telling), another(telling)
    entries: list[UUID] = []
    for here, theme, value, takes_back in written:
        ledger = telling.ledger if here else there
        if takes_back and entries:
            ledger.execute(
                Assessment, WithdrawWords(act=act(telling), stream=stream, entry=entries.pop())
            )
            continue
        done = ledger.execute(Assessment, rate(telling, stream, value, f"mot {value}", theme))
        entries += [fact.id for fact in done.facts]

    fresh = another(telling).load(Assessment, telling.tenant, stream)
    assert telling.ledger.load(Assessment, telling.tenant, stream) == fresh
    assert there.load(Assessment, telling.tenant, stream) == fresh


def test_a_command_on_what_is_remembered_asks_nothing(telling: Telling, reads: list[int]) -> None:
    stream = begun(telling)
    reads.clear()
    for value in (10, 20, 30):
        assert telling.ledger.execute(Assessment, rate(telling, stream, value)).facts
    assert reads == []


def test_what_would_record_nothing_is_asked_of_what_stands_now(telling: Telling) -> None:
    stream = begun(telling)
    telling.ledger.execute(Assessment, rate(telling, stream, 10))
    another(telling).execute(Assessment, rate(telling, stream, 20))
    # as remembered she said 10 already; as it stands, this is an answer changed back
    done = telling.ledger.execute(Assessment, rate(telling, stream, 10))
    assert done.version == 4
    assert done.state.answer("logement").stands.value == 10


def test_many_streams_are_read_in_one_question(telling: Telling, reads: list[int]) -> None:
    streams = [begun(telling) for _ in range(3)]
    writing = another(telling)
    writing.execute(Assessment, rate(telling, streams[1], 40))
    foreign, unknown = uuid4(), uuid4()
    ledger = another(telling)
    reads.clear()
    for _ in range(2):  # unknown to this process, then remembered
        found = ledger.load_many(Assessment, telling.tenant, [*streams, unknown], telling.her)
        assert [state.id for state in found] == streams
        assert [state.version for state in found] == [1, 2, 1]
    assert ledger.load_many(Assessment, telling.tenant, streams, foreign) == []
    assert ledger.load_many(Assessment, foreign, streams, telling.her) == []
    assert reads == []
