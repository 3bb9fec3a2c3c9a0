"""Files for our eyes only."""

import os
from pathlib import Path


def private(path: Path) -> Path:
    """The file made, or made ours alone where it was there already."""
    path.touch(mode=0o600)
    path.chmod(0o600)
    return path


def write_private(path: Path, text: str) -> None:
    """Private from its first byte on, and whole or not there."""
    making = path.with_name(f".{path.name}.making")
    making.unlink(missing_ok=True)
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    making.rename(path)
