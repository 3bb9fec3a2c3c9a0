"""If-Match: the version that the caller read, where something read is replaced."""

from __future__ import annotations

import re

from flask import request

from shared.kernel import Act, Decider, Invalid, Refused

TAG = re.compile(r'(?:W/)?"?(\d{1,18})"?')


class MatchMissing(Refused):
    status = 428


def if_match(*, must: bool = False) -> int | None:
    """The version named by If-Match. Raises MatchMissing (428) where one must be."""
    header = request.headers.get("If-Match")
    if header is None or header.strip() == "*":
        if must:
            raise MatchMissing("version.match_needed", field="If-Match")
        return None
    found = TAG.fullmatch(header.strip())
    if found is None:
        raise Invalid("version.match_unreadable", field="If-Match")
    return int(found[1])


def told_version(kind: type[Decider], act: Act) -> bool:
    """Whether whoever acts is told the version of what they change."""
    return act.actor == act.subject or not kind.version_is_hers
