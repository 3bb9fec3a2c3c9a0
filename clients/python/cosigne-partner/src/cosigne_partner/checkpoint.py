"""Where one has come to, kept in a file or in PostgreSQL."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection


@dataclass(frozen=True, slots=True)
class Place:
    """The last sequence that was taken in, and the event that had it."""

    sequence: int = 0
    event: str | None = None


@dataclass(slots=True)
class Step:
    """One event is taken in here: where one stands, what to write with, where one stands then."""

    place: Place
    connection: Any = None


class Checkpoint(Protocol):
    """Whoever is in a step is alone; left without an error, the new place is kept."""

    def place(self) -> Place: ...

    def step(self) -> AbstractContextManager[Step]: ...


class FileCheckpoint:
    """For one process. Written beside and put in place, so that it is whole at any time."""

    def __init__(self, path: str | Path) -> None:
        self.path, self._alone = Path(path), threading.RLock()

    def place(self) -> Place:
        if not self.path.exists():
            return Place()
        try:
            return Place(**json.loads(self.path.read_text("utf-8")))
        except (ValueError, TypeError):
            raise ValueError(f"{self.path} holds something else than a place") from None

    @contextmanager
    def step(self) -> Iterator[Step]:
        with self._alone:
            step = Step(before := self.place())
            yield step
            if step.place != before:
                self._keep(step.place)

    def _keep(self, place: Place) -> None:
        beside = self.path.with_name(f"{self.path.name}.new")
        with beside.open("w", encoding="utf-8") as file:
            json.dump(asdict(place), file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(self.path)
        folder = os.open(self.path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name as well
        finally:
            os.close(folder)


class PostgresCheckpoint:
    """For any number of processes. What is written in a step is committed with the new place."""

    def __init__(self, connect: Callable[[], Connection[Any]], name: str) -> None:
        self._connect, self._name = connect, name

    def make_table(self) -> None:
        with self._connect() as connection:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS cosigne_place (name text PRIMARY KEY,"
                " sequence bigint NOT NULL DEFAULT 0, event text)"
            )

    def place(self) -> Place:
        with self._connect() as connection:
            found = connection.execute(
                "SELECT sequence, event FROM cosigne_place WHERE name = %s", (self._name,)
            ).fetchone()
        return Place(*found) if found else Place()

    @contextmanager
    def step(self) -> Iterator[Step]:
        with self._connect() as connection, connection.transaction():
            connection.execute(
                "INSERT INTO cosigne_place (name) VALUES (%s) ON CONFLICT DO NOTHING",
                (self._name,),
            )
            found = connection.execute(
                "SELECT sequence, event FROM cosigne_place WHERE name = %s FOR UPDATE",
                (self._name,),
            ).fetchone()
            step = Step(Place(*(found or (0, None))), connection)
            yield step
            connection.execute(
                "UPDATE cosigne_place SET sequence = %s, event = %s WHERE name = %s",
                (step.place.sequence, step.place.event, self._name),
            )
