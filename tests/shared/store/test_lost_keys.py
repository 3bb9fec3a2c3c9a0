"""One organisation's master key is lost: its own sequences wait for it, and nobody else's."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.kernel import Refused
from shared.ledger import Ledger
from shared.store import projector as running
from shared.store.factory import SealedFactory
from shared.store.key_files import KeyFiles, KeyTrouble
from shared.store.key_table import KeyTable
from shared.store.parking import reason_of
from shared.store.projector import Projector
from tests.shared.store.test_rebuilding import quiet, rebuild
from tests.support.phrases import Phrases, PhraseSaid, PhraseTakenBack
from tests.support.telling import Telling, all_of

PARKED = "SELECT count(*) FROM parked WHERE reason = 'LostKey' AND consumer = 'phrases_v1'"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "masters"


@pytest.fixture
def two(new_store, keys_pool, folder) -> Iterator[tuple[Telling, Telling]]:
    """Two organisations of one installation, in a store and a folder of keys of their own."""
    store = new_store("assessment")
    keys = KeyTable(keys_pool, KeyFiles(folder))
    factory = SealedFactory.of(store.settings, "assessment", keys)
    factory.open()
    made = [Telling(store, keys, factory, Ledger(factory)) for _ in range(2)]
    yield made[0], made[1]
    for one in made:
        for thing in one.opened:
            thing.close()
    factory.close()


def anew(telling: Telling, keys_pool, folder: Path) -> Projector:
    """As another process begins: with no key remembered."""
    telling.keys = KeyTable(keys_pool, KeyFiles(folder))
    return telling.projector(Phrases())


def lose(telling: Telling, folder: Path) -> Callable[[], None]:
    """Takes its organisation's key away; what is returned puts it back."""
    key = folder / f"{telling.tenant}.key"
    kept = key.read_text()
    key.unlink()

    def put_back() -> None:
        key.write_text(kept)
        key.chmod(0o600)

    return put_back


def said(telling: Telling) -> dict[str, int]:
    return {row[2]: row[3] for row in telling.rows("phrases")}


def test_its_sequences_wait_for_it_and_nobody_elses(two, keys_pool, folder, monkeypatch):
    ours, theirs = two
    ours.tell(PhraseSaid, ours.her, phrase="avant")
    ours.seal()
    all_of(anew(ours, keys_pool, folder))
    ours.tell(PhraseSaid, ours.her, phrase="après")
    ours.tell(PhraseSaid, ours.him, phrase="aussi")
    put_back = lose(ours, folder)
    theirs.tell(PhraseSaid, theirs.her, phrase="bonjour")
    ours.seal()
    projector = anew(ours, keys_pool, folder)
    all_of(projector)
    assert said(theirs) == {"bonjour": 1}
    assert said(ours) == {"avant": 1}
    assert ours.store.ask("reader", PARKED) == 2

    # as long as it is away nothing is lost by looking for it
    monkeypatch.setattr(running, "LOOK_FOR_KEYS_SECONDS", 0.0)
    all_of(projector)
    assert (said(ours), ours.store.ask("reader", PARKED)) == ({"avant": 1}, 2)
    put_back()
    all_of(projector)
    assert ours.store.ask("reader", PARKED) == 0
    assert said(ours) == {"avant": 1, "après": 1, "aussi": 1}


def test_what_was_set_aside_for_another_reason_is_not_tried_again(
    two, keys_pool, folder, monkeypatch
):
    ours, _ = two
    ours.tell(PhraseSaid, ours.her, phrase="poison")
    ours.seal()
    view, tried = Phrases(), []
    projector = anew(ours, keys_pool, folder)
    all_of(projector)
    monkeypatch.setattr(running, "LOOK_FOR_KEYS_SECONDS", 0.0)
    monkeypatch.setattr(type(view), "fold", lambda *_: tried.append(1))
    all_of(projector)
    assert not tried


def test_who_fails_for_another_reason_once_the_key_is_back_keeps_nobody_waiting(
    two, keys_pool, folder, monkeypatch
):
    ours, theirs = two
    theirs.tell(PhraseSaid, theirs.her, phrase="bonjour")
    ours.tell(PhraseSaid, ours.her, phrase="poison")
    ours.tell(PhraseSaid, ours.him, phrase="merci")
    ours.seal()
    put_back = lose(ours, folder)
    projector = anew(ours, keys_pool, folder)
    all_of(projector)
    assert ours.store.ask("reader", PARKED) == 2
    put_back()
    monkeypatch.setattr(running, "LOOK_FOR_KEYS_SECONDS", 0.0)
    all_of(projector)
    assert said(ours) == {"merci": 1}
    assert ours.store.ask("reader", "SELECT reason FROM parked") == "ValueError"


def test_looking_for_a_lost_key_holds_up_nothing_while_the_whole_folder_is_away(
    two, keys_pool, folder, monkeypatch
):
    ours, theirs = two
    theirs.tell(PhraseSaid, theirs.her, phrase="bonjour")
    ours.tell(PhraseSaid, ours.her, phrase="merci")
    ours.seal()
    put_back = lose(ours, folder)
    all_of(anew(ours, keys_pool, folder))
    away = folder.rename(folder.with_name("unmounted"))
    monkeypatch.setattr(running, "LOOK_FOR_KEYS_SECONDS", 0.0)
    projector = anew(ours, keys_pool, folder)  # nothing was ever opened here
    assert projector.step() == 0
    assert ours.store.ask("reader", PARKED) == 1
    for file in away.iterdir():
        file.rename(folder / file.name)
    put_back()
    all_of(projector)
    assert (said(ours), said(theirs)) == ({"merci": 1}, {"bonjour": 1})


def test_a_little_at_a_time_so_that_nobody_waits_for_what_one_organisation_missed(
    two, keys_pool, folder, monkeypatch
):
    ours, theirs = two
    theirs.tell(PhraseSaid, theirs.her, phrase="bonjour")
    for who in (ours.her, ours.him):
        ours.tell(PhraseSaid, who, phrase="merci")
    ours.seal()
    put_back = lose(ours, folder)
    projector = anew(ours, keys_pool, folder)
    all_of(projector)
    put_back()
    monkeypatch.setattr(running, "LOOK_FOR_KEYS_SECONDS", 0.0)
    monkeypatch.setattr(running, "REPLAY_SECONDS", -1.0)
    projector.step()
    assert ours.store.ask("reader", PARKED) == 2
    monkeypatch.setattr(running, "REPLAY_SECONDS", 0.5)
    monkeypatch.setattr(running, "LOOK_FOR_KEYS_SECONDS", 600.0)
    projector.step()  # it was not through, so it goes on at once
    assert ours.store.ask("reader", PARKED) == 0


def test_of_two_processes_one_takes_her_up_and_nothing_of_hers_is_lost(
    two, keys_pool, folder, monkeypatch
):
    """The one that folds a page and the one that takes up hold what is parked: each waits for the other."""
    ours, _ = two
    ours.tell(PhraseSaid, ours.her, phrase="poison")
    ours.seal()
    one = anew(ours, keys_pool, folder)
    all_of(one)
    other = anew(ours, keys_pool, folder)
    ours.tell(PhraseSaid, ours.her, phrase="après")
    ours.seal()
    with ours.store.connect("reader") as holding, ThreadPoolExecutor(1) as elsewhere:
        holding.execute("BEGIN")
        with holding.cursor() as cursor:
            assert reason_of(cursor, "phrases_v1", (ours.tenant, ours.her)) == "ValueError"
            monkeypatch.setattr(Phrases, "poison", "mended")
            taking_up = elsewhere.submit(other.replay_parked)
            time.sleep(0.3)
            assert not taking_up.done(), "it took her up under the hands of who folds"
        holding.execute("ROLLBACK")
        assert taking_up.result() == 1
    all_of(one)
    all_of(other)
    assert said(ours) == {"poison": 1, "après": 1}
    assert one.replay_parked() == 0


def test_while_the_whole_folder_is_away_everybody_waits_and_nothing_is_set_aside(
    two, keys_pool, folder
):
    ours, theirs = two
    for one in two:
        one.tell(PhraseSaid, one.her, phrase="bonjour")
    ours.seal()
    away = folder.rename(folder.with_name("unmounted"))
    projector = anew(ours, keys_pool, folder)
    with pytest.raises(KeyTrouble):
        projector.step()
    assert ours.store.ask("reader", "SELECT count(*) FROM parked") == 0
    for file in away.iterdir():
        file.rename(folder / file.name)
    projector.close()
    all_of(projector)
    assert said(ours) == said(theirs) == {"bonjour": 1}


def test_words_taken_back_meanwhile_are_gone_and_do_not_come_back(two, keys_pool, folder):
    ours, theirs = two
    theirs.tell(PhraseSaid, theirs.her, phrase="bonjour")
    first = ours.tell(PhraseSaid, ours.her, phrase="à ne pas garder")
    ours.tell(PhraseSaid, ours.her, phrase="gardé")
    ours.seal()
    all_of(anew(ours, keys_pool, folder))
    ours.tell(PhraseTakenBack, ours.her, entry=first.id)
    put_back = lose(ours, folder)
    theirs.tell(PhraseSaid, theirs.him, phrase="merci")
    ours.seal()
    projector = anew(ours, keys_pool, folder)
    all_of(projector)
    assert "à ne pas garder" not in said(ours)
    put_back()
    assert projector.replay_parked() >= 1
    assert said(ours) == {"gardé": 1}


def test_words_taken_back_by_someone_whose_events_wait_are_gone_at_once(two, keys_pool, folder):
    ours, _ = two
    first = ours.tell(PhraseSaid, ours.her, phrase="à ne pas garder")
    ours.tell(PhraseSaid, ours.her, phrase="poison")
    ours.seal()
    projector = anew(ours, keys_pool, folder)
    all_of(projector)
    assert said(ours) == {"à ne pas garder": 1}
    ours.tell(PhraseTakenBack, ours.her, entry=first.id)
    ours.seal()
    all_of(projector)
    assert said(ours) == {}


def test_a_version_that_is_built_meanwhile_waits_for_the_key_and_goes_on(two, keys_pool, folder):
    ours, theirs = two
    theirs.tell(PhraseSaid, theirs.her, phrase="bonjour")
    ours.tell(PhraseSaid, ours.her, phrase="merci")
    ours.seal()
    all_of(anew(ours, keys_pool, folder))
    put_back = lose(ours, folder)
    ours.keys = KeyTable(keys_pool, KeyFiles(folder))
    with pytest.raises(Refused, match=r"rebuild\.key_lost"):
        rebuild(ours).run(quiet)
    assert said(ours) == {"merci": 1}
    put_back()
    assert rebuild(ours).run(quiet).different == 0
    assert said(ours) == {"merci": 1}
