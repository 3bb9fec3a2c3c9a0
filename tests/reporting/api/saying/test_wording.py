"""Every fact of every service can be said, in French and in English, within the house's manner."""

import re

import pytest

import services.assessment.domain.events
import services.delivery.domain.events
import services.directory.domain.events
import services.network.domain.events
import services.plans.domain.events
import services.reporting.domain.events  # noqa: F401 - so that all facts are known
from services.reporting.api.saying.pieces import PIECES
from services.reporting.api.saying.placeholders import NAMES, PLACEHOLDERS
from services.reporting.api.saying.telling import in_a_row
from services.reporting.api.saying.wording import (
    EVERYWHERE,
    FOLDER,
    PLACEHOLDER,
    fill,
    read,
    wording_of,
    wordings,
)
from shared.access.reads import read_fact
from shared.kernel import Fact
from tests.support.manner import FORBIDDEN

AGREES = re.compile(r"\{actor\}[^.]*\b(?:est|a été|s’est) \w+(?:é|ée|u|ue|i|ie)\b")
SERVICES = ("assessment", "delivery", "directory", "network", "plans", "reporting")
for service in SERVICES:
    read_fact(service)
TOPICS = sorted(t for t in Fact.registry if t.partition(".")[0] in SERVICES)
ELISION = re.compile(
    r"\b(?:de|que|le|du|des)[ \u00a0]\{(\w+)\}|(?:d’|qu’|l’)\{(\w+)\}", re.IGNORECASE
)


def texts(wording):
    for form in (wording.told, wording.own):
        yield from (form or {}).values()


def names(template):
    return [name for name, *_ in PLACEHOLDER.findall(template)]


def test_all_services_are_there():
    assert len(TOPICS) > 120
    assert {t.partition(".")[0] for t in TOPICS} == set(SERVICES)


def test_every_fact_has_a_sentence_in_both_languages():
    assert [t for t in TOPICS if wording_of(t) is None] == [], "write it in sentences/"
    for topic in TOPICS:
        wording = wording_of(topic)
        for form in (wording.label, wording.told, wording.own or wording.told):
            assert form["fr"].strip(), topic
            assert form["en"].strip(), topic


def test_no_sentence_is_kept_for_a_fact_that_does_not_exist():
    kinds = {t.partition(".")[2] for t in TOPICS}
    spoken = {s for s in wordings() if s.count(".") < 2}

    assert {s for s in spoken if s not in TOPICS and s not in kinds} == set()


def test_both_languages_say_the_same_things():
    for name, wording in wordings().items():
        for form in (wording.told, wording.own):
            if form:
                assert sorted(names(form["fr"])) == sorted(names(form["en"])), name
                assert form["fr"].count("[") == form["en"].count("["), name


def test_every_placeholder_has_something_behind_it():
    used = {n for wording in wordings().values() for text in texts(wording) for n in names(text)}

    assert used - {*PLACEHOLDERS, *PIECES, "decision"} == set()


def all_texts():
    for name, wording in wordings().items():
        for form in (wording.label, wording.told, wording.own or {}):
            for language, text in form.items():
                yield name, language, text
    for section, found in read("parts").items():
        for one in [found] if "fr" in found else found.values():
            for language, text in one.items():
                yield section, language, text


def offends(language, text):
    """Why a text is not in the manner of the house, or nothing."""
    if FORBIDDEN.search(text):
        return "a word that judges, or that is not hers"
    if any(n in NAMES for found in ELISION.findall(text) for n in found):
        return "a name after « de », « que » or « le »"
    if language == "fr":
        if re.search(r" [:;?!%»]|« ", text):
            return "a space that breaks where none may"
        if "'" in text:
            return "a typewriter's apostrophe"
        if AGREES.search(text):
            return "a participle that agrees with a person"
    elif re.search(r"[«»\u00a0']", text):
        return "French typography in English"
    return None


def test_every_text_is_in_the_manner_of_the_house():
    found = [(name, text, why) for name, lang, text in all_texts() if (why := offends(lang, text))]

    assert found == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "{actor} a refusé l’objectif."),
        ("fr", "Le portrait de {actor}."),
        ("fr", "Il semble qu’{actor} vienne."),
        ("fr", "Le choix : le voici."),
        ("fr", "L'étoile"),
        ("fr", "{actor} est partie."),
        ("en", "{actor} failed."),
        ("en", "“It's”"),
    ],
)
def test_the_manner_can_be_offended(language, text):
    assert offends(language, text)


def test_all_files_of_the_folder_are_read():
    assert {f.stem for f in FOLDER.glob("*.json")} == {
        *SERVICES,
        EVERYWHERE,
        "parts",
        "coproduction",
    }


def test_what_people_wrote_is_put_in_as_it_is():
    wrote = "Un {piège} [et] un autre..."

    assert fill("Elle a dit : « {words}\u00a0».", {"words": wrote}.get, missing="") == (
        f"Elle a dit : « {wrote}\u00a0»"
    )


def test_a_group_without_its_value_is_left_out():
    assert fill("Fait.[ Pour : {due}.]", {}.get, missing="?") == "Fait."
    assert fill("Fait.[ Pour : {due}.]", {"due": "lundi"}.get, missing="?") == "Fait. Pour : lundi."


def test_a_value_that_must_be_there_and_is_not_is_said_to_be_missing():
    assert fill("{actor} dit oui.", {}.get, missing="(non précisé)") == "(non précisé) dit oui."


def test_what_has_an_and_of_its_own_is_set_apart_in_a_list():
    assert in_a_row(["a", "b", "c"], "fr-CA") == "a, b et c"
    assert in_a_row(["conseils", "écoute et affection"], "fr-FR") == (
        "conseils\u202f; écoute et affection"
    )
    assert (
        in_a_row(["advice", "listening and affection"], "en") == "advice; listening and affection"
    )
    assert in_a_row(["« Toi et moi »", "« Manger »"], "fr-CA") == "« Toi et moi » et « Manger »"
