"""One machine, one command: PostgreSQL, tables, web and worker processes, the demo."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Mapping
from types import FrameType, MappingProxyType

from cosigne.embedded.home import Home, databases_of
from cosigne.embedded.ports import free_port, is_free
from cosigne.embedded.postgres import EmbeddedPostgres, Server
from cosigne.issuer.kept import Kept
from cosigne.plans import plans
from cosigne.running.children import Child, Family
from cosigne.running.preparing import prepare_all
from cosigne.running.readiness import wait_until_ready
from shared.kernel import Refused
from shared.settings import Settings

LOOK_EVERY = 0.5


class Installation:
    """What `cosigne run` keeps alive. `asked` is the command that a person would type again."""

    asked = "run"
    more: Mapping[str, str] = MappingProxyType({})  # settings of its processes, beside the usual

    def __init__(self, home: Home, port: int, say: Callable[..., None]) -> None:
        self.home, self.port, self.say = home, port, say
        self.postgres = EmbeddedPostgres(home.postgres, say=say)
        self.family = Family()

    def run(self, *, demo: bool) -> None:
        """Until Ctrl-C, a SIGTERM, or something that cannot be mended."""
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, interrupt)
        self.say("run.home", folder=self.home.folder)
        self.home.make()
        self.postgres.folder.hold()
        try:
            self.require_port()
            self.start(self.postgres.start(), demo=demo)
            while True:
                self.look_after()
                time.sleep(LOOK_EVERY)
        except KeyboardInterrupt:
            self.say("run.stopping")
        finally:
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            self.family.stop()
            self.postgres.stop()
        self.say("run.stopped", folder=self.home.folder)

    def start(self, server: Server, *, demo: bool) -> None:
        self.say("run.postgres", version=self.postgres.programs.version, port=server.port)
        environment = {**self.home.environment(self.port, databases_of(server)), **self.more}
        settings = Settings.read(
            {**environment, "COSIGNE_ADMIN_DATABASE_URL": server.admin_conninfo}
        )
        self.say("run.migrating")
        prepare_all(settings, plans())
        self.say("run.starting")
        python, log = sys.executable, self.home.log
        web = [python, "-m", "gunicorn", "-c", "python:cosigne.running.web_server"]
        self.family = Family(
            Child("worker", [python, "-m", "cosigne", "work"], environment, log),
            Child("web", web, {**environment, "COSIGNE_BIND": f"127.0.0.1:{self.port}"}, log),
        )
        self.home.keep("port", str(self.port))
        self.family.start()
        ready = [f"{settings.url}/{name}/v1/health/ready" for name in plans()]
        wait_until_ready(ready, self.look_after, str(log))
        if demo:
            self.tell_the_demo(environment)
        self.welcome(settings)

    def welcome(self, settings: Settings) -> None:
        """Everything answers: what somebody who sits before it wants to know."""
        self.say("run.ready", url=settings.url, password=Kept(self.home.issuer).password())

    def tell_the_demo(self, environment: Mapping[str, str]) -> None:
        """Once: what the people of the demo did since is theirs. Interrupted, it is gone on with."""
        if self.home.kept("demo") == "told":
            return
        self.say("run.demo")
        teller = Child("demo", [sys.executable, "-m", "cosigne", "demo"], environment)
        teller.start(self.family.lifeline)
        try:
            while (code := teller.lost()) is None:
                self.look_after()
                time.sleep(LOOK_EVERY / 5)
        finally:
            teller.ask_to_stop()
            teller.see_off()
        if code == 0:
            self.home.keep("demo", "told")
        else:
            self.say("run.demo_failed")

    def look_after(self) -> None:
        self.family.look_after(self.say)

    def require_port(self) -> None:
        if not is_free(self.port):
            free = free_port()
            raise Refused("run.port_taken", port=self.port, free=free, command=self.asked)


def interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
