"""The copy for people: what happened, in sentences, month by month, as one page without scripts."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from markupsafe import Markup

from services.reporting.api.reading import Reading
from services.reporting.api.saying.wording import day_said, part
from services.reporting.api.summary_answers import called_here
from services.reporting.api.summary_content import word
from services.reporting.views.asking import BY_LIFE, Asked

STYLE = (
    "body{font:1.0625rem/1.6 system-ui,sans-serif;color:#1c1c1c;max-width:44rem;margin:2rem auto;"
    "padding:0 1rem}h2{border-bottom:2px solid #2f5d8a;padding-bottom:.2rem}"
    "dt{font-weight:600;margin-top:1rem}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}"
    "small{color:#4a4a4a}"
)
DIGEST = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{DIGEST}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
HEAD = Markup(
    '<!doctype html>\n<html lang="{lang}"><head><meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    "<title>{title}</title><style>{style}</style></head><body><main>\n"
    "<h1>{title}</h1>\n<p>{name}<br>{made}</p>\n<p>{about}</p>\n"
)
MONTH = Markup("<h2>{month}</h2>\n<dl>\n")
ENTRY = Markup("<dt>{day}</dt>\n<dd>{sentence}{took_part}<br><small>{proof}</small></dd>\n")
END = Markup("<p><small>{end}</small></p>\n</main></body></html>\n")


def parts(reading: Reading, at: datetime) -> Iterator[str]:
    """Piece by piece, in the order of life; whatever people wrote is text in it."""
    locale = reading.locale
    today = at.astimezone(reading.desk.zone(reading.tenant)).date()
    yield HEAD.format(
        lang=locale,
        title=word("copy_title", locale),
        style=Markup(STYLE),  # noqa: S704 - our own
        name=called_here(reading) if reading.eyes.hers else "",
        made=word("copy_made", locale, day=day_said(today, locale)),
        about=word("copy_about", locale),
    )
    month, count = "", 0
    for chunk in reading.every(Asked(person=reading.person, by=BY_LIFE)):
        for said in reading.said(chunk):
            count += 1
            day = date.fromisoformat(said["occurred_at"][:10])
            if said["occurred_at"][:7] != month:
                yield Markup("</dl>\n") if month else Markup("")
                month = said["occurred_at"][:7]
                named = f"{part('month', str(day.month), locale)} {day.year}"
                yield MONTH.format(month=named[0].upper() + named[1:])
            yield entry(said, day, locale)
    yield (Markup("</dl>\n") if month else Markup("")) + END.format(
        end=word("copy_end", locale, count=str(count))
    )


def entry(said: Mapping[str, Any], day: date, locale: str) -> str:
    proof = said["proof"]
    place = word(
        "copy_proof",
        locale,
        service=proof["service"],
        position=str(proof["position"]),
        leaf=proof["leaf"][:16],
    )
    others = [c["said"] for c in said["contributors"]] if said["decision"] else []
    return ENTRY.format(
        day=day_said(day, locale),
        sentence=said["sentence"],
        took_part=Markup("").join(Markup("<br>") + one for one in others),
        proof=place,
    )
