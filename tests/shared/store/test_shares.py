"""A rebuild divided among processes: the same rows, whoever stops on the way."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from shared.kernel import Refused
from shared.postgres.pool import closed_pool
from shared.store.consumers import Consumer
from shared.store.key_files import KeyFiles
from shared.store.key_table import KeyTable
from shared.store.rebuild import Rebuild, Rebuilt
from shared.store.shares import Share, Shares
from shared.store.source import Wanted
from shared.store.told import Teller
from tests.support.keys import as_role
from tests.support.phrases import Phrases, PhraseSaid, PhraseTakenBack
from tests.support.telling import Telling, all_of

Keys = partial[Any]


@contextmanager
def keys_elsewhere(conninfo: str, folder: Path) -> Iterator[KeyTable]:
    """What another process opens; this module knows the facts."""
    with closed_pool(conninfo) as pool:
        yield KeyTable(pool, KeyFiles(folder))


def keys_lost() -> Any:
    raise ConnectionError("no key store here")


@pytest.fixture
def elsewhere(server, keys_database, key_files) -> Keys:
    return partial(keys_elsewhere, as_role(server, keys_database, "keys_app"), key_files._folder)


@pytest.fixture
def told(telling: Telling) -> Telling:
    """Forty people; one whose words no view can fold, one who took hers back."""
    projector = telling.projector(Phrases())
    people = [telling.her, telling.him, *(uuid4() for _ in range(38))]
    for person in people:
        for phrase in ("bonjour", "merci", "bonjour"):
            telling.tell(PhraseSaid, person, phrase=phrase)
    telling.tell(PhraseSaid, people[7], phrase="poison")
    gone = telling.tell(PhraseSaid, people[8], phrase="à ne pas garder")
    telling.tell(PhraseTakenBack, people[8], entry=gone.id)
    telling.seal()
    all_of(projector)
    return telling


def rebuild(telling: Telling, shares: Shares) -> Rebuild:
    return Rebuild(
        "assessment",
        Phrases(),
        telling.store.conninfo("owner"),
        telling.store.conninfo("reader"),
        {"assessment": telling.source()},
        Teller(telling.keys),
        shares,
    )


def quiet(*_: object) -> None:
    """Progress that nobody watches."""


def test_two_processes_build_the_same_rows_and_park_the_same_person(
    told: Telling, elsewhere: Keys
) -> None:
    before = told.rows("phrases")
    done = rebuild(told, Shares(2, elsewhere)).run(quiet)
    assert done == Rebuilt("phrases", 2, rows=80, events=123, different=0)
    assert told.rows("phrases") == before
    parked = "SELECT count(*) FROM parked WHERE consumer = 'phrases_v2'"
    assert told.store.ask("reader", parked) == 1


def test_one_who_was_killed_is_gone_on_with_by_more(told: Telling, elsewhere: Keys) -> None:
    unfinished = rebuild(told, Shares(2, elsewhere))
    with told.store.connect("owner") as owner:
        unfinished._begin(owner)
    reader, sources = told.store.conninfo("reader"), {"assessment": told.source()}
    share = Share(
        Consumer(Phrases(), 2), reader, sources, elsewhere, "assessment", Wanted(None, 1, 2)
    )
    share.build()
    half = "SELECT count(*) FROM lane_cursor WHERE consumer = 'phrases_v2' AND gpos > 0"
    assert told.store.ask("reader", half) >= 32
    done = rebuild(told, Shares(3, elsewhere)).run(quiet)
    assert (done.rows, done.different) == (80, 0)


def test_where_a_process_is_lost_nothing_is_swapped_and_one_can_go_on(
    told: Telling, elsewhere: Keys
) -> None:
    with pytest.raises(Refused, match=r"rebuild\.share_lost"):
        rebuild(told, Shares(2, partial(keys_lost))).run(quiet)
    assert told.store.ask("reader", "SELECT active FROM view_version WHERE name = 'phrases'") == 1
    assert rebuild(told, Shares(2, elsewhere)).run(quiet).different == 0
