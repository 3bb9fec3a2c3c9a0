"""The command as an institution runs it: a process of its own, with an administrator's token."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cosigne.importer.naming import Names
from tests.support.installation import House


@dataclass
class Importing:
    """`importing.run(folder)` waits for the end; `importing.started(folder)` does not."""

    house: House
    folder: Path

    @property
    def faults(self) -> Path:
        return self.folder / f"{self.house.tenant}.csv"

    @property
    def names(self) -> Names:
        path = "/directory/v1/imports/naming-key"
        return Names(self.house.administrator.client.get(path).json()["naming_key"])

    def command(self, *arguments: object) -> list[str]:
        told = [*map(str, arguments), "--faults", str(self.faults)]
        return [sys.executable, "-m", "cosigne", "import", *told]

    def environment(self) -> dict[str, str]:
        client = self.house.administrator.client
        token = client.headers["Authorization"].removeprefix("Bearer ")
        url = self.house.installation.url
        told = {"COSIGNE_TOKEN": token, "COSIGNE_URL": url, "COSIGNE_LANG": "en"}
        return {**os.environ, **told}

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=1200,
        )

    @contextmanager
    def started(self, *arguments: object) -> Iterator[subprocess.Popen[str]]:
        with subprocess.Popen(
            self.command(*arguments), env=self.environment(), stdout=subprocess.PIPE, text=True
        ) as process:
            yield process

    def told(self) -> list[dict[str, Any]]:
        """The lines of the fault file."""
        if not self.faults.exists():
            return []
        with self.faults.open(encoding="utf-8-sig", newline="") as opened:
            return list(csv.DictReader(opened))

    def set_aside(self) -> list[tuple[str, int, str, str]]:
        told = [t for t in self.told() if t["level"] == "set aside"]
        return [(t["file"], int(t["line"]), t["column"], t["code"]) for t in told]


@pytest.fixture
def importing(house: House, tmp_path: Path) -> Importing:
    return ready(house, tmp_path)


def ready(house: House, folder: Path) -> Importing:
    """With the questionnaires that every organisation begins with."""
    answer = house.administrator.client.post("/assessment/v1/catalogues/defaults", json={})
    assert answer.status_code == 201, answer.text
    return Importing(house, folder)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made
