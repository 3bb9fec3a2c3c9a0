"""How a refusal names a theme that she left out: by its title, never by an identifier."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from services.plans.views.theme_names import title_of
from shared.http.desk import Desk
from shared.http.language import asked_locale
from shared.http.messages import Sentences
from shared.kernel import Refused
from shared.naming import normal

SENTENCES = Sentences(Path(__file__).parents[1] / "messages")


def in_words(desk: Desk, tenant: UUID, refused: Refused) -> Refused:
    """The same refusal, with the theme as whoever asked would call it."""
    theme = str(refused.values["theme"])
    locale = asked_locale()
    language = locale.partition("-")[0]
    found = desk.view(tenant, lambda connection: title_of(connection, theme, language))
    return Refused("theme.declined", field=refused.field, theme=named(theme, found, locale))


def named(theme: str, title: str | None, locale: str) -> str:
    """« Its title », the words in which it was left out, or « ce thème » for an identifier."""
    words = title or (theme if theme != normal(theme) else None)
    if words is None:
        return SENTENCES.say("theme.untitled", locale)
    return SENTENCES.say("theme.titled", locale, {"theme": words})
