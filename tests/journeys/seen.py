"""A story told while a receiver of telemetry listens: to everything, in one installation of its own."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from uuid import UUID

from shared.telemetry.lines import AsJson
from shared.telemetry.process import Telemetry
from tests.support.installation import House
from tests.support.otlp import Receiver

NAME = "Zéphyrine Quatrevents"
WORDS = "Nourrir le loup blanc en moi, loin de la rue Laurier."


@dataclass
class Seen:
    """`everything()` is all that left by OTLP, and every line on the error output."""

    house: House
    receiver: Receiver
    telemetry: Telemetry
    output: io.StringIO

    def everything(self) -> str:
        self.telemetry.sending.flush()
        return self.receiver.everything() + self.output.getvalue()

    def of(self, trace: str) -> list:
        """The spans of one trace."""
        self.telemetry.sending.flush()
        return [span for span in self.receiver.spans if span.trace_id.hex() == trace]


def leaks(everything: str, house: House, *more: str) -> list[str]:
    """What of these people can be found in it: names, words, sign-ins and ids, however written."""
    ids: set[UUID | str] = {house.tenant, house.site, house.programme}
    words = {NAME, *NAME.split(), WORDS, "Quatrevents", "loup", "Laurier", *more}
    for one in house.people.values():
        ids.add(one.id)
        words.add(one.subject)
    for one in ids:
        words |= {str(one), UUID(str(one)).hex, str(one).upper()}
    told = everything.casefold()
    return sorted(word for word in words if word.casefold() in told)


def as_json(output: io.StringIO) -> logging.Handler:
    handler = logging.StreamHandler(output)
    handler.setFormatter(AsJson())
    return handler
