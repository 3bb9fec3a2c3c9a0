"""The copy for machines: a first line that says what it is, an entry a line, a last one that ends it.

The format is told in `docs/reference/copy-format.md`; whoever reads it checks the last line, so
that a copy cut short is known to be.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import orjson

from services.reporting.api.reading import Reading
from services.reporting.domain.entry import Entry
from services.reporting.views.asking import Asked

FORMAT, VERSION = "cosigne.copy", 1


def lines(reading: Reading, at: datetime) -> Iterator[bytes]:
    """Every entry of her record, in the order in which each was recorded."""
    digest, count = hashlib.sha256(), 0
    for told in told_lines(reading, at):
        line = orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)
        digest.update(line)
        count += told["line"] == "entry"
        yield line
    end = {"line": "end", "entries": count, "sha256": digest.hexdigest()}
    yield orjson.dumps(end, option=orjson.OPT_APPEND_NEWLINE)


def told_lines(reading: Reading, at: datetime) -> Iterator[dict[str, Any]]:
    yield {
        "line": "copy",
        "format": FORMAT,
        "version": VERSION,
        "person": reading.person,
        "organisation": reading.tenant,
        "made_at": at.isoformat(timespec="seconds"),
        "language": reading.locale,
    }
    for chunk in reading.every(Asked(person=reading.person)):
        for entry, said in zip(chunk, reading.said(chunk), strict=True):
            yield {"line": "entry", **said, "body": body_of(reading, entry)}


def body_of(reading: Reading, entry: Entry) -> dict[str, Any] | None:
    """What was recorded, as it was recorded: hers to have, and nobody else's."""
    return dict(entry.body) if reading.eyes.hers and entry.readable else None
