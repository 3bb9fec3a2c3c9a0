"""Views are folded set-wise from the sealed log; the position moves with the rows."""

from datetime import UTC, datetime

import pytest

from shared.store.cursors import OvertakenError
from shared.store.history import as_of
from shared.store.told import Teller
from tests.support.phrases import Phrases, PhraseSaid, PhraseTakenBack
from tests.support.telling import Telling, all_of


def said(telling: Telling) -> list[tuple[str, int]]:
    return [(r[2], r[3]) for r in telling.rows("phrases")]


def test_what_was_sealed_is_in_the_view(telling: Telling) -> None:
    projector = telling.projector(Phrases())
    for phrase in ("bonjour", "merci", "bonjour"):
        telling.tell(PhraseSaid, telling.her, phrase=phrase)
    telling.seal()
    assert all_of(projector) == 6  # three events, two views
    assert said(telling) == [("bonjour", 2), ("merci", 1)]
    assert telling.rows("phrases")[0][5] == ["said", "bonjour"]


def test_what_is_not_sealed_is_not_in_the_view(telling: Telling) -> None:
    projector = telling.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    assert all_of(projector) == 0
    assert said(telling) == []


def test_another_projector_repeats_nothing(telling: Telling) -> None:
    one, two = telling.projector(Phrases()), telling.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    assert all_of(one) == 2
    assert all_of(two) == 0
    assert said(telling) == [("bonjour", 1)]


def test_a_projector_that_was_overtaken_writes_nothing_twice(telling: Telling) -> None:
    one, two = telling.projector(Phrases()), telling.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    assert (all_of(one), all_of(two)) == (2, 0)
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    all_of(one)
    with pytest.raises(OvertakenError):  # two remembers where the lane stood before
        two.step()
    two.close()
    assert all_of(two) == 0
    assert said(telling) == [("bonjour", 2)]


def test_a_view_shows_nothing_to_another_organisation(telling: Telling) -> None:
    projector = telling.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    all_of(projector)
    with telling.store.connect("app") as connection:
        assert connection.execute("SELECT count(*) FROM phrases").fetchone() == (0,)


def test_poison_parks_one_persons_sequence_and_nobody_elses(telling: Telling) -> None:
    view = Phrases()
    projector = telling.projector(view)
    telling.tell(PhraseSaid, telling.her, phrase="avant")
    telling.tell(PhraseSaid, telling.her, phrase="poison")
    telling.tell(PhraseSaid, telling.him, phrase="bonjour")
    telling.tell(PhraseSaid, telling.her, phrase="après")
    telling.seal()
    all_of(projector)
    assert {p for p, _ in said(telling)} == {"avant", "bonjour"}
    parked = telling.store.ask("reader", "SELECT (subject_id, gpos)::text FROM parked")
    assert parked == f"({telling.her},2)"


def test_a_parked_sequence_is_replayed_whole_once_the_fault_is_mended(telling: Telling) -> None:
    view = Phrases()
    projector = telling.projector(view)
    for phrase in ("avant", "poison", "après"):
        telling.tell(PhraseSaid, telling.her, phrase=phrase)
    telling.seal()
    all_of(projector)
    assert projector.replay_parked() == 0  # the fault is still there: it stays parked
    view.poison = "mended"  # type: ignore[misc]
    assert projector.replay_parked() == 1
    assert {p for p, _ in said(telling)} == {"avant", "poison", "après"}
    assert telling.store.ask("reader", "SELECT count(*) FROM parked") == 0


def test_a_value_the_table_refuses_parks_its_person_only(telling: Telling) -> None:
    class Narrow(Phrases):
        def fold(self, key, row, told):
            folded = super().fold(key, row, told)
            too_large = folded and key[2] == "énorme"
            return type(folded)(*key, 2**70, 0) if too_large else folded

    projector = telling.projector(Narrow())
    telling.tell(PhraseSaid, telling.him, phrase="énorme")
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    all_of(projector)
    assert said(telling) == [("bonjour", 1)]
    assert telling.store.ask("reader", "SELECT subject_id FROM parked") == telling.him


def test_words_taken_back_leave_the_view(telling: Telling) -> None:
    projector = telling.projector(Phrases())
    first = telling.tell(PhraseSaid, telling.her, phrase="à ne pas garder")
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    all_of(projector)
    telling.tell(PhraseTakenBack, telling.her, entry=first.id)
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    all_of(projector)
    assert said(telling) == [("bonjour", 2)]


def test_a_view_can_be_asked_as_of_a_position_or_an_instant(telling: Telling) -> None:
    projector = telling.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    between = datetime.now(UTC)
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.tell(PhraseSaid, telling.him, phrase="bonsoir")
    telling.seal()
    all_of(projector)
    asked = (Phrases(), {"assessment": telling.source()}, Teller(telling.keys))
    her = (telling.tenant, telling.her)
    (row,) = as_of(*asked, her, position=1).values()
    assert (row.phrase, row.times) == ("bonjour", 1)
    (row,) = as_of(*asked, her, recorded=between).values()
    assert row.times == 1
    (row,) = as_of(*asked, her).values()
    assert row.times == 2


def test_an_event_that_is_not_what_was_written_parks_its_person_only(telling: Telling) -> None:
    projector = telling.projector(Phrases())
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    forged = telling.tell(PhraseSaid, telling.him, phrase="vrai")
    with telling.store.connect("admin") as owner:  # whoever owns the server may do anything
        owner.execute("ALTER TABLE events DISABLE TRIGGER USER")
        owner.execute("UPDATE events SET body = '\\x00' WHERE stream_id = %s", (telling.him,))
    telling.tell(PhraseSaid, telling.her, phrase="merci")
    telling.seal()
    all_of(projector)
    assert {p for p, _ in said(telling)} == {"bonjour", "merci"}
    parked = "SELECT reason FROM parked WHERE consumer = 'phrases_v1' AND subject_id = %s"
    assert telling.store.ask("reader", parked, forged.act.subject) == "Tampered"


def test_two_faults_of_two_kinds_in_one_page_park_both(telling: Telling) -> None:
    class Narrow(Phrases):
        def fold(self, key, row, told):
            folded = super().fold(key, row, told)
            too_large = folded and key[2] == "énorme"
            return type(folded)(*key, 2**70, 0) if too_large else folded

    projector = telling.projector(Narrow())
    telling.tell(PhraseSaid, telling.her, phrase="poison")
    telling.tell(PhraseSaid, telling.him, phrase="énorme")
    telling.seal()
    all_of(projector)
    parked = telling.store.ask("reader", "SELECT array_agg(subject_id) FROM parked")
    assert set(parked) == {telling.her, telling.him}
