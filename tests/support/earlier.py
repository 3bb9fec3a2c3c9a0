"""The product as an earlier commit had it: its code beside ours, its processes over the same data."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Self

from cosigne.running.lifeline import Lifeline

ROOT = Path(__file__).parents[2]
CODE = ("cosigne", "services", "shared")
WANTED = "COSIGNE_UPGRADE_FROM"


def git(*told: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), *told], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def previous() -> str:
    """The commit named in COSIGNE_UPGRADE_FROM; else the last one whose product is not this one.

    Raises LookupError with a sentence where the history does not say.
    """
    if named := os.environ.get(WANTED):
        return git("rev-parse", "--verify", f"{named}^{{commit}}")
    try:
        if git("status", "--porcelain", "--", *CODE):
            return git("rev-parse", "HEAD")  # what is not committed yet is what comes next
        newest = git("log", "-1", "--first-parent", "--format=%H", "--", *CODE)
        return git("rev-parse", "--verify", f"{newest}^1")
    except (OSError, subprocess.CalledProcessError) as error:
        raise LookupError(
            "NO EARLIER VERSION: this is no clone with its history (git fetch --unshallow); "
            f"upgrading was not tried. {WANTED} may name a commit"
        ) from error


def unpacked(commit: str, folder: Path) -> Path:
    """Its tree. Its dependencies are ours: what it needs besides must still be installed here."""
    folder.mkdir()
    archive = folder.with_suffix(".tar")
    git("archive", "-o", str(archive), commit, *CODE)
    subprocess.run(["tar", "-xf", str(archive), "-C", str(folder)], check=True)
    return folder


class Version:
    """One version of the product, run from its tree."""

    def __init__(self, tree: Path, environment: dict[str, str], log: Path) -> None:
        self.tree, self.log = tree, log
        kept = {name: value for name, value in os.environ.items() if "COSIGNE" not in name}
        self.environment = {**kept, **environment, "PYTHONPATH": str(tree)}
        self.running: dict[str, subprocess.Popen] = {}
        self.lifeline = Lifeline.throw()  # killed ourselves, we leave nobody behind

    def where(self) -> Path:
        """Which code its processes load."""
        told = self.run("-c", "import cosigne, shared; print(cosigne.__file__)")
        return Path(told.strip()).parents[1]

    def run(self, *told: str, **more: str) -> str:
        done = subprocess.run(
            [sys.executable, *told], cwd=self.tree, env={**self.environment, **more},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def start(self, name: str, *told: str) -> None:
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, "-m", "cosigne", *told],
                cwd=self.tree, env={**self.environment, **self.lifeline.environment()},
                stdout=log, stderr=log, pass_fds=(self.lifeline.given,),
            )  # fmt: skip

    def stop(self, name: str) -> int:
        """Asked, as an orchestrator asks; how it ended."""
        process = self.running.pop(name)
        process.send_signal(signal.SIGTERM)
        try:
            return process.wait(40)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    def end(self) -> None:
        for name in list(self.running):
            self.stop(name)
        os.close(self.lifeline.given)
        os.close(self.lifeline.held)


class Balancer:
    """Listens on one port; each new connection goes to the next server that is in service."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.servers: list[int] = []
        self.answered: Counter[int] = Counter()
        self.turn = 0
        self.opened = ExitStack()

    def __enter__(self) -> Self:
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.opened.close()

    def accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.turn += 1
            servers = list(self.servers)
            port = servers[self.turn % len(servers)]
            try:
                server = socket.create_connection(("127.0.0.1", port))
            except OSError:
                client.close()
                continue
            self.opened.enter_context(client)
            self.opened.enter_context(server)
            for one, other, of in ((client, server, None), (server, client, port)):
                threading.Thread(target=self.pump, args=(one, other, of), daemon=True).start()

    def pump(self, source: socket.socket, sink: socket.socket, of: int | None) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
                if of is not None:
                    self.answered[of] += 1
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
