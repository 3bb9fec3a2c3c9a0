"""Stops the server when we are gone without having done so ourselves, as after `kill -9`."""

import subprocess
from typing import Self

# reading ends when the last holder of the other end is gone; SIGINT is a fast, clean shutdown
SCRIPT = 'read -r word; [ "$word" = done ] || kill -INT "$0"'


class Guard:
    """A small process that outlives us, holding nothing but one end of a pipe."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    @classmethod
    def over(cls, pid: int) -> Self:
        return cls(
            subprocess.Popen(
                ["/bin/sh", "-c", SCRIPT, str(pid)],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                text=True,
                cwd="/",
                start_new_session=True,  # a Ctrl-C in the terminal is not meant for it
            )
        )

    def dismiss(self) -> None:
        try:
            self.process.communicate("done\n", timeout=5)
        except (OSError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait()
