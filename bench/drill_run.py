"""One drill, act by act: all is well, somebody is erased, all is lost, all comes back."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bench.drill_checks import missing
from bench.drill_disk import Disk, promoted
from bench.drill_life import Ledger, Life, Load, Said, Teller, eventually
from bench.drill_product import Product, prepared
from cosigne.erasing.again import erase_again
from cosigne.erasing.listed import ErasureList
from cosigne.erasing.one_service import OneService
from cosigne.erasing.person import Erasing
from cosigne.plans import plans
from cosigne.positions.checked import Checked, check
from cosigne.positions.listed import PositionsList
from cosigne.positions.resuming import WentOn, go_on
from cosigne.running.caught_up import wait_until_caught_up
from shared.http.service import keys_of
from shared.settings import Settings

EACH = 1.0  # seconds between two writings of the list of positions


@dataclass
class Drill:
    """`here` burns down; `elsewhere` is all that whoever restores has."""

    here: Path
    elsewhere: Path
    product: Product
    data: Disk
    keys: Disk
    ledger: Ledger = field(default_factory=Ledger)
    doomed: list[Life] = field(default_factory=list)
    opened: ExitStack = field(default_factory=ExitStack)

    @property
    def listed(self) -> PositionsList:
        return PositionsList(self.elsewhere / "positions.jsonl")

    # ── while all is well ────────────────────────────────────────────────────────────────────

    def begin(self, erased: int) -> None:
        """Both servers, the product on them, people, and those who will be erased one day."""
        data, keys = self.data.start(), self.keys.start()
        self.opened.callback(self.data.end)
        self.opened.callback(self.keys.end)
        masters = self.here / "master-keys"
        self.settings = self.product.settings(data, keys, self.elsewhere, masters)
        prepared(self.settings, keys)
        self.product.work(self.settings)
        self.product.serve(self.settings)
        self.opened.callback(self.product.end)
        self.teller = Teller(self.product.door(), self.ledger)
        self.opened.callback(self.teller.door.close)
        self.teller.set_the_scene()
        self.doomed = [self.teller.begin(f"leaving-{number}") for number in range(erased)]
        self.load = Load(lambda: Teller(self.product.door(), self.ledger), self.ledger)
        self.load.start()
        self.opened.callback(self.load.stop)
        self._stop = threading.Event()
        self._lister = threading.Thread(target=self._list, daemon=True)
        self._lister.start()

    def _list(self) -> None:
        """As a timer of another machine would: `cosigne positions FILE`."""
        while not self._stop.wait(EACH):
            self.listed.write(self.settings)

    def back_up(self) -> None:
        """The words, the keys and the master keys, each on its own."""
        for disk in (self.data, self.keys):
            disk.back_up()
        shutil.copytree(self.here / "master-keys", self.elsewhere / "master-keys")

    def mark(self) -> datetime:
        """The moment that will be gone back to; something is acknowledged and listed before it."""
        with self.load.held():
            time.sleep(2 * EACH)  # listed up to here
            moment = datetime.now(UTC)
            time.sleep(0.2)
        return moment

    def erase(self) -> None:
        """Asked for and granted eight days ago; carried out now, after the backup was taken."""
        before = self.teller.certified()
        with self.load.held(), self.product.clock.back():
            for life in self.doomed:
                self.teller.ask_to_be_erased(life)
        whole = before + len(self.doomed)
        eventually(lambda: self.teller.certified() >= whole, "everyone asked is erased")

    def lose(self) -> None:
        """Under load, both machines at once, without a word."""
        self._stop.set()
        self._lister.join()
        self.data.lose()
        self.keys.lose()
        self.load.stop()
        self.product.end()
        shutil.rmtree(self.here)
        self.here.mkdir(mode=0o711)

    # ── afterwards ───────────────────────────────────────────────────────────────────────────

    @contextmanager
    def restored(
        self, name: str, *, until: datetime | None = None, streamed: bool = True
    ) -> Iterator[Settings]:
        """Both servers again, on other ports, with the master keys from their own backup."""
        with ExitStack() as running:
            servers = []
            for disk in (self.data, self.keys):
                home = self.here / name / disk.name
                made = disk.restored(home, until=until, streamed=streamed)
                running.callback(made.stop)
                servers.append(promoted(made))
            masters = self.here / name / "master-keys"
            shutil.copytree(self.elsewhere / "master-keys", masters)
            yield self.product.settings(*servers, self.elsewhere, masters)

    def lost(self, name: str, *, streamed: bool) -> tuple[list[Said], list[Checked]]:
        """Restored to the last change that was kept: what was acknowledged and is not there."""
        with self.restored(name, streamed=streamed) as settings:
            return missing(settings, self.ledger.said), check(settings, self.listed)

    def go_on(self, settings: Settings) -> list[WentOn]:
        """As `cosigne positions FILE --new-era` does: what came after the moment is given up."""
        return go_on(settings, self.listed, give_up=True)

    def erase_again(self, settings: Settings) -> int:
        """As `cosigne erase --reapply` does, while `cosigne work` runs."""
        with keys_of(settings) as keys, ExitStack() as opened:
            services = [OneService(settings, plan, keys) for plan in plans().values()]
            for service in services:
                opened.callback(service.close)
            work = Erasing(settings, keys, services, grace=self.product.grace)
            listed = ErasureList(settings.list_of_erasures).all()
            return erase_again(work, listed, lambda *_: None)

    def serve(self, settings: Settings) -> None:
        """Somebody new comes, and says something."""
        self.product.serve(settings)
        wait_until_caught_up(settings, lambda _: None)
        with closing(self.product.door()) as door:
            teller = Teller(door, self.ledger)
            teller.rate(teller.begin("after-all"), 50)
        wait_until_caught_up(settings, lambda _: None)


@contextmanager
def drilled(folder: Path, product: Product, **options: str) -> Iterator[Drill]:
    here, elsewhere = folder / "here", folder / "elsewhere"
    for one in (here, elsewhere):
        one.mkdir(mode=0o711)
    data, keys = (Disk(name, here, elsewhere, options=options) for name in ("data", "keys"))
    drill = Drill(here, elsewhere, product, data, keys)
    with drill.opened:
        drill.opened.callback(data.postgres.stop)
        drill.opened.callback(keys.postgres.stop)
        yield drill
