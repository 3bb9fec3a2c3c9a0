"""One PostgreSQL for the whole run, shared by the workers; tests that hurt a server take their own."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest

from cosigne.embedded.postgres import EmbeddedPostgres, Server

SHARED = "COSIGNE_TEST_SERVER"  # how the workers of one run learn of the server
HASTE = {"fsync": "off", "full_page_writes": "off", "max_connections": "900"}


@contextmanager
def own_server(**options: str) -> Iterator[tuple[EmbeddedPostgres, Server]]:
    """A server of the test's own in a folder of its own: to kill, freeze, fill or restore."""
    with place() as folder:
        postgres = EmbeddedPostgres(folder / "postgres", options=options)
        try:
            yield postgres, postgres.start()
        finally:
            postgres.stop()


@contextmanager
def place() -> Iterator[Path]:
    """A folder which the server's account may enter; root's `tmp_path` lets nobody in."""
    folder = Path(tempfile.mkdtemp(prefix="cosigne-test-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def is_controller(config: pytest.Config) -> bool:
    return bool(config.getoption("numprocesses", None)) and not hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """With several workers, start before them; alone, start when the first test asks."""
    if is_controller(config):
        running = own_server(**HASTE)
        _, server = running.__enter__()
        os.environ[SHARED] = json.dumps(asdict(server))
        config.add_cleanup(lambda: running.__exit__(None, None, None))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The run's PostgreSQL."""
    if told := os.environ.get(SHARED):
        yield Server(**json.loads(told))
        return
    with own_server(**HASTE) as (_, started):
        yield started
