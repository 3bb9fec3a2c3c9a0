"""Master keys as files: a folder that only its owner may enter, one file for each tenant."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from shared.kernel import Refused

NONCE = 12


class KeyTrouble(Refused):
    """The master keys are missing, foreign, or open to others; the code says which."""

    status = 503


class LostKey(KeyTrouble):
    """One organisation's master key alone: the keys of others open what was sealed with them."""


class KeyProvider(Protocol):
    """Whoever holds the tenants' master keys: a folder here, Vault or a KMS in production."""

    def wrap(
        self, tenant: UUID, subject: UUID, version: int, secret: bytes, *, first: bool
    ) -> bytes:
        """`first`: nothing of this tenant was wrapped yet, so its master key may be made."""
        ...

    def unwrap(self, tenant: UUID, subject: UUID, version: int, wrapped: bytes) -> bytes: ...

    def tenants(self) -> Iterable[UUID]:
        """Whose master keys stand there, fit or not."""
        ...


class KeyFiles:
    """A provider for one machine. Back the folder up apart from the data."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        private(folder)

    def wrap(
        self, tenant: UUID, subject: UUID, version: int, secret: bytes, *, first: bool
    ) -> bytes:
        nonce = os.urandom(NONCE)
        master = AESGCMSIV(self._master(tenant, make=first))
        return nonce + master.encrypt(nonce, secret, named(tenant, subject, version))

    def unwrap(self, tenant: UUID, subject: UUID, version: int, wrapped: bytes) -> bytes:
        master = AESGCMSIV(self._master(tenant, make=False))
        try:
            return master.decrypt(wrapped[:NONCE], wrapped[NONCE:], named(tenant, subject, version))
        except (InvalidTag, ValueError) as error:
            raise KeyTrouble("keys.foreign", name=self._file(tenant).name) from error

    def tenants(self) -> Iterable[UUID]:
        for file in self._folder.glob("*.key"):
            with suppress(ValueError):
                yield UUID(file.stem)

    def _file(self, tenant: UUID) -> Path:
        return self._folder / f"{tenant}.key"

    def _master(self, tenant: UUID, *, make: bool) -> bytes:
        file = self._file(tenant)
        if make and not file.exists():
            self._make(file)
        try:
            private(file)
            master = bytes.fromhex(file.read_text("ascii"))
        except FileNotFoundError:
            raise KeyTrouble("keys.missing", name=file.name) from None
        except OSError as error:
            raise KeyTrouble("keys.unreadable", name=file.name) from error
        except ValueError:
            master = b""
        if len(master) != 32:
            raise KeyTrouble("keys.spoiled", name=file.name)
        return master

    def _make(self, file: Path) -> None:
        """Whole or not at all, and the first one stays: link refuses where a file stands."""
        draft = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_hex(32))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # another process was first
        finally:
            draft.unlink()
        entered = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(entered)
        finally:
            os.close(entered)


def named(tenant: UUID, subject: UUID, version: int) -> bytes:
    return tenant.bytes + subject.bytes + version.to_bytes(4, "big")


def private(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise KeyTrouble("keys.open_to_others", name=path.name)
