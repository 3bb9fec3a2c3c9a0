"""One organisation's master key is lost: its own sequences wait for it, and nobody else's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.ledger import Ledger
from shared.store import projector as running
from shared.store.factory import SealedFactory
from shared.store.key_files import KeyFiles, KeyTrouble
from shared.store.key_table import KeyTable
from shared.store.projector import Projector
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


def said(telling: Telling) -> dict[str, int]:
    return {row[2]: row[3] for row in telling.rows("phrases")}


def test_its_sequences_wait_for_it_and_nobody_elses(two, keys_pool, folder, monkeypatch):
    ours, theirs = two
    ours.tell(PhraseSaid, ours.her, phrase="avant")
    ours.seal()
    all_of(anew(ours, keys_pool, folder))
    key = folder / f"{ours.tenant}.key"
    kept = key.read_text()
    ours.tell(PhraseSaid, ours.her, phrase="après")
    ours.tell(PhraseSaid, ours.him, phrase="aussi")
    key.unlink()
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
    key.write_text(kept)
    key.chmod(0o600)
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
    key = folder / f"{ours.tenant}.key"
    kept = key.read_text()
    # said by a process that still remembers the key
    ours.tell(PhraseTakenBack, ours.her, entry=first.id)
    key.unlink()
    theirs.tell(PhraseSaid, theirs.him, phrase="merci")
    ours.seal()
    projector = anew(ours, keys_pool, folder)
    all_of(projector)
    assert "à ne pas garder" not in said(ours)
    key.write_text(kept)
    key.chmod(0o600)
    assert projector.replay_parked() >= 1
    assert said(ours) == {"gardé": 1}
