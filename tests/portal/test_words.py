"""Every sentence of the portal: in both languages, short, plain, respectful, and used."""

import re
import tomllib
from pathlib import Path

import pytest

from shared.http.messages import placeholders
from tests.support.manner import QUOTED, faults

PORTAL = Path(__file__).parents[2] / "services" / "portal"
GROUPS = sorted(folder for folder in (PORTAL / "messages").iterdir() if folder.is_dir())
LANGUAGES = ("fr", "en")
LONGEST = 24  # words in a sentence; twice as many as plain language likes on the average
# words of offices and of the trade, with what the portal says instead
HARD = {
    "fr": r"usager|alter|cote|bilan|coproduct\w+|attestation|horodat\w+|consentement éclairé|"
    r"subséquent\w*|préalablement|ultérieur\w*|nonobstant|modalités?|afin que|dans le cadre de|"
    r"procéder à|effectuer|susmentionné\w*|le cas échéant|au niveau de|problématique|"
    r"intervention|assessment|feedback|cliquez",
    "en": r"alter|assessment|co-?produc\w+|attest\w+|timestamp|prior to|subsequent\w*|"
    r"notwithstanding|pursuant|utili[sz]e|facilitate|in order to|thereof|herein|modalit\w+|"
    r"stakeholders?|intervention|click here",
}
END = re.compile(r"[.?!…:;](?:\s|$)|\n")


def told(group: Path, language: str) -> dict[str, str]:
    return tomllib.loads((group / f"{language}.toml").read_text("utf-8"))


SENTENCES = [
    pytest.param(language, sentence, id=f"{language}-{code}")
    for group in GROUPS
    for language in LANGUAGES
    for code, sentence in told(group, language).items()
]


@pytest.mark.parametrize("group", GROUPS, ids=lambda g: g.name)
def test_what_is_said_in_one_language_is_said_in_the_other(group):
    french, english = told(group, "fr"), told(group, "en")
    assert french.keys() == english.keys()
    for code, sentence in french.items():
        assert placeholders(sentence) - {"delay", "house"} == placeholders(english[code]) - {
            "delay",
            "house",
        }, code


def test_no_two_groups_say_the_same_code():
    codes = [code for group in GROUPS for code in told(group, "fr")]
    assert len(codes) == len(set(codes)), sorted({c for c in codes if codes.count(c) > 1})


@pytest.mark.parametrize(("language", "sentence"), SENTENCES)
def test_a_sentence_is_short_and_plain(language, sentence):
    for part in END.split(sentence):
        assert len(part.split()) <= LONGEST, f"too long to read at once: {part}"
    assert not faults(sentence, language)
    ours = QUOTED.sub("", sentence)
    hard = re.search(rf"\b(?:{HARD[language]})\b", ours, re.IGNORECASE)
    assert not hard, f"a hard word: {hard}"


def sources() -> str:
    files = [*PORTAL.rglob("*.py"), *PORTAL.rglob("*.html")]
    return "\n".join(file.read_text("utf-8") for file in files)


def test_every_code_that_a_page_says_has_its_sentence():
    codes = {code for group in GROUPS for code in told(group, "fr")}
    said = set(re.findall(r"""say\(\s*["']([a-z0-9_.]+)["']\s*[,)]""", sources()))
    assert said
    assert said <= codes, said - codes


def test_no_sentence_is_left_that_no_page_says():
    """A code is found whole, or its beginning is, where a page puts the rest to it."""
    text = sources()
    codes = {code for group in GROUPS for code in told(group, "fr")}
    begun = set(re.findall(r"""["']((?:[a-z0-9_]+\.)+|[a-z0-9_]+[_.])["']\s*(?:~|\+)""", text))
    begun |= set(re.findall(r"""f["']((?:[a-z0-9_]+\.)+[a-z0-9_]*)\{""", text))
    begun |= set(re.findall(r"""["']([a-z0-9_]+(?:\.[a-z0-9_]+)*[._])["']\s*~""", text))
    unused = {
        code
        for code in codes
        if f'"{code}"' not in text
        and f"'{code}'" not in text
        and not any(code.startswith(start) for start in begun)
        and not code.startswith("sign_in.")  # what another room refuses by
    }
    assert not unused
