"""Which installation a command speaks to: the one in the environment, else this machine's."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

from psycopg.conninfo import make_conninfo

from cosigne.embedded.data_folder import SUPERUSER, DataFolder
from cosigne.embedded.home import DEFAULT_PORT, Home
from cosigne.embedded.ports import HOST
from shared.kernel import Refused
from shared.settings import KEYS, SERVICES, Settings

ADDRESS = re.compile(r"COSIGNE_[A-Z]+_DATABASE_URL(_FILE)?")


def is_told(environment: Mapping[str, str]) -> bool:
    """Whether the environment says where the installation is."""
    return "COSIGNE_MODE" in environment or any(map(ADDRESS.fullmatch, environment))


def settings_here(environment: Mapping[str, str] = os.environ) -> Settings:
    """Raises Refused when nothing was ever started here."""
    if is_told(environment):
        return Settings.read(environment)
    home = Home.of(environment)
    port = home.kept("postgres/port")
    if not port:
        raise Refused("cli.never_ran", folder=str(home.folder))
    databases = {name: f"postgresql://{HOST}:{port}/{name}" for name in (*SERVICES, KEYS)}
    return Settings.read(home.environment(int(home.kept("port") or DEFAULT_PORT), databases))


def administrator_here(settings: Settings, environment: Mapping[str, str] = os.environ) -> str:
    """How the server's administrator signs in: as it is set, else as this machine's own.

    Raises Refused where it is set for an installation elsewhere, and not told.
    """
    if settings.admin_database_url:
        return settings.admin_database_url
    if is_told(environment):
        raise Refused("settings.missing", names="COSIGNE_ADMIN_DATABASE_URL")
    home = Home.of(environment)
    password = DataFolder(home.postgres).password()
    url = f"postgresql://{HOST}:{home.kept('postgres/port')}/postgres"
    return make_conninfo(url, user=SUPERUSER, password=password)
