"""In which language the one who asks wants to be answered: French first."""

from __future__ import annotations

from flask import has_request_context, request

from shared.http.messages import FIRST, LOCALES

KNOWN = {locale.lower(): locale for locale in LOCALES}
LONGEST_HEADER = 200


def asked_locale() -> str:
    """The locale of the request under way, or French outside of one."""
    if not has_request_context():
        return FIRST
    return locale_of(request.headers.get("Accept-Language", ""))


def locale_of(accept_language: str) -> str:
    """The best of `fr-CA`, `fr-FR`, `fr` and `en` for an Accept-Language header."""
    wanted: list[tuple[float, str]] = []
    for part in accept_language[:LONGEST_HEADER].split(","):
        tag, _, weight = part.strip().partition(";")
        quality = weight_of(weight)
        locale = nearest(tag.strip().lower())
        if locale and quality > 0:
            wanted.append((-quality, locale))
    return min(wanted, key=lambda w: w[0])[1] if wanted else FIRST


def nearest(tag: str) -> str | None:
    return KNOWN.get(tag) or KNOWN.get(tag.partition("-")[0])


def weight_of(text: str) -> float:
    name, _, number = text.strip().partition("=")
    if not name:
        return 1.0
    try:
        weight = float(number)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
