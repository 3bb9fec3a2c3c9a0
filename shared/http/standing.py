"""Whether what a service needs is there: its database as this release expects it, and the keys."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from shared.http.provider import Provider
from shared.http.watching import Watch
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.postgres.schema import require_schema
from shared.settings import KEYS, Settings


def watch_over(settings: Settings, service: str, views: Sequence[str], provider: Provider) -> Watch:
    """What a service that serves is ready by."""
    return Watch(
        {
            "database": partial(database_stands, settings, service, views),
            "keys": partial(keys_stand, settings),
            "sign_in": provider.known,
        }
    )


def database_stands(settings: Settings, service: str, views: Sequence[str]) -> None:
    """Raises what the database raises, or Refused for one that this release cannot work with.

    On a connection of its own: a busy pool is no reason to send people elsewhere.
    """
    with connect(settings.conninfo(service, "app")) as connection:
        require_schema(connection, service, views)


def keys_stand(settings: Settings) -> bool:
    """Whether the key store answers, and the folder of the master keys may be entered."""
    with connect(settings.conninfo(KEYS, "app")) as connection:
        require_schema(connection, KEYS)
    return os.access(keys_folder(settings), os.R_OK | os.X_OK)


def keys_folder(settings: Settings) -> Path:
    if settings.keys_folder is None:
        raise Refused("settings.missing", names="COSIGNE_KEYS_FOLDER")
    return settings.keys_folder
