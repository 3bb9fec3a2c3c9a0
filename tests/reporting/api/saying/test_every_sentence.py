"""Whatever a fact holds, its sentence shows no placeholder, no code, no id and no stored name."""

import re
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from itertools import product
from types import NoneType, UnionType
from typing import Union, get_args, get_origin, get_type_hints
from uuid import UUID, uuid4

import pytest

from services.reporting.api.saying.sentence import sentence
from services.reporting.api.saying.wording import part
from shared.http.messages import LOCALES
from shared.kernel import Fact
from tests.reporting.api.saying.test_wording import TOPICS
from tests.reporting.told import NAMES, entry, known, party
from tests.support.manner import bare, faults

ENVELOPE = {"originator_id", "originator_version", "timestamp", "act"}
LEAK = re.compile(r"[{}]|\bNone\b|[0-9a-f]{8}-[0-9a-f]{4}|[a-z]+_[a-z_]+|\b(?:True|False)\b")


def sample(hint, name):
    """A JSON value as the body of such a field would hold it; codes are made up on purpose."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(a for a in get_args(hint) if a is not NoneType)
    if get_origin(hint) is tuple:
        return [sample(get_args(hint)[0], name)]
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return {f.name: sample(hints[f.name], f.name) for f in fields(hint)}
    samples = {
        UUID: str(uuid4()), int: 3, bool: True, date: "2026-03-01",
        datetime: datetime(2026, 3, 1, tzinfo=UTC).isoformat(), float: 0.5,
    }  # fmt: skip
    if hint is str and name in NAMED:
        return "Le Nom Donné"
    if hint is str and name in FREE:
        return "des mots à elle"
    return samples.get(hint, "code_that_nobody_knows")


# fields in which people write: everything else that is text is a code or a key
FREE = {
    "words", "old_words", "comment", "reason", "pace", "purpose", "legal_basis", "source",
    "for_whom", "recourse", "quality", "closeness", "often", "means", "what", "levels", "relation",
    "since", "ethics",
}  # fmt: skip
# fields that hold what someone or something is called, or a text of the house in both languages
NAMED = {"fr", "en", "name", "title", "town", "version", "country", "locale", "timezone", "job"}


def body_of(kind, *, full):
    hints = get_type_hints(kind)
    return {
        f.name: sample(hints[f.name], f.name)
        for f in fields(kind)
        if f.name not in ENVELOPE and (full or f.default is MISSING)
    }


def told_in_every_way(topic):
    """Its sentence in each locale: with all its fields or as few as may be, to whoever reads."""
    for locale, full in product(LOCALES, (True, False)):
        body = body_of(Fact.registry[topic], full=full)
        one = entry(topic, body, noted_by="karim", because_of=(uuid4(),))
        for reader in ("luc", "karim", "etienne"):
            yield locale, sentence(one, known(one), party(reader), locale)
            yield (
                locale,
                sentence(one, known(one, hidden=frozenset({one.id})), party(reader), locale),
            )


@pytest.mark.parametrize("topic", TOPICS)
def test_a_sentence_leaks_nothing(topic):
    for locale, told in told_in_every_way(topic):
        left = told
        for words in (part(p, None, locale) for p in ("hidden_words", "erased_words")):
            left = left.replace(words, "")
        assert not LEAK.search(left), told
        assert "[" not in left, told
        assert told[0].isupper() or told[0] in "«“", told
        assert told.rstrip()[-1] in ".»”])", told


@pytest.mark.parametrize("topic", TOPICS)
def test_a_sentence_is_in_the_manner_of_the_house(topic):
    for locale, told in told_in_every_way(topic):
        names = (*NAMES.values(), "Le Nom Donné")
        assert faults(told, locale.partition("-")[0], names) == [], told
        assert "des mots à elle" not in bare(told), f"hers stand in quotation marks: {told}"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_masked_sentence_keeps_the_words(topic):
    one = entry(topic, body_of(Fact.registry[topic], full=True), noted_by="karim")
    for locale in LOCALES:
        told = sentence(one, known(one, hidden=frozenset({one.id})), party("etienne"), locale)
        assert "des mots à elle" not in told
        assert told.endswith(part("hidden_words", None, locale))


def test_each_country_says_it_its_own_way():
    body = {"reason": "Il ne répond plus.", "expires": "2026-05-13T19:00:00+00:00"}
    opened = entry("directory.emergency_access_opened", body, by="karim")
    told = {locale: sentence(opened, known(opened), party("luc"), locale) for locale in LOCALES}

    assert "responsable de la protection des renseignements personnels" in told["fr-CA"]
    assert "délégué à la protection des données" in told["fr-FR"]
    assert "privacy officer" in told["en"]
