"""Sealers in processes of their own: to kill, freeze and double."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEAL = """
import sys, threading
from shared.store.sealer import Sealer
Sealer(sys.argv[1], batch=int(sys.argv[2])).run(threading.Event())
"""


class SealerProcess:
    def __init__(self, conninfo: str, batch: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SEAL, conninfo, str(batch)],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )

    def send(self, number: signal.Signals) -> None:
        os.kill(self.process.pid, number)

    def end(self) -> None:
        self.process.kill()
        self.process.wait(10)


@contextmanager
def sealing(conninfo: str, count: int = 1, batch: int = 50) -> Iterator[list[SealerProcess]]:
    """So many sealers of the same store, each its own process."""
    running = [SealerProcess(conninfo, batch) for _ in range(count)]
    try:
        yield running
    finally:
        for sealer in running:
            sealer.end()
