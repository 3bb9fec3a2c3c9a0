"""What gunicorn serves: the portal, the services under their names, and a page that leads to those."""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterable
from html import escape
from typing import Any

from flask import Response

from cosigne.embedded.home import Home
from cosigne.plans import plans
from cosigne.running.rising import Rising
from cosigne.running.serving import PORTAL, Front, StartResponse, front, needs_of
from services.portal.wiring import portal_app
from shared.settings import Settings
from shared.store.garbage import collect_rarely

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
PAGE = """<!doctype html>
<html lang="fr"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Cosigne</title>
<style>body{{font:1.1rem/1.6 system-ui;max-width:40rem;margin:3rem auto;padding:0 1rem}}</style>
<h1>Cosigne</h1>
<p>Qui a coproduit quelle décision, et quand.<br>
<span lang="en">Who co-produced which decision, and when.</span></p>
<ul>{rows}</ul></html>"""
ROW = '<li><a href="/{name}/v1/explorer/">{name}</a></li>'


def application() -> Rising:
    """In each process after the fork: all it opens is opened then, and as soon as it can be."""
    collect_rarely()
    return Rising(served)


def served() -> Any:
    """What COSIGNE_SERVE names: some of the services, or the portal alone."""
    wanted = tuple(name for name in os.environ.get("COSIGNE_SERVE", "").split(",") if name)
    settings, home = Settings.read(needs=needs_of(wanted)), Home.of()
    if wanted == (PORTAL,):
        return portal_app(settings)
    chosen = {name: plan for name, plan in plans().items() if not wanted or name in wanted}
    own_issuer = settings.mode == "embedded" and settings.oidc_issuer == home.issuer_of(
        settings.url
    )
    opened = front(settings, chosen, issuer_folder=home.issuer if own_issuer else None)
    atexit.register(opened.close)
    return Landing(opened)


class Landing:
    """What the operations of the services are read by, at `/api`; everything else is theirs and the portal's."""

    def __init__(self, served: Front) -> None:
        self.served = served
        rows = "".join(ROW.format(name=escape(name)) for name in served.services)
        self.page = PAGE.format(rows=rows)

    def __call__(self, environ: dict[str, Any], start: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") in ("/api", "/api/") and environ["REQUEST_METHOD"] in (
            "GET",
            "HEAD",
        ):
            answer = Response(self.page, mimetype="text/html", headers=HEADERS)
            first: Iterable[bytes] = answer(environ, start)
            return first
        return self.served(environ, start)
