"""Is the process up, and can it do its work: two answers for whoever runs it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

Check = Callable[[], object]  # raises, or answers False, when what it looks at is not there
log = logging.getLogger(__name__)


def health(checks: Mapping[str, Check]) -> Blueprint:
    """`live` says the process answers; `ready` asks each thing it needs."""
    blueprint = Blueprint("health", __name__, url_prefix="/v1/health")

    @blueprint.get("/live")
    def live() -> ResponseReturnValue:
        return jsonify(status="live")

    @blueprint.get("/ready")
    def ready() -> ResponseReturnValue:
        found = {name: stands(name, check) for name, check in checks.items()}
        well = all(found.values())
        status = "ready" if well else "not_ready"
        return jsonify(status=status, checks=found), 200 if well else 503

    return blueprint


def stands(name: str, check: Check) -> bool:
    try:
        return check() is not False
    except Exception:  # whatever a dependency raises, it is not ready
        log.warning("%s is not ready", name, exc_info=True)
        return False
