"""The folder a server lives in: held by one process, made whole or not at all."""

import fcntl
import os
import secrets
import shutil
from pathlib import Path
from typing import IO

from cosigne.embedded.account import Account, first_closed
from cosigne.embedded.binaries import Binaries
from cosigne.embedded.ports import free_port, is_free
from cosigne.embedded.private import write_private
from shared.kernel import Refused

SUPERUSER = "cosigne"
BUILTIN_LOCALE = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")


class DataFolder:
    """PostgreSQL's data, with the password and the port it was given."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "data"
        self.log = self.data / "server.log"
        self.held: IO[str] | None = None

    def hold(self) -> None:
        """A lock that dies with us: no stale one can ever be in the way."""
        if self.held:
            return
        try:
            self.home.mkdir(mode=0o711, parents=True, exist_ok=True)
            held = (self.home / "lock").open("a+", encoding="ascii")
        except OSError as error:
            reason = error.strerror or "?"
            raise Refused("folder.unwritable", folder=str(self.home), reason=reason) from error
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            pid = held.read().strip() or "?"
            held.close()
            raise Refused("folder.in_use", folder=str(self.home), pid=pid) from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        self.held = held

    def let_go(self) -> None:
        if self.held:
            self.held.close()
            self.held = None

    def check(self, account: Account) -> None:
        if not account.may_use(self.home):
            closed = first_closed(self.home)
            raise Refused("folder.closed", folder=str(self.home), closed=str(closed))

    def check_version(self, programs: Binaries) -> None:
        mark = self.data / "PG_VERSION"
        if mark.exists() and (made := mark.read_text("ascii").strip()) != str(programs.major):
            folder, found = str(self.data), programs.version
            raise Refused("postgres.other_version", folder=folder, made=made, found=found)

    def make(self, account: Account, programs: Binaries) -> None:
        """Make the data under another name, then rename: half-made data are never started."""
        making, word = self.home / "data.making", self.home / "password.making"
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir(mode=0o700)
        write_private(word, self.password())
        account.own(making)
        account.own(word)
        locale = BUILTIN_LOCALE if programs.major >= 17 else ("--locale=C.UTF-8",)
        try:
            done = account.run(
                programs.program("initdb"),
                *("-D", making, "-U", SUPERUSER, f"--pwfile={word}", "-A", "scram-sha-256"),
                *("-E", "UTF8", "--data-checksums", *locale),
            )
        finally:
            word.unlink()
        if done.returncode != 0:
            shutil.rmtree(making, ignore_errors=True)
            reason = last_words(done.stderr)
            raise Refused("postgres.not_made", folder=str(self.home), reason=reason)
        making.rename(self.data)

    def password(self) -> str:
        kept = self.home / "password"
        if not kept.exists():
            if self.data.exists():
                raise Refused("postgres.password_lost", file=str(kept))
            write_private(kept, secrets.token_urlsafe(32))
        return kept.read_text("ascii")

    def ports(self) -> list[int]:
        """The remembered port first; others if it has gone to someone else meanwhile."""
        remembered = self.home / "port"
        kept = remembered.read_text("ascii").strip() if remembered.exists() else ""
        known = [int(kept)] * 3 if kept.isdigit() and is_free(int(kept)) else []
        return [*known, *(free_port() for _ in range(5))]

    def remember(self, port: int) -> None:
        (self.home / "port").write_text(str(port), "ascii")


def last_words(said: str) -> str:
    return " ".join(said.strip().splitlines()[-3:])
