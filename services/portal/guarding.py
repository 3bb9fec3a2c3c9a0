"""What a browser may do with our pages, and from where it may send us anything."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from flask import Flask, Response, request

from shared.kernel import Refused

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SAFE = ("GET", "HEAD", "OPTIONS")
HERE = ("same-origin", "none")  # Sec-Fetch-Site of a form of ours, and of an address typed in


class FromElsewhere(Refused):
    """A page of somebody else's made this browser send something."""

    status = 403


def guard(app: Flask, *, onward: Sequence[SplitResult]) -> None:
    """`onward`: where a form of ours may end, as signing in and the quick way out do."""
    there = "".join(f" {one.scheme}://{one.netloc}" for one in onward if one.netloc)
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; "
        "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; "
        f"form-action 'self'{there}; base-uri 'none'; frame-ancestors 'none'"
    )

    def headers(response: Response) -> Response:
        for header, value in HEADERS.items():
            response.headers.setdefault(header, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        if request.endpoint != "static":
            # somebody's page: kept nowhere, so that "back" shows nothing after signing out
            response.headers["Cache-Control"] = "no-store"
            response.vary.update(("Accept-Language", "Cookie"))
        return response

    app.before_request(refuse_from_elsewhere)
    app.after_request(headers)


def refuse_from_elsewhere() -> None:
    """A cookie says who is signed in, not who filled in the form (OWASP, Fetch Metadata)."""
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site not in HERE:
        raise FromElsewhere("request.from_elsewhere")
    if site is None and origin and urlsplit(origin).netloc != request.host:
        raise FromElsewhere("request.from_elsewhere")
