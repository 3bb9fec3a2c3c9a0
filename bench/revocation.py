"""How long after she (or the house) took it back is someone still let in, on each service?

`python -m bench.revocation`: against a whole installation that runs as `cosigne run` runs it, with
real tokens and writers at work, 1,000 revocations of five kinds. A clock starts when a revocation
is acknowledged; each service is asked again and again, at the same time, until it lets the reader
in no more. Once more a second after: whatever is answered then is a leak.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import httpx

from bench.report import last_line, table
from bench.running import running
from bench.standing import KINDS, READS, WRITERS, Stood, Town

REVOCATIONS = 1000
WRITER_PAUSE = 0.02
AT_ONCE = 2  # revocations under way at the same time
LONGEST, STILL = 30.0, 1.0
OUT = ("person.unknown", "caller.unknown", "action.not_yours", "mandate.none")


@dataclass
class Found:
    """By service: seconds from the acknowledgement to the first read that was not answered."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    late: int = 0  # reads asked for a second or more after, and answered
    read: int = 0
    written: int = 0
    again: list[tuple[float, Callable[[], bool]]] = field(default_factory=list)


def main(wanted: int = REVOCATIONS) -> None:
    found = Found()
    with running() as here:
        town = Town(here)
        town.founded()
        stood = town.stood(wanted)
        begun = time.monotonic()
        with load(town, found), ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(partial(revoked, found), stood))
        took = time.monotonic() - begun
        still_there(found)
        town.leave()
    told(found, wanted, took)


def revoked(found: Found, one: Stood) -> None:
    """One revocation, watched on every service that had let the reader in."""
    reads = READS[one.kind]
    with ThreadPoolExecutor(len(reads)) as pool:
        clients = {service: one.client() for service in reads}
        for service, read in reads.items():
            if not let_in(clients[service], read(one)):
                raise SystemExit(f"{one.kind}: {service} does not let them in to begin with")
        one.revoke()
        at = time.monotonic()
        watched = {
            service: pool.submit(watch, found, clients[service], read(one), at)
            for service, read in reads.items()
        }
        for service, seconds in watched.items():
            found.took[service].append(seconds.result())
            found.kinds[one.kind].append(seconds.result())
    for service, read in reads.items():
        found.again.append((at + STILL, partial(let_in, clients[service], read(one))))


def watch(found: Found, client: httpx.Client, path: str, at: float) -> float:
    """Asked without a pause until it is denied."""
    while True:
        asked = time.monotonic()
        found.read += 1
        if not let_in(client, path):
            return time.monotonic() - at
        if asked - at >= STILL:
            found.late += 1
        if asked - at > LONGEST:
            raise SystemExit(f"{path} still lets them in after {LONGEST:.0f} s")


def still_there(found: Found) -> None:
    """Once denied, always denied: asked again when at least a second has gone by."""
    for when, again in found.again:
        time.sleep(max(0.0, when - time.monotonic()))
        found.read += 1
        found.late += again()


def let_in(client: httpx.Client, path: str) -> bool:
    """Whether the reader gets past the door; what he or she is shown behind it is hers to say."""
    path, _, listed = path.partition("#")
    answer = client.get(path)
    if answer.status_code == 503:
        return False
    if listed:
        return answer.status_code == 200 and listed in answer.text
    return answer.status_code == 200 or answer.json()["code"] not in OUT


@contextmanager
def load(town: Town, found: Found) -> Iterator[None]:
    """Answers kept in portraits, one after the other, for as long as this lasts."""
    stop, broken = threading.Event(), list[str]()

    def write(number: int) -> None:
        for one in town.answers(number):
            if stop.is_set():
                return
            try:
                one()
            except SystemExit as trouble:
                broken.append(str(trouble))
                return
            found.written += 1
            stop.wait(WRITER_PAUSE)

    writers = [threading.Thread(target=write, args=(n,), daemon=True) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    try:
        yield
    finally:
        stop.set()
        for writer in writers:
            writer.join()
        if broken:
            raise SystemExit(f"there was no load: {broken[0]}")


def told(found: Found, wanted: int, took: float) -> None:
    columns = ("", "revocations", "p50 s", "p99 s", "max s")
    for title, measured in (("service", found.took), ("kind", found.kinds)):
        rows = [(key, len(v), *spread(v)) for key, v in sorted(measured.items())]
        table(f"denied so long after the acknowledgement, by {title}", columns, rows)
    figures: dict[str, float | int | str | None] = {
        "revocations": wanted,
        "kinds": len(KINDS),
        "reads": found.read,
        "written_each_s": found.written / took,
        "leaks": found.late,
    }
    for service, seconds in sorted(found.took.items()):
        p50, p99, most = spread(seconds)
        figures |= {f"{service}_p50_s": p50, f"{service}_p99_s": p99, f"{service}_max_s": most}
    last_line(figures)


def spread(seconds: Sequence[float]) -> tuple[float, float, float]:
    kept = sorted(seconds)
    return kept[len(kept) // 2], kept[min(len(kept) - 1, int(len(kept) * 0.99))], kept[-1]


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REVOCATIONS)
