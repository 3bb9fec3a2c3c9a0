"""What production refuses: whatever is only for trying out. Each answers the settings, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from psycopg.conninfo import conninfo_to_dict

SHORTEST_SECRET = 32
ENCRYPTED = ("require", "verify-ca", "verify-full")
Told = Mapping[str, str]  # setting -> what it says; empty when it is not given


def in_clear(urls: Told) -> Iterator[str]:
    """What is read on the way: only this machine may be asked by plain http."""
    for name, url in urls.items():
        parts = urlsplit(url)
        if url and parts.scheme != "https" and not is_near(parts.hostname or ""):
            yield f"{name} (http)"


def too_short(secrets: Told) -> Iterator[str]:
    for name, secret in secrets.items():
        if secret and len(secret) < SHORTEST_SECRET:
            yield f"{name} (< {SHORTEST_SECRET})"


def databases_in_clear(urls: Told) -> Iterator[str]:
    """Off this machine, a database is reached by TLS or not at all: `prefer` may end in clear."""
    for name, url in urls.items():
        if url and not encrypted(url):
            yield f"{name} (sslmode)"


def encrypted(url: str) -> bool:
    told = conninfo_to_dict(url)
    hosts = str(told.get("hostaddr") or told.get("host") or "").split(",")
    near = all(not host or host.startswith("/") or is_near(host) for host in hosts)
    return near or told.get("sslmode") in ENCRYPTED


def is_near(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
