"""The kinds of work behind the services: their names, the roles they take, what they must be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from cosigne.erasing.one_service import DIRECTORY
from shared.http.service import Plan
from shared.settings import EVERYTHING, KEYS, url_of

KINDS = ("seal", "project", "consume", "relay", "erase", "forget", "work")
ROLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "seal": ("sealer",),
        "project": ("reader",),
        "consume": ("reader",),
        "relay": ("reader",),
        "erase": ("reader", "eraser"),
        "forget": ("app", "combine", "reader", "eraser"),
        "work": ("app", "combine", "reader"),
    }
)
# one for the installation, where the directory's work is done
ONCE: Mapping[str, str] = MappingProxyType({"forget": DIRECTORY})
FOLLOWING = frozenset({"consume", "work"})  # these read the logs of other services
OPENING = frozenset({"project", "consume", "forget", "work"})  # these read or write people's words


def roles_of(kinds: Collection[str]) -> list[str]:
    return sorted({role for kind in kinds for role in ROLES[kind]})


def needs_of(kinds: Collection[str], plans: Mapping[str, Plan]) -> frozenset[str]:
    """The settings without which this work cannot be done for these services; no others are asked."""
    told = set(kinds)
    if "forget" in told and ONCE["forget"] in plans:
        return EVERYTHING - {"COSIGNE_OIDC_ISSUER"} | {"COSIGNE_ERASURES_LIST"}
    databases = set(plans)
    if told & FOLLOWING:
        databases |= {source for plan in plans.values() for source in plan.follows}
    keys = {url_of(KEYS), "COSIGNE_KEYS_FOLDER"} if told & OPENING else set()
    # all work at once relays where there are brokers; who only relays has nothing else to do
    brokers = {"COSIGNE_KAFKA"} if told == {"relay"} else set()
    address = {"COSIGNE_URL"} if "work" in told else set()  # what partners are told begins with it
    return frozenset({*map(url_of, databases), *keys, *brokers, *address})
