"""What an earlier run left behind: a server still running, or a file that says so wrongly."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What `postmaster.pid` claims, and whether it is true."""

    file: Path
    pid: int

    @classmethod
    def of(cls, data: Path) -> Self | None:
        file = data / "postmaster.pid"
        try:
            first = file.read_text("ascii", "replace").split("\n", 1)[0]
        except FileNotFoundError:
            return None
        return cls(file, int(first) if first.isdigit() else 0)

    @property
    def runs(self) -> bool:
        """Whether that process is a PostgreSQL server living in this very folder."""
        try:
            return Path(psutil.Process(self.pid).cwd()).samefile(self.file.parent)
        except (psutil.Error, OSError):
            return False

    def forget_if_recycled(self) -> None:
        """PostgreSQL sees by itself that a process is gone, not that its number went to another."""
        if self.pid == 0 or (psutil.pid_exists(self.pid) and not self.runs):
            self.file.unlink(missing_ok=True)
