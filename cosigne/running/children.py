"""The processes of an installation: started together, started again when lost, stopped together."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

from cosigne.running.lifeline import Lifeline
from shared.kernel import Refused

OFTEN = 5  # losses within a minute: something is wrong that starting again does not mend
A_MINUTE = 60.0
PATIENCE = 20.0


class Child:
    """One process, which stops when we are gone; without a log it speaks where we do."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path | None = None,
    ) -> None:
        self.name, self.command, self.environment, self.log = name, command, environment, log
        self.process: subprocess.Popen[bytes] | None = None
        self.losses: deque[float] = deque(maxlen=OFTEN)

    def start(self, lifeline: Lifeline) -> None:
        with self.log.open("ab") if self.log else nullcontext() as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment, **lifeline.environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT if log else None,
                pass_fds=(lifeline.given,),
                start_new_session=True,  # a Ctrl-C reaches us, and we stop it in good order
            )

    def lost(self) -> int | None:
        """How it ended, or None while it runs."""
        return self.process.poll() if self.process else None

    def gives_up(self) -> bool:
        now = time.monotonic()
        self.losses.append(now)
        return len(self.losses) == OFTEN and now - self.losses[0] < A_MINUTE

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def see_off(self) -> None:
        """Wait for its end, and make sure that nothing it started is left."""
        if self.process is None:
            return
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process = None


class Family:
    """Children in the order they start; they are asked to stop in the other one."""

    def __init__(self, *children: Child) -> None:
        self.children = children
        self.lifeline = Lifeline.throw()

    def start(self) -> None:
        for child in self.children:
            child.start(self.lifeline)

    def look_after(self, say: Callable[..., None]) -> None:
        """Start again what was lost; raises Refused when it is lost again and again."""
        for child in self.children:
            code = child.lost()
            if code is None:
                continue
            if child.gives_up():
                raise Refused("run.child_gives_up", name=child.name, log=str(child.log))
            say("run.child_lost", name=child.name, code=code)
            child.start(self.lifeline)

    def stop(self) -> None:
        for child in reversed(self.children):
            child.ask_to_stop()
        for child in reversed(self.children):
            child.see_off()
