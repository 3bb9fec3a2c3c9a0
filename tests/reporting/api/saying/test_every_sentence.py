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
from shared.kernel import Fact
from tests.reporting.api.saying.test_wording import TOPICS
from tests.reporting.told import entry, known, party

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
    if hint is str and name in FREE:
        return "des mots à elle"
    return samples.get(hint, "code_that_nobody_knows")


# fields in which people write: everything else that is text is a code or a key
FREE = {
    "words", "old_words", "comment", "reason", "name", "title", "fr", "en", "town", "pace",
    "version", "purpose", "legal_basis", "recourse", "quality", "closeness", "often", "means",
    "what", "levels", "relation", "since", "country", "locale", "timezone", "text_", "job",
}  # fmt: skip


def body_of(kind, *, full):
    hints = get_type_hints(kind)
    return {
        f.name: sample(hints[f.name], f.name)
        for f in fields(kind)
        if f.name not in ENVELOPE and (full or f.default is MISSING)
    }


@pytest.mark.parametrize("topic", TOPICS)
def test_a_sentence_leaks_nothing(topic):
    for language, full in product(("fr", "en"), (True, False)):
        leaks_nothing(topic, language, full=full)


def leaks_nothing(topic, language, *, full):
    one = entry(
        topic, body_of(Fact.registry[topic], full=full), noted_by="karim", because_of=(uuid4(),)
    )

    for reader in ("luc", "karim", "etienne"):
        told = sentence(one, known(one), party(reader), language)
        unsaid = {part(p, None, language) for p in ("hidden_words", "erased_words")}
        left = told
        for words in unsaid:
            left = left.replace(words, "")
        assert not LEAK.search(left), told
        assert "[" not in left, told
        assert told[0].isupper() or told[0] in "«“", told
        assert told.rstrip()[-1] in ".»”])", told
