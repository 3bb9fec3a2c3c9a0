"""The services that this release installs, in the order they are made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module

from shared.http.service import Plan
from shared.settings import SERVICES


@cache
def plans() -> Mapping[str, Plan]:
    """Each service's PLAN, from its wiring."""
    return {name: import_module(f"services.{name}.wiring").PLAN for name in SERVICES}
