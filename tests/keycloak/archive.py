"""Keycloak as its makers publish it: fetched once, compared with what we pinned, made ready."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import platformdirs

from cosigne.embedded.broker_programs import alone

VERSION = "26.7.3"
ARTIFACT = f"org.keycloak:keycloak-quarkus-dist:{VERSION}:tar.gz"
SHA512 = (
    "664c8ac2997d94b69825af70acc3a6017a7a53a1504a6e21b2d82a04e5f53593"
    "b30cabdf80ffe3eb661f13442a57fbc15c4186a1899f2841e8145532e5ae7e1c"
)
FETCH = (
    "mvn", "--quiet", "--batch-mode", "--no-transfer-progress",
    "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
)  # fmt: skip
# decided once, so that a start has nothing to build any more
BUILT_FOR = ("--db=dev-mem", "--health-enabled=false", "--metrics-enabled=false")
OLDEST_JAVA = 17
PATIENCE = 600


def missing() -> str | None:
    """Why Keycloak cannot run on this machine, or None when it can."""
    for tool in ("java", "mvn", "tar"):
        if shutil.which(tool) is None:
            return f"there is no {tool} here"
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', told)
    if version is None or int(version[1]) < OLDEST_JAVA:
        return f"Java {OLDEST_JAVA} or later is needed, not {told.strip().splitlines()[:1]}"
    return None


def home() -> Path:
    """The folder of a Keycloak that is ready to start; the first time, it is fetched."""
    cache = platformdirs.user_cache_path("cosigne") / "keycloak"
    cache.mkdir(parents=True, exist_ok=True)
    ready = cache / VERSION
    with alone(cache / "lock"):
        if not ready.exists():
            unfinished = cache / f"{VERSION}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            unpack(fetched(unfinished), unfinished)
            unpacked = unfinished / f"keycloak-{VERSION}"
            build(unpacked)
            unpacked.rename(ready)
            unfinished.rmdir()
    return ready


def fetched(folder: Path) -> Path:
    asked = [*FETCH, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={folder}"]
    subprocess.run(asked, check=True, timeout=PATIENCE, cwd=folder)
    (archive,) = folder.glob("*.tar.gz")
    return archive


def unpack(archive: Path, folder: Path) -> None:
    """Refuses an archive that is not the one we pinned, before anything of it is unpacked."""
    with archive.open("rb") as read:
        found = hashlib.file_digest(read, "sha512").hexdigest()
    if found != SHA512:
        raise ValueError(f"{archive.name} is not what was pinned: its SHA-512 is {found}")
    subprocess.run(["tar", "-xzf", archive, "-C", folder], check=True, timeout=PATIENCE)
    archive.unlink()


def build(unpacked: Path) -> None:
    asked = [unpacked / "bin" / "kc.sh", "build", *BUILT_FOR]
    subprocess.run(asked, check=True, timeout=PATIENCE, stdout=subprocess.DEVNULL, env=plain())


def plain() -> dict[str, str]:
    """The environment without settings that someone keeps for a Keycloak of their own."""
    return {name: value for name, value in os.environ.items() if not name.startswith("KC_")}
