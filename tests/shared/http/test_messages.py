import re
from functools import cache
from itertools import chain

import pytest

from shared.http import bodies, complaints, errors
from shared.http.language import locale_of
from shared.http.messages import LOCALES, Sentences, placeholders, shown, typeset
from tests.support.codes import ROOT, Raised, raised
from tests.support.manner import faults

SHARED = ROOT / "shared" / "messages"
COMMAND_LINE = ROOT / "cosigne" / "messages"
# told on the command line only, before any service answers
BEFORE_HTTP = (
    "shared/given.py",
    "shared/brokers.py",
    "shared/settings.py",
    "shared/store/",
    "shared/postgres/",
    "shared/http/service.py",
    "shared/http/standing.py",
    "shared/http/trust.py",
    "shared/telemetry/process.py",
    "services/portal/house_looks.py",
)
FOLDERS = sorted({p.parent for p in ROOT.glob("*/**/messages/*.toml") if ".venv" not in p.parts})
EVERYWHERE = raised()
UNSPACED = re.compile(r" [:;?!%»]|« |[^\s\u00a0\u202f]»|«[^\u00a0]")
# the typewriter's apostrophe, within or at the end of a word; one in quotes is a shell's
TYPED = re.compile(r"\w'[\w{«]")
SPACE_IN_QUEBEC = re.compile(r"[\s\u00a0\u202f][;?!]")


said_in = cache(Sentences)


def folders_for(one: Raised):
    if one.file.startswith(BEFORE_HTTP):
        return (SHARED, COMMAND_LINE)
    if one.room == "services/portal":
        return (SHARED, *sorted((ROOT / one.room / "messages").iterdir()))
    if one.room.startswith("services/"):
        return (SHARED, ROOT / one.room / "messages")
    if one.room == "cosigne":
        return (SHARED, COMMAND_LINE)
    return (SHARED,)


@pytest.mark.parametrize("room", sorted({one.room for one in EVERYWHERE}))
def test_every_code_has_a_sentence_in_french_and_in_english(room):
    lacking = set()
    for one in EVERYWHERE:
        if one.room == room:
            said = said_in(*folders_for(one))
            where = f"{one.code} ({one.file}:{one.line})"
            lacking |= {where for of in ("fr", "en") if one.code not in said.codes(of)}
    assert sorted(lacking) == []


def test_every_sentence_gets_the_values_it_needs():
    wanting = set()
    for one in EVERYWHERE:
        if one.open_ended:
            continue
        template = said_in(*folders_for(one)).template(one.code, "en") or ""
        for missing in placeholders(template) - one.values:
            wanting.add(f"{one.file}:{one.line} {one.code} lacks {missing}")
    assert sorted(wanting) == []


def test_codes_said_by_table_have_sentences_too():
    tables = chain(
        errors.FRAMEWORK.values(),
        complaints.CODES.values(),
        complaints.WHOLE_BODY.values(),
        (code for _, code in complaints.INVALID),
        (
            f"{of}.{how}"
            for of in ("length", "number")
            for how in ("too_small", "too_large", "out_of_range")
        ),
        (f"title.{status}" for status in errors.FRAMEWORK),
        ("title.401", "title.403", "title.409", "title.422", "title.428", "title.500"),
    )
    said = Sentences(SHARED)
    assert [c for c in tables if c not in said.codes("fr") or c not in said.codes("en")] == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_both_languages_say_the_same_codes_with_the_same_values(folder):
    said = Sentences(folder)
    assert said.codes("fr") == said.codes("en")
    for code in sorted(said.codes("fr")):
        spoken = {locale: placeholders(said.of[locale][code]) for locale in LOCALES}
        assert len(set(spoken.values())) == 1, (code, spoken)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_french_has_one_apostrophe(folder):
    said = Sentences(folder)
    for locale in ("fr", "fr-FR", "fr-CA"):
        assert [c for c, s in said.of[locale].items() if TYPED.search(s)] == [], locale


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: str(f.relative_to(ROOT)))
def test_french_is_spaced_as_french(folder):
    said = Sentences(folder)
    for locale in ("fr", "fr-FR", "fr-CA"):
        wrong = [c for c, s in said.of[locale].items() if UNSPACED.search(s)]
        assert wrong == [], locale
    assert [c for c, s in said.of["fr-CA"].items() if SPACE_IN_QUEBEC.search(s)] == []


def test_a_mark_gets_its_space_and_none_in_quebec():
    sentence = "Vraiment ? Oui ! « Bon » : 5 % ; fin"
    assert typeset(sentence, "fr-FR") == (
        "Vraiment\u202f? Oui\u202f! «\u00a0Bon\u00a0»\u00a0: 5\u00a0%\u202f; fin"
    )
    assert typeset(sentence, "fr-CA") == "Vraiment? Oui! «\u00a0Bon\u00a0»\u00a0: 5\u00a0%; fin"
    assert typeset(sentence, "en") == sentence


def test_a_number_and_what_is_counted_stay_on_one_line():
    assert typeset("{n} answers from {name} here", "en") == "{n}\u00a0answers from {name} here"
    assert typeset("{n} réponses", "fr") == "{n}\u00a0réponses"
    assert typeset("{value} sur {most}, ici", "fr-CA") == "{value}\u00a0sur\u00a0{most}, ici"
    assert typeset("{value} of 100 here", "en") == "{value}\u00a0of\u00a0100 here"
    assert typeset("{name} sur la carte", "fr") == "{name} sur la carte"


def test_an_organisation_of_france_may_have_its_own_words(tmp_path):
    (tmp_path / "fr.toml").write_text('"a" = "intervenant"\n"b" = "lien"', "utf-8")
    (tmp_path / "fr-FR.toml").write_text('"a" = "professionnel"', "utf-8")
    said = Sentences(tmp_path)
    assert [said.say("a", of) for of in ("fr-CA", "fr-FR", "fr")] == [
        "intervenant",
        "professionnel",
        "intervenant",
    ]
    assert said.say("b", "fr-FR") == "lien"


def test_a_value_that_is_missing_or_endless_never_breaks_a_sentence(tmp_path):
    (tmp_path / "en.toml").write_text('"a" = "{name} and {other}"', "utf-8")
    said = Sentences(tmp_path)
    assert said.say("a", "en", {"name": "{other}"}) == "{other} and …"
    assert len(said.say("a", "en", {"name": "x" * 5000})) < 300
    assert said.say("nobody.wrote_this", "en") == "nobody.wrote_this"
    assert shown(["a", "b"]) == "a, b"


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        ("", "fr"),
        ("fr-CA,fr;q=0.8,en;q=0.5", "fr-CA"),
        ("fr-FR", "fr-FR"),
        ("fr-CH, en;q=0.9", "fr"),
        ("en-GB", "en"),
        ("en;q=0.4, fr-FR;q=0.9", "fr-FR"),
        ("de, es", "fr"),
        ("*", "fr"),
        ("en;q=0", "fr"),
        ("en;q=nan, en;q=x, ;;;,,", "fr"),
        ("EN-us", "en"),
        ("x" * 100_000, "fr"),
    ],
)
def test_the_language_asked_for_is_spoken_and_french_otherwise(header, locale):
    assert locale_of(header) == locale


def test_the_depth_a_body_may_have_is_the_one_its_sentence_names():
    said = Sentences(SHARED)
    for locale in ("fr", "en"):
        assert str(bodies.DEEPEST) in said.say("body.too_deep", locale)
        number = said.say("number.too_large_to_read", locale)
        assert str(bodies.LARGEST_NUMBER) in number


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_is_in_the_manner_of_the_house(locale):
    found = {}
    for folder in FOLDERS:
        said = Sentences(folder)
        for code in said.codes(locale):
            if wrong := faults(said.template(code, locale) or "", locale.partition("-")[0]):
                found[code] = wrong
    assert found == {}
