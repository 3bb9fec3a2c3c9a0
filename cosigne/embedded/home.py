"""Where an embedded installation keeps its things, and the settings that follow from them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import platformdirs

from cosigne.embedded.private import write_private
from shared.kernel import Refused
from shared.settings import KEYS, SERVICES, url_of

if TYPE_CHECKING:
    from cosigne.embedded.postgres import Server

DEFAULT_PORT = 8765
FOR_ROOT = Path("/var/lib/cosigne")  # others may pass through it; root's own folder lets nobody in


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of the data, and beside it the one of the keys: to be backed up apart."""

    folder: Path
    keys: Path

    @classmethod
    def of(cls, environment: Mapping[str, str] = os.environ) -> Self:
        told = environment.get("COSIGNE_DATA")
        usual = FOR_ROOT if os.geteuid() == 0 else platformdirs.user_data_path("cosigne")
        folder = Path(told).expanduser().absolute() if told else usual
        keys = environment.get("COSIGNE_KEYS_FOLDER")
        return cls(folder, Path(keys) if keys else folder.with_name(f"{folder.name}-keys"))

    @property
    def postgres(self) -> Path:
        return self.folder / "postgres"

    @property
    def log(self) -> Path:
        return self.folder / "cosigne.log"

    @property
    def issuer(self) -> Path:
        return self.folder / "issuer"

    @staticmethod
    def issuer_of(url: str) -> str:
        """The address of the small issuer that comes with an embedded installation."""
        return f"{url}/issuer"

    def make(self) -> None:
        """The folders, open to nobody else (as root, to be passed through by the server)."""
        try:
            self.folder.mkdir(
                mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True
            )
            self.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.log.touch(mode=0o600)
        except OSError as error:
            where, reason = error.filename or self.folder, error.strerror or "?"
            raise Refused("folder.unwritable", folder=str(where), reason=reason) from error

    def secret(self, name: str) -> str:
        """A secret of this installation, made the first time it is asked for."""
        file = self.folder / f"{name}.secret"
        if not file.exists():
            write_private(file, secrets.token_urlsafe(32))
        return file.read_text("ascii")

    def kept(self, name: str) -> str:
        """Something small remembered between runs; empty when it never was."""
        file = self.folder / name
        return file.read_text("utf-8").strip() if file.exists() else ""

    def keep(self, name: str, text: str) -> None:
        write_private(self.folder / name, text)

    def environment(self, port: int, databases: Mapping[str, str]) -> dict[str, str]:
        """What the processes of this installation read as their settings."""
        url = f"http://127.0.0.1:{port}"
        return {
            **{url_of(name): databases[name] for name in (*SERVICES, KEYS)},
            "COSIGNE_DATA": str(self.folder),
            "COSIGNE_MODE": "embedded",
            "COSIGNE_DATABASE_SECRET": self.secret("database"),
            "COSIGNE_KEYS_FOLDER": str(self.keys),
            "COSIGNE_PORTAL_SECRET": self.secret("portal"),
            "COSIGNE_OIDC_ISSUER": os.environ.get("COSIGNE_OIDC_ISSUER") or self.issuer_of(url),
            "COSIGNE_URL": url,
        }


def databases_of(server: Server) -> dict[str, str]:
    return {name: server.url(name) for name in (*SERVICES, KEYS)}
