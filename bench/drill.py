"""Does what was backed up come back, and stay gone what had to go?

`python -m bench.drill [SECONDS] [LEASE]` tells lives under load over two real servers, one for words and
one for keys, each backed up on another disk; erases people; loses both servers; restores them to a
moment, on other ports; and compares what came back with what was written down outside. LEASE is how
long a process remembers a key: the product's own, or shorter for who has no time. A small drill runs
in `make test`.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from bench.drill_checks import compared, missing, readable, unopened
from bench.drill_product import Product
from bench.drill_run import Drill, drilled
from bench.report import last_line
from cosigne.erasing.person import GRACE
from cosigne.positions.checked import check
from shared.store.key_leases import LEASE

SECONDS, ERASED = 30.0, 3


@dataclass(frozen=True)
class Found:
    """What the drill showed; the first four are what it must show."""

    positions_verified: int
    views_different: int
    erased_readable: int
    rpo_events: int
    positions_wrong: int
    views: int
    rows_compared: int
    parked: int
    acknowledged: int
    acknowledged_before_the_moment: int
    given_up_after_the_moment: int
    lost_with_the_archive_alone: int
    lost_with_the_archive_and_the_stream: int
    erased_again: int
    erased_readable_before: int
    eras_begun: int
    unopened_before: int
    rto_restored_seconds: float
    rto_checked_seconds: float
    rto_erased_again_seconds: float
    rto_seconds: float

    @property
    def well(self) -> bool:
        wrong = (self.views_different, self.erased_readable, self.rpo_events, self.positions_wrong)
        lost = (self.parked, self.lost_with_the_archive_and_the_stream, self.unopened_before)
        seen = self.positions_verified and self.erased_readable_before and self.rows_compared
        return bool(seen) and not any(wrong + lost)


def lived(drill: Drill, seconds: float, erased: int, say: Callable[[str], None]) -> datetime:
    """All that happens until both servers are lost; the moment that will be gone back to."""
    drill.begin(erased)
    say("people come; two servers stream each change to another disk")
    time.sleep(seconds / 2)
    drill.back_up()
    say("backed up, each on its own: words, keys, master keys; every file and change verified")
    time.sleep(seconds / 2)
    moment = drill.mark()
    say("the moment that will be gone back to")
    drill.erase()
    say(f"{erased} people are erased, after the backup and after that moment")
    drill.lose()
    say("both servers are killed under load, and all that was on their disks is gone")
    return moment


def found_again(drill: Drill, moment: datetime, say: Callable[[str], None]) -> Found:
    archive, _ = drill.lost("archived", streamed=False)
    stream, _ = drill.lost("streamed", streamed=True)
    words = [word for life in drill.doomed for word in life.words]
    began = time.monotonic()
    with drill.restored("again", until=moment) as settings:
        restored = time.monotonic() - began
        say("restored to the moment, on other ports")
        listed = check(settings, drill.listed)
        eras = drill.go_on(settings)
        checked = time.monotonic() - began
        say("compared with the list of positions; sealing goes on")
        # before anything goes on: what is acknowledged and known, and what the keys open
        before, unread = drill.ledger.before(moment), unopened(settings)
        gone, words_before = missing(settings, before), readable(settings, words)
        paused = time.monotonic() - began - checked
        drill.product.work(settings)
        again = drill.erase_again(settings)
        erased = time.monotonic() - began - paused
        say("erased again, everyone on the list")
        drill.serve(settings)
        served = time.monotonic() - began - paused
        say("somebody new comes, and is served")
        left, views = readable(settings, words), compared(settings)
        drill.product.end()
    return Found(
        positions_verified=sum(one.verified for one in listed),
        views_different=views.different,
        erased_readable=len(left),
        rpo_events=len(gone),
        positions_wrong=sum(len(one.wrong) for one in listed),
        views=views.views,
        rows_compared=views.rows,
        parked=views.parked,
        acknowledged=len(drill.ledger.said),
        acknowledged_before_the_moment=len(before),
        given_up_after_the_moment=sum(one.beyond for one in listed),
        lost_with_the_archive_alone=len(archive),
        lost_with_the_archive_and_the_stream=len(stream),
        erased_again=again,
        erased_readable_before=len(words_before),
        eras_begun=sum(one.given_up > 0 for one in eras),
        unopened_before=unread,
        rto_restored_seconds=restored,
        rto_checked_seconds=checked,
        rto_erased_again_seconds=erased,
        rto_seconds=served,
    )


def told(found: Found, lease: float) -> None:
    """What was checked, in plain sentences."""
    say = print
    say(f"\n{found.acknowledged} entries were acknowledged, {found.acknowledged_before_the_moment} "
        f"of them before the moment that was gone back to: {found.rpo_events} of these are missing.")  # fmt: skip
    say(f"Restored to the last change instead, {found.lost_with_the_archive_and_the_stream} would be "
        f"missing; with the archived segments alone, {found.lost_with_the_archive_alone}.")  # fmt: skip
    say(f"{found.positions_verified} positions that were listed outside were made again from what came "
        f"back and chain to the same digests; {found.positions_wrong} do not.")  # fmt: skip
    say(f"{found.given_up_after_the_moment} positions listed after the moment were given up: "
        f"{found.eras_begun} logs began a new era, as whoever knew them is told.")  # fmt: skip
    say(f"{found.views} views were made anew beside those that came back and went on: "
        f"{found.views_different} of {found.rows_compared} rows differ; {found.parked} set aside.")  # fmt: skip
    say(f"{found.unopened_before} bodies could not be opened with the keys from their own backup.")
    say(f"{found.erased_readable_before} words of those erased since were readable again; after the "
        f"list was applied again to {found.erased_again} of them, {found.erased_readable}.")  # fmt: skip
    say(f"Serving again after {found.rto_seconds:.0f} s: restored {found.rto_restored_seconds:.0f}, "
        f"compared {found.rto_checked_seconds:.0f}, erased again {found.rto_erased_again_seconds:.0f} "
        f"(a key is remembered for up to {lease:.0f} s).")  # fmt: skip


def main(seconds: float = SECONDS, lease: float = LEASE) -> None:
    logging.disable(logging.CRITICAL)  # the product says at length that its servers are gone
    folder = Path(tempfile.mkdtemp(prefix="cosigne-drill-"))
    folder.chmod(0o711)
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"  {time.monotonic() - began:6.1f} s  {what}", file=sys.stderr, flush=True)

    product = Product(folder / "product", grace=min(GRACE, lease), lease=lease)
    try:
        with drilled(folder, product) as drill:
            found = found_again(drill, lived(drill, seconds, ERASED, say), say)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    told(found, lease)
    last_line({**asdict(found), "seconds": time.monotonic() - began})
    if not found.well:
        raise SystemExit(1)


if __name__ == "__main__":
    main(*(float(one) for one in sys.argv[1:3]))
