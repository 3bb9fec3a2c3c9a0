"""Two processes keep the same view, each told by another log: neither writes over the other."""

import threading
from dataclasses import dataclass, field
from typing import ClassVar

from shared.store.projector import Projector
from shared.store.source import SealedLog
from shared.store.tables import create_tables
from shared.store.told import Teller
from tests.support.phrases import Phrases, PhraseSaid
from tests.support.telling import Telling, all_of

LOGS = ("assessment", "plans")


@dataclass
class Slow(Phrases):
    """Of two logs; a fold that begins waits until it may end."""

    sources: ClassVar = frozenset(LOGS)
    begun: threading.Event = field(default_factory=threading.Event)
    may_end: threading.Event = field(default_factory=threading.Event)

    def fold(self, key, row, told):
        self.begun.set()
        assert self.may_end.wait(30)
        return super().fold(key, row, told)

    __hash__ = object.__hash__


def followers(telling: Telling, *views: Phrases) -> list[Projector]:
    """The same sealed log under two names, each followed by a process of its own."""
    made = []
    with telling.store.connect("owner") as owner:
        create_tables(owner, "assessment", views[0])
    for name, view in zip(LOGS, views, strict=True):
        source = SealedLog(name, telling.store.conninfo("relay"))
        reader = telling.store.conninfo("reader")
        follower = Projector(reader, {name: source}, (view,), Teller(telling.keys))
        telling.opened += [source, follower]
        made.append(follower)
    return made


def test_two_logs_that_tell_of_one_row_at_once_are_both_in_it(telling: Telling) -> None:
    first, second = Slow(), Slow()
    second.may_end.set()
    one, two = followers(telling, first, second)
    telling.tell(PhraseSaid, telling.her, phrase="bonjour")
    telling.seal()
    threads = [threading.Thread(target=all_of, args=(follower,)) for follower in (one, two)]
    threads[0].start()
    assert first.begun.wait(30)
    threads[1].start()
    # the second one waits for the lane; without that it would read the row before it is written
    assert not second.begun.wait(1)
    first.may_end.set()
    for thread in threads:
        thread.join(30)
    assert second.begun.is_set()
    assert [(row[2], row[3]) for row in telling.rows("phrases")] == [("bonjour", 2)]
