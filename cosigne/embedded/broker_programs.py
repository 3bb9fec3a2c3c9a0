"""Kafka's own programs: fetched by Maven once, compared with what was pinned, kept for next time."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs

from shared.kernel import Refused

VERSION = "4.3.1"
POM = Path(__file__).parents[2] / "deploy" / "kafka" / "pom.xml"
# of all names and contents together: what Maven brings is what was tried, or nothing is started
PINNED = "91e99fe3638473b79edb85486d60766c1fa601393f2dfcd04249610ae13ee4f1"
FETCH = (
    "mvn", "--quiet", "--batch-mode", "--no-transfer-progress",
    "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies",
    "-DincludeScope=runtime",
)  # fmt: skip
OLDEST_JAVA = 17
PATIENCE = 600


def programs(say: Callable[[str], None] = lambda _code: None) -> Path:
    """The folder of the jars; the first time, `say` hears that they are fetched.

    Raises Refused where there is no Java or Maven, naming what to install.
    """
    require_java()
    cache = platformdirs.user_cache_path("cosigne") / "kafka"
    cache.mkdir(parents=True, exist_ok=True)
    ready = cache / VERSION
    with alone(cache / "lock"):
        if not ready.exists():
            say("kafka.fetching")
            unfinished = cache / f"{VERSION}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            fetch(unfinished)
            unfinished.rename(ready)
    return ready


def require_java() -> None:
    java = shutil.which("java")
    told = (
        subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
        if java
        else ""
    )
    version = re.search(r'version "(\d+)', told)
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise Refused("kafka.no_java", oldest=OLDEST_JAVA)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Two runs at once on one machine: the second waits for what the first one fetches."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def fetch(folder: Path) -> None:
    if shutil.which("mvn") is None:
        raise Refused("kafka.no_maven")
    asked = [*FETCH, f"--file={POM}", f"-DoutputDirectory={folder}"]
    done = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode != 0 or not POM.exists():
        raise Refused("kafka.not_fetched", reason=" ".join(done.stdout.split()[-40:]))
    if (found := digest(folder)) != PINNED:
        raise Refused("kafka.not_what_was_pinned", folder=str(folder), found=found)


def digest(folder: Path) -> str:
    whole = hashlib.sha256()
    for jar in sorted(folder.iterdir()):
        whole.update(f"{jar.name} {hashlib.sha256(jar.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()
