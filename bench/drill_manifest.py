"""Is a base backup whole? What `pg_verifybackup` asks of it, as the wheel's own does not start.

The manifest of the backup holds each file's size and digest, and the changes (WAL) that it needs; the
manifest's last line is the digest of all lines before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CHECKSUMS = "--manifest-checksums=SHA256"
# the server adds these to a backup, or writes them anew when it is restored
NOT_LISTED = ("backup_manifest", "postgresql.auto.conf", "recovery.signal", "standby.signal")


def faults(base: Path) -> list[str]:
    """What is missing, too much, or not what was backed up; nothing of it for a whole backup."""
    text = (base / "backup_manifest").read_bytes()
    manifest = json.loads(text)
    lines, digest = text.rsplit(b'"Manifest-Checksum"', 1)[0], manifest["Manifest-Checksum"]
    found = [] if hashlib.sha256(lines).hexdigest() == digest else ["backup_manifest: digest"]
    listed = {one["Path"]: one for one in manifest["Files"]}
    for path, one in listed.items():
        found += [f"{path}: {fault}" for fault in fault_of(base / path, one)]
    found += [f"{path}: not listed" for path in there(base) if path not in listed]
    return found


def fault_of(file: Path, told: Mapping[str, Any]) -> Iterator[str]:
    if not file.exists():
        yield "missing"
    elif file.stat().st_size != told["Size"]:
        yield "size"
    elif hashlib.sha256(file.read_bytes()).hexdigest() != told["Checksum"]:
        yield "digest"


def there(base: Path) -> Iterator[str]:
    for file in sorted(base.rglob("*")):
        path = str(file.relative_to(base))
        if file.is_file() and path not in NOT_LISTED and not path.startswith("pg_wal/"):
            yield path


def ranges(base: Path) -> Iterator[tuple[str, str, str]]:
    """The changes without which it is not whole: timeline, first and last place."""
    for one in json.loads((base / "backup_manifest").read_text("utf-8"))["WAL-Ranges"]:
        yield str(one["Timeline"]), one["Start-LSN"], one["End-LSN"]
