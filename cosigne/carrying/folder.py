"""What stands in an export: a manifest, a file of JSON Lines for each service, and what it means."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Self
from uuid import UUID

import orjson

from cosigne.embedded.private import private
from shared.kernel import Refused
from shared.store.cipher import leaf as leaf_of

FORMAT = "cosigne-organisation"
EDITION = 1
MANIFEST = "manifest.json"
PIECE = 1 << 20
README = """\
# {name}

Tout ce que Cosigne a enregistré pour cette organisation, en clair, dans l'ordre.
All that Cosigne has recorded for this organisation, in clear, in order.

**Ces fichiers contiennent les mots des personnes. Gardez-les comme leurs dossiers.**
**These files hold people's words. Keep them as you keep their files.**

`manifest.json` dit ce qu'il y a et les empreintes SHA-256 ; chaque ligne d'un fichier `.jsonl` est
un événement. `manifest.json` tells what there is, and SHA-256 digests; each line of a `.jsonl` file
is an event. `contracts/`: JSON Schema of each kind of body.

Format: docs/reference/export-format.md
"""


class Line(NamedTuple):
    """An event of the export. `sealed` is the digest of the body as it was sealed at home."""

    position: int
    leaf: bytes
    sealed: bytes
    envelope: bytes
    body: bytes | None

    def written(self) -> bytes:
        """The envelope's bytes are spliced in as they are: they are what the leaf stands for."""
        head = f'{{"position":{self.position},"leaf":"{self.leaf.hex()}"'
        told = f'{head},"sealed":"{self.sealed.hex()}","envelope":'
        return told.encode() + self.envelope + b',"body":' + (self.body or b"null") + b"}\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Raises ValueError for a line that is not what its leaf stands for."""
        told = orjson.loads(line)
        envelope = orjson.dumps(told["envelope"], option=orjson.OPT_SORT_KEYS)
        leaf, sealed = bytes.fromhex(told["leaf"]), bytes.fromhex(told["sealed"])
        if leaf_of(envelope, sealed) != leaf:
            raise ValueError("an envelope is not the one its leaf stands for")
        body = told["body"]
        kept = None if body is None else orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
        return cls(told["position"], leaf, sealed, envelope, kept)


@dataclass
class Part:
    """One service's file. `facts` counts each stored name and version, `unreadable` bodies gone."""

    file: str
    events: int = 0
    sha256: str = ""
    unreadable: int = 0
    facts: dict[str, int] = field(default_factory=dict)


@dataclass
class Manifest:
    organisation: str
    name: str
    made_at: str
    release: str
    services: dict[str, Part] = field(default_factory=dict)
    erased: list[str] = field(default_factory=list)

    @property
    def tenant(self) -> UUID:
        return UUID(self.organisation)

    def write(self, folder: Path) -> None:
        told = {"format": FORMAT, "edition": EDITION, **asdict(self)}
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        private(folder / MANIFEST).write_text(text, "utf-8")

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Raises Refused for what is no export, or one of a format this release does not know."""
        try:
            told: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
            known = told.pop("format") == FORMAT and told.pop("edition") == EDITION
            parts = {name: Part(**part) for name, part in told.pop("services").items()}
            if not known:
                raise Refused("restore.other_format", folder=folder)
            found = cls(**told, services=parts)
            _ = found.tenant, [UUID(person) for person in found.erased]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise Refused("restore.no_export", folder=folder) from error
        # a manifest comes from elsewhere: it names no file outside its own folder
        if stray := [p.file for name, p in parts.items() if p.file != file_of(name)]:
            raise Refused("restore.altered", file=stray[0], line=0)
        return found


def file_of(service: str) -> str:
    return f"{service}.jsonl"


def is_export(folder: Path) -> bool:
    return (folder / MANIFEST).is_file()


def make_folder(folder: Path) -> None:
    """Raises Refused for one that holds anything."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise Refused("export.folder_in_use", folder=folder)
    folder.chmod(0o700)


def lines_of(folder: Path, part: Part) -> Iterator[Line]:
    """In order and gapless; raises Refused at the first line that is not what was exported."""
    with (folder / part.file).open("rb") as opened:
        for number, text in enumerate(opened, 1):
            try:
                line = Line.read(text)
            except (ValueError, KeyError, TypeError) as error:
                raise Refused("restore.altered", file=part.file, line=number) from error
            if line.position != number:
                raise Refused("restore.altered", file=part.file, line=number)
            yield line


def require_whole(folder: Path, manifest: Manifest) -> None:
    """Every file is there, and as it was written."""
    for part in manifest.services.values():
        try:
            with (folder / part.file).open("rb") as opened:
                found = hashlib.file_digest(opened, "sha256").hexdigest()
        except OSError as error:
            raise Refused("restore.altered", file=part.file, line=0) from error
        if found != part.sha256:
            raise Refused("restore.altered", file=part.file, line=0)


def told_by(envelope: bytes) -> Mapping[str, Any]:
    found: Mapping[str, Any] = orjson.loads(envelope)
    return found
