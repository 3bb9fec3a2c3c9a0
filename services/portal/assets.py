"""What is the same for everybody (looks, scripts, letters): read and compressed once, kept by browsers for good."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, request

FOR_GOOD = "public, max-age=31536000, immutable"
READABLE = ("text/", "image/svg")  # letters are compressed already
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Asset:
    kind: str
    whole: bytes
    small: bytes | None
    policy: str = ""  # a Content-Security-Policy of its own


def read(folder: Path) -> Mapping[str, Asset]:
    """By their path below the folder."""
    return {
        str(file.relative_to(folder)): asset(file)
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix != ".txt"
    }


def asset(file: Path) -> Asset:
    whole = file.read_bytes()
    kind = KINDS.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "font/woff2"
    small = gzip.compress(whole, 9, mtime=0) if kind.startswith(READABLE) else None
    return Asset(kind, whole, small)


def version_of(assets: Mapping[str, Asset]) -> str:
    """Changes when any of them does, so that browsers ask for nothing twice."""
    digest = hashlib.sha256()
    for name, one in assets.items():
        digest.update(name.encode() + one.whole)
    return digest.hexdigest()[:12]


def serve(app: Flask, assets: Mapping[str, Asset]) -> None:
    def static(filename: str) -> Response:
        one = assets.get(filename)
        if one is None:
            return nothing_there()
        small = one.small if "gzip" in request.headers.get("Accept-Encoding", "") else None
        answer = Response(small or one.whole, content_type=with_letters(one.kind))
        answer.headers["Cache-Control"] = FOR_GOOD
        answer.vary.add("Accept-Encoding")
        if one.policy:
            answer.headers["Content-Security-Policy"] = one.policy
        if small:
            answer.headers["Content-Encoding"] = "gzip"
        return answer

    app.add_url_rule("/static/<path:filename>", "static", static)


def nothing_there() -> Response:
    """No page of anybody's: what stands below this address may be kept on the way, for all."""
    return Response(status=404, headers={"Cache-Control": "no-store"})


def with_letters(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
