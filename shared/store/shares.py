"""A rebuild divided among processes: each folds the lanes of its own share, at its own pace.

A person's events stand in one lane, a row is folded from one person's events only, and a share has its
lanes in every log it reads, so no two processes meet in a row. Each lane has its cursor: killed, a
rebuild goes on where each lane was, with as many processes as one likes.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, replace
from multiprocessing.context import SpawnProcess

from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.store.consumers import Consumer
from shared.store.cursors import Cursors, level, read
from shared.store.garbage import collect_rarely
from shared.store.keys import Keys
from shared.store.projector import Projector
from shared.store.source import EVERY, LANES, Source, Wanted
from shared.store.told import Teller

LOOK_SECONDS, TELL_SECONDS = 0.05, 1.0
Progress = Callable[[str, int, int], None]
OpenKeys = Callable[[], AbstractContextManager[Keys]]


@dataclass(frozen=True)
class Share:
    """What one process is told. `open_keys` is called there, and knows every fact there is."""

    consumer: Consumer
    reader: str
    sources: Mapping[str, Source]
    open_keys: OpenKeys
    source: str = ""
    wanted: Wanted = EVERY

    def build(self) -> None:
        """Until this share of the source is caught up, or nobody is left who asked for it."""
        collect_rarely()
        asked = multiprocessing.parent_process()
        views = [self.consumer.view]
        with self.open_keys() as keys:
            projector = Projector(self.reader, self.sources, views, Teller(keys))
            with closing(projector):
                while projector.advance(self.sources[self.source], [self.consumer], self.wanted):
                    if asked is not None and not asked.is_alive():
                        return


@dataclass(frozen=True)
class Shares:
    """So many processes, and how each of them opens the keys."""

    processes: int
    open_keys: OpenKeys

    def catch_up(
        self, consumer: Consumer, reader: str, sources: Mapping[str, Source], progress: Progress
    ) -> int:
        """One source after the other; how many positions that were."""
        whole = Share(consumer, reader, sources, self.open_keys)
        return sum(self._source(replace(whole, source=name), progress) for name in sources)

    def _source(self, whole: Share, progress: Progress) -> int:
        source = whole.sources[whole.source]
        head = source.head()
        begun = self._stands(whole, head.era).least(range(LANES))
        told = time.monotonic()
        with self._started(whole) as processes:
            while any(p.is_alive() for p in processes):
                time.sleep(LOOK_SECONDS)
                if time.monotonic() - told > TELL_SECONDS:
                    told = time.monotonic()
                    reached = self._stands(whole, head.era).least(range(LANES))
                    progress(whole.source, reached, head.head)
            if any(p.exitcode for p in processes):
                raise Refused("rebuild.share_lost", view=whole.consumer.view.name)
        return self._meet(whole, head.era) - begun

    @contextmanager
    def _started(self, whole: Share) -> Iterator[list[SpawnProcess]]:
        """Processes that end with this block, however it ends."""
        spawn = multiprocessing.get_context("spawn")
        wanted = [Wanted(share=n, shares=self.processes) for n in range(self.processes)]
        processes = [
            spawn.Process(target=replace(whole, wanted=one).build, daemon=True) for one in wanted
        ]
        try:
            for process in processes:
                process.start()
            yield processes
        finally:
            for process in processes:
                if process.is_alive():
                    process.terminate()
                process.join()

    @staticmethod
    def _stands(whole: Share, era: int) -> Cursors:
        with connect(whole.reader) as connection, connection.cursor() as cursor:
            return read(cursor, whole.consumer.name, whole.source, era)

    @staticmethod
    def _meet(whole: Share, era: int) -> int:
        """Raise the floor to where all lanes are: from there on one process follows them all."""
        with connect(whole.reader) as here, here.transaction(), here.cursor() as cursor:
            stands = read(cursor, whole.consumer.name, whole.source, era)
            return level(cursor, stands).floor
