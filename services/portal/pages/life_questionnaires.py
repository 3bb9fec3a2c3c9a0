"""Questionnaires as the pages need them; a published one never changes, and is read once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from services.portal.asking import Asking

AT_MOST = 200
Told = Mapping[str, Any]


class Questionnaires:
    """Kept by organisation: what another one wrote is not known here."""

    def __init__(self) -> None:
        self.known: OrderedDict[tuple[str, str], Told] = OrderedDict()

    def one(self, ask: Asking, organisation: str, catalogue: str) -> Told:
        """A version, whole."""
        key = (organisation, catalogue)
        if key in self.known:
            self.known.move_to_end(key)
            return self.known[key]
        told: Told = ask.get(f"assessment/catalogues/{catalogue}")
        if told["stage"] == "draft":
            return told
        self.known[key] = told
        if len(self.known) > AT_MOST:
            self.known.popitem(last=False)
        return told

    def to_begin_with(self, ask: Asking, kind: str) -> Sequence[Told]:
        """Of each questionnaire of that kind, the latest published version."""
        latest: dict[str, Told] = {}
        for told in ask.get("assessment/catalogues")["catalogues"]:
            if told["kind"] != kind or told["stage"] != "published":
                continue
            if told["edition"] >= latest.get(told["key"], told)["edition"]:
                latest[told["key"]] = told
        return list(latest.values())
