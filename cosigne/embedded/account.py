"""The system user PostgreSQL runs as: ourselves, or, for root, someone who may do nothing else."""

import os
import pwd
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from shared.kernel import Refused

PREFERRED = ("cosigne", "nobody")


@dataclass(frozen=True, slots=True)
class Account:
    """A user id and group id, and how a child process takes them on."""

    uid: int
    gid: int

    @classmethod
    def for_data(cls, data: Path) -> Self:
        """Whoever owns the data already; else ourselves; root never runs a database."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        if data.exists() and (owner := data.stat()).st_uid != 0:
            return cls(owner.st_uid, owner.st_gid)
        for name in PREFERRED:
            try:
                found = pwd.getpwnam(name)
            except KeyError:
                continue
            return cls(found.pw_uid, found.pw_gid)
        raise Refused("postgres.no_account", names=", ".join(PREFERRED))

    @property
    def is_other(self) -> bool:
        return self.uid != os.geteuid()

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run to the end as this user, with an environment that carries no PG* of the caller's."""
        return subprocess.run(
            [str(part) for part in command],
            check=False,
            capture_output=True,
            text=True,
            errors="replace",
            cwd="/",
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"},
            user=self.uid if self.is_other else None,
            group=self.gid if self.is_other else None,
            extra_groups=[] if self.is_other else None,
        )

    def may_use(self, path: Path) -> bool:
        """Whether this user may enter or execute the path; asked of the system, not worked out."""
        return not self.is_other or self.run("/bin/sh", "-c", 'test -x "$0"', path).returncode == 0

    def own(self, path: Path) -> None:
        if self.is_other:
            os.chown(path, self.uid, self.gid)


def first_closed(path: Path) -> Path:
    """The outermost folder which keeps others out: the one to name in a sentence."""
    way = [*reversed(path.parents), path]
    closed = (part for part in way if not part.stat().st_mode & stat.S_IXOTH)
    return next(closed, path)
