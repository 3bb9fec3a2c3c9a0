"""Whoever keeps views does not know whether events come from the log or by Kafka."""

from uuid import uuid4

import pytest

from tests.shared.kafka.conftest import Followed, step
from tests.support.phrases import Phrases, PhraseSaid, PhraseTakenBack

pytestmark = pytest.mark.xdist_group("kafka")


def test_what_was_sealed_is_in_the_view_once(followed: Followed) -> None:
    projector, telling = followed.projector(Phrases()), followed.telling
    for phrase in ("bonjour", "merci", "bonjour"):
        telling.tell(PhraseSaid, telling.her, phrase=phrase)
    followed.sealed()
    followed.caught_up(projector)
    assert followed.said() == [("bonjour", 2), ("merci", 1)]


def test_what_is_not_sealed_is_not_in_the_view(followed: Followed) -> None:
    projector, telling = followed.projector(Phrases()), followed.telling
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    followed.sealed()
    telling.tell(PhraseSaid, telling.her, phrase="plus tard")
    followed.relayed()
    followed.caught_up(projector)
    for _ in range(20):
        step(projector)
    assert followed.said() == [("bonjour", 1)]


def test_events_of_one_person_come_in_their_order(followed: Followed) -> None:
    projector, telling = followed.projector(Phrases()), followed.telling
    for number in range(40):
        for person in (telling.her, telling.him):
            telling.tell(PhraseSaid, person, phrase=f"{number:02}")
    followed.sealed()
    followed.caught_up(projector)
    for person in (telling.her, telling.him):
        rows = [r for r in telling.rows("phrases") if r[1] == person]
        by_phrase = [r[4] for r in sorted(rows, key=lambda r: r[2])]
        assert by_phrase == sorted(by_phrase)
        assert len(by_phrase) == 40


def test_one_that_begins_again_repeats_nothing(followed: Followed) -> None:
    telling, one = followed.telling, followed.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    followed.sealed()
    followed.caught_up(one)
    one.close()
    two = followed.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    followed.sealed()
    followed.caught_up(two)
    assert followed.said() == [("bonjour", 2)]


def test_two_at_once_write_nothing_twice(followed: Followed) -> None:
    telling = followed.telling
    one, two = followed.projector(Phrases()), followed.projector(Phrases())
    people = [uuid4() for _ in range(30)]
    for _ in range(3):
        for person in people:
            telling.tell(PhraseSaid, person, phrase="bonjour")
        followed.sealed()
        followed.caught_up(one, two)
    assert sorted(r[3] for r in telling.rows("phrases")) == [3] * 30


def test_poison_parks_one_persons_sequence_and_nobody_elses(followed: Followed) -> None:
    projector, telling = followed.projector(Phrases()), followed.telling
    telling.tell(PhraseSaid, telling.her, phrase="avant")
    telling.tell(PhraseSaid, telling.her, phrase="poison")
    telling.tell(PhraseSaid, telling.him, phrase="bonjour")
    telling.tell(PhraseSaid, telling.her, phrase="après")
    followed.sealed()
    followed.caught_up(projector)
    assert {p for p, _ in followed.said()} == {"avant", "bonjour"}
    parked = telling.store.ask("reader", "SELECT (subject_id, gpos)::text FROM parked")
    assert parked == f"({telling.her},2)"


def test_a_parked_sequence_is_replayed_whole_once_the_fault_is_mended(followed: Followed) -> None:
    view, telling = Phrases(), followed.telling
    projector = followed.projector(view)
    for phrase in ("avant", "poison", "après"):
        telling.tell(PhraseSaid, telling.her, phrase=phrase)
    followed.sealed()
    followed.caught_up(projector)
    view.poison = "mended"  # type: ignore[misc]
    assert projector.replay_parked() == 1
    assert {p for p, _ in followed.said()} == {"avant", "poison", "après"}


def test_words_taken_back_leave_the_view(followed: Followed) -> None:
    projector, telling = followed.projector(Phrases()), followed.telling
    first = telling.tell(PhraseSaid, telling.her, phrase="à ne pas garder")
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    followed.sealed()
    followed.caught_up(projector)
    telling.tell(PhraseTakenBack, telling.her, entry=first.id)
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    followed.sealed()
    followed.caught_up(projector)
    assert followed.said() == [("bonjour", 2)]


def test_one_that_was_away_for_a_week_catches_up(followed: Followed) -> None:
    projector, telling = followed.projector(Phrases()), followed.telling
    telling.tell(PhraseSaid, telling.her, phrase="avant")
    followed.sealed()
    followed.caught_up(projector)
    projector.close()
    for number in range(500):
        telling.tell(PhraseSaid, telling.him if number % 2 else telling.her, phrase="entretemps")
    followed.sealed()
    followed.caught_up(followed.projector(Phrases()))
    assert sorted(followed.said()) == [("avant", 1), ("entretemps", 250), ("entretemps", 250)]


def test_how_fresh_a_view_is_goes_on_while_nothing_happens(followed: Followed) -> None:
    class Fresh(Phrases):
        tells_freshness = True

    projector, telling = followed.projector(Fresh()), followed.telling
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    followed.sealed()
    followed.caught_up(projector)
    asked = "SELECT sealed_at FROM caught_up WHERE consumer = 'phrases_v1'"
    for _ in range(20):
        step(projector)
    before = telling.store.ask("reader", asked)
    telling.store.ask("sealer", "SELECT pg_sleep(1.1)")
    telling.seal()  # looks, finds nothing, and says when
    for _ in range(100):
        step(projector)
    assert telling.store.ask("reader", asked) > before
