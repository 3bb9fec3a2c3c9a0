"""A Kafka broker of our own, for tests and for trying: one node, on this machine only.

An installation brings its own cluster; nothing but tests, benches and `make kafka` starts this one.
"""

from __future__ import annotations

import base64
import os
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self
from uuid import uuid4

from cosigne.embedded.broker_programs import programs
from cosigne.embedded.guard import Guard
from cosigne.embedded.ports import HOST, free_port
from shared.kernel import Refused

READY = "Kafka Server started"
PATIENCE = 240.0  # a busy machine is no failure
# a short life, alone, in little memory
JAVA = ("-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
LOG4J = """\
status = error
appender.out.type = Console
appender.out.name = out
appender.out.layout.type = PatternLayout
appender.out.layout.pattern = [%d] %p %m (%c)%n
rootLogger.level = warn
rootLogger.appenderRef.out.ref = out
logger.started.name = kafka.server
logger.started.level = info
logger.raft.name = org.apache.kafka.server
logger.raft.level = info
"""


class Broker:
    """`start`, then `bootstrap` is where it listens; `stop` in good order, or `kill` at once."""

    def __init__(
        self, folder: Path, options: Mapping[str, str] | None = None, port: int | None = None
    ) -> None:
        self.folder, self.options = folder.absolute(), dict(options or {})
        self.port, self.controller = port or free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None
        self._guard: Guard | None = None

    @property
    def bootstrap(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Format the data if there are none, start, and wait; data of a killed one are taken up."""
        self._java = ["java", *JAVA, "-cp", f"{programs()}/*"]
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (self.folder / "data" / "meta.properties").exists():
            self._format()
        begun = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._java, f"-Dlog4j2.configurationFile={self._logging()}", "kafka.Kafka",
                 str(self._properties())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                start_new_session=True,
            )  # fmt: skip
        self._guard = Guard.over(self.process.pid)
        self._wait(begun)

    def stop(self) -> None:
        """Harmless to repeat."""
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self._gone()

    def kill(self) -> None:
        """As a machine that loses its power would."""
        if self.process is not None:
            self.process.kill()
        self._gone()

    def _gone(self) -> None:
        if self.process is not None:
            self.process.wait()
            self.process = None
        if self._guard is not None:
            self._guard.dismiss()
            self._guard = None

    def _wait(self, begun: int) -> None:
        until = time.monotonic() + PATIENCE
        while READY not in (told := self.log.read_bytes()[begun:].decode("utf-8", "replace")):
            ended = self.process is None or self.process.poll() is not None
            if ended or time.monotonic() > until:
                self.kill()
                reason = " ".join(told.strip().splitlines()[-3:])
                raise Refused("kafka.not_started", log=str(self.log), reason=reason)
            time.sleep(0.05)

    def _format(self) -> None:
        done = subprocess.run(
            [*self._java, "kafka.tools.StorageTool", "format", "-t", cluster_id(), "-c",
             str(self._properties())],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env={**os.environ, "KAFKA_OPTS": ""},
        )  # fmt: skip
        if done.returncode != 0:
            reason = " ".join((done.stdout + done.stderr).strip().splitlines()[-3:])
            raise Refused("kafka.not_started", log=str(self.log), reason=reason)

    def _logging(self) -> Path:
        file = self.folder / "log4j2.properties"
        file.write_text(LOG4J, "utf-8")
        return file

    def _properties(self) -> Path:
        one = {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@{HOST}:{self.controller}",
            "controller.listener.names": "CONTROLLER",
            "listeners": f"PLAINTEXT://{HOST}:{self.port},CONTROLLER://{HOST}:{self.controller}",
            "log.dirs": str(self.folder / "data"),
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": "0",
            # one that was killed is known to be gone before its successor knocks
            "broker.session.timeout.ms": "2000",
            "broker.heartbeat.interval.ms": "500",
            # a single node has nobody to copy to
            "offsets.topic.num.partitions": "4",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "share.coordinator.state.topic.replication.factor": "1",
            "share.coordinator.state.topic.min.isr": "1",
            **self.options,
        }
        file = self.folder / "server.properties"
        file.write_text("".join(f"{name}={value}\n" for name, value in one.items()), "utf-8")
        return file


def cluster_id() -> str:
    """As Kafka makes one: its own tool takes one that begins with a dash for an option."""
    while (made := base64.urlsafe_b64encode(uuid4().bytes).rstrip(b"=").decode()).startswith("-"):
        continue
    return made
