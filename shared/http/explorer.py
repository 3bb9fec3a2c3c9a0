"""A page to read and try a service's operations; it loads nothing from elsewhere."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as Answer

PAGE = Path(__file__).parent / "page"
KINDS = {
    "index.html": "text/html; charset=utf-8",
    "explorer.css": "text/css; charset=utf-8",
    "explorer.js": "text/javascript; charset=utf-8",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def explorer() -> Blueprint:
    """Three files, by relative addresses, so that the page works wherever it is mounted."""
    blueprint = Blueprint("explorer", __name__, url_prefix="/v1/explorer")

    @blueprint.get("", strict_slashes=True)
    def entrance() -> Answer:
        # the files are asked for relative to the folder
        return redirect(url_for("explorer.page"), 308)

    @blueprint.get("/", strict_slashes=True)
    def page() -> Response:
        return served("index.html")

    @blueprint.get("/explorer.css")
    def style() -> Response:
        return served("explorer.css")

    @blueprint.get("/explorer.js")
    def script() -> Response:
        return served("explorer.js")

    return blueprint


def served(name: str) -> Response:
    answer = Response((PAGE / name).read_bytes(), content_type=KINDS[name])
    answer.headers["Content-Security-Policy"] = POLICY
    answer.headers["Cache-Control"] = "no-cache"
    return answer
