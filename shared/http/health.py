"""Is the process up, and can it do its work: two answers for whoever runs it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from shared.http.watching import Check, Watch


def health(checks: Mapping[str, Check] | Watch) -> Blueprint:
    """`live` says the process answers; `ready` says of each thing it needs whether it is there."""
    watch = checks if isinstance(checks, Watch) else Watch(checks)
    blueprint = Blueprint("health", __name__, url_prefix="/v1/health")

    @blueprint.get("/live")
    def live() -> ResponseReturnValue:
        return jsonify(status="live")

    @blueprint.get("/ready")
    def ready() -> ResponseReturnValue:
        found = watch.answer()
        well = all(found.values())
        status = "ready" if well else "not_ready"
        return jsonify(status=status, checks=found), 200 if well else 503

    return blueprint
