"""A Secret with the URL of each database role, made from the one secret that gives them passwords.

    python deploy/helm/role_urls.py --host pg.example.org < secret | kubectl apply -f -

With the secret itself, which only the migration and the console are given.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from psycopg.conninfo import make_conninfo

from shared.postgres.roles import roles_of
from shared.settings import KEYS, SERVICES, role_password

# where the chart mounts the authorities of the servers
AUTHORITY = "/run/cosigne/ca/{}/ca.crt"


def urls(secret: str, given: argparse.Namespace) -> Mapping[str, str]:
    """By role, as the chart asks for them: `plans_app`. The owners' stay with who migrates."""
    return {
        f"{service}_{role}": make_conninfo(
            host=given.keys_host if service == KEYS and given.keys_host else given.host,
            port=given.port,
            dbname=service,
            user=f"{service}_{role}",
            password=role_password(secret, f"{service}_{role}"),
            application_name=f"{service}_{role}",
            sslmode=given.ssl_mode,
            sslrootcert=AUTHORITY.format(KEYS if service == KEYS and given.keys_ca else "data"),
        )
        for service in (*SERVICES, KEYS)
        for role in roles_of(service)
        if role != "owner"
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", required=True)
    parser.add_argument(
        "--keys-host", default="", help="where the key store has a server of its own"
    )
    parser.add_argument("--keys-ca", action="store_true", help="and an authority: `keysCaSecret`")
    parser.add_argument("--port", type=int, default=5432)
    parser.add_argument("--ssl-mode", default="verify-full")
    parser.add_argument("--name", default="cosigne-database", help="of the Secret")
    given = parser.parse_args()
    secret = sys.stdin.read().strip()
    if not secret:
        parser.error("the secret is read from the standard input")
    json.dump(
        {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {"name": given.name},
            "stringData": {"secret": secret, **urls(secret, given)},
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
