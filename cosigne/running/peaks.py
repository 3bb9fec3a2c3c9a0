"""How much memory processes have needed at most: this one, or those that work behind it."""

from __future__ import annotations

import re
import resource
import sys
from contextlib import suppress
from pathlib import Path

from shared.settings import Settings, url_of

PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
PROCESSES = Path("/proc")
KILOBYTE = 1 if sys.platform == "darwin" else 1024


def peak() -> int:
    """The most memory that this process, or one of those that it began, has needed so far."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(one).ru_maxrss for one in who) * KILOBYTE


def peak_of_workers(settings: Settings) -> int | None:
    """In bytes, the largest of `cosigne work`; None where the system does not tell."""
    ours = f"{url_of('directory')}={settings.databases.get('directory')}"
    found = [
        most for process in PROCESSES.glob("[0-9]*") if (most := peak_of(process, ours)) is not None
    ]
    return max(found, default=None)


def peak_of(process: Path, ours: str) -> int | None:
    with suppress(OSError):
        told = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
        if "work" not in told or "cosigne" not in {Path(one).name for one in told}:
            return None
        if ours not in (process / "environ").read_bytes().decode(errors="replace").split("\0"):
            return None
        if most := PEAK.search((process / "status").read_text("utf-8")):
            return int(most[1]) * 1024
    return None
