"""The product over databases of the drill's own: every service on a real socket, and the real worker."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from cosigne.demo.door import Door
from cosigne.embedded.ports import HOST, free_port
from cosigne.embedded.postgres import Server
from cosigne.erasing.person import GRACE
from cosigne.issuer.kept import Kept
from cosigne.issuer.tokens import mint_for
from cosigne.plans import plans
from cosigne.running.preparing import tables_of
from cosigne.running.serving import ISSUER, Front, front
from cosigne.running.worker import Worker
from shared.postgres.migrate import migrate
from shared.postgres.roles import prepare
from shared.settings import KEYS, SERVICES, Settings
from shared.store.key_leases import LEASE

A_WEEK_AND_A_DAY = timedelta(days=8)


class Clock:
    """The time of the services; while `back` is open, eight days ago."""

    def __init__(self) -> None:
        self.ago = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) - self.ago

    @contextmanager
    def back(self, ago: timedelta = A_WEEK_AND_A_DAY) -> Iterator[None]:
        self.ago = ago
        try:
            yield
        finally:
            self.ago = timedelta()


class Quiet(WSGIRequestHandler):
    def log(self, *_: Any, **__: Any) -> None:
        """Nobody reads the accesses of a drill."""


@dataclass
class Product:
    """Started on these settings, ended, and started again on others at the same address."""

    folder: Path
    grace: float = GRACE
    lease: float = LEASE
    port: int = field(default_factory=free_port)
    clock: Clock = field(default_factory=Clock)
    worker: Worker | None = None
    front: Front | None = None
    listening: BaseWSGIServer | None = None
    began: float = 0.0

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def kept(self) -> Kept:
        return Kept(self.folder / ISSUER)

    def settings(self, data: Server, keys: Server, elsewhere: Path, folder: Path) -> Settings:
        """Words on one server, their keys on another."""
        return Settings(
            databases={**{name: data.url(name) for name in SERVICES}, KEYS: keys.url(KEYS)},
            database_secret="the drill's own",
            admin_database_url=data.admin_conninfo,
            keys_folder=folder,
            erasures_list=elsewhere / "erasures.jsonl",
            oidc_issuer=f"{self.url}/{ISSUER}",
            url=self.url,
            key_lease=self.lease,
        )

    def work(self, settings: Settings) -> None:
        """Seal, project, erase: nobody is let in yet."""
        self.worker = Worker(settings, plans(), grace=self.grace)
        self.worker.start()

    def serve(self, settings: Settings) -> None:
        worker = self.worker
        self.front = front(
            settings,
            plans(),
            clock=self.clock,
            issuer_folder=self.folder / ISSUER,
            appended=lambda name: worker.sealers[name].wake if worker else lambda: None,
        )
        self.listening = make_server(
            HOST, self.port, self.front, threaded=True, request_handler=Quiet
        )
        threading.Thread(target=self.listening.serve_forever, daemon=True).start()
        self.began = time.monotonic()

    def end(self) -> None:
        if self.listening is not None:
            self.listening.shutdown()
            self.listening.server_close()
        if self.worker is not None:
            self.worker.stop(patience=1)
        if self.front is not None:
            self.front.close()
        self.worker = self.front = self.listening = None

    def door(self) -> Door:
        """Another for each thread: it holds one connection."""
        key, issuer = self.kept.signing_key(), f"{self.url}/{ISSUER}"
        return Door(self.url, lambda who: mint_for(key, who, issuer=issuer, lifetime=4 * 3600))


def prepared(settings: Settings, keys: Server) -> None:
    """Databases, roles, tables and views on both servers, as `cosigne migrate` makes them."""
    on_keys = replace(settings, admin_database_url=keys.admin_conninfo)
    for name, told in ((KEYS, on_keys), *((name, settings) for name in SERVICES)):
        prepare(told.admin_database_url, name, told.password)
        migrate(told.conninfo(name, "owner"), name, tables_of(plans().get(name)))
