"""Every refusal of the directory has a sentence in French and in English."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[3]
SERVICE = ROOT / "services" / "directory"
CODE = re.compile(r'(?:Refused|Invalid|NotFound|Denied|Stale)\(\s*"([a-z_.]+)"')


def sentences(locale):
    told = {}
    for folder in (ROOT / "shared" / "messages", SERVICE / "messages"):
        told |= tomllib.loads((folder / f"{locale}.toml").read_text("utf-8"))
    return told


def test_every_code_has_both_sentences():
    codes = {c for file in SERVICE.rglob("*.py") for c in CODE.findall(file.read_text("utf-8"))}
    assert len(codes) > 40
    for locale in ("fr", "en"):
        assert codes - sentences(locale).keys() == set()


def test_both_languages_say_the_same_codes_with_the_same_values():
    mine = [
        tomllib.loads((SERVICE / "messages" / f"{locale}.toml").read_text("utf-8"))
        for locale in ("fr", "en")
    ]
    assert mine[0].keys() == mine[1].keys()
    for code in mine[0]:
        values = [set(re.findall(r"{(\w+)}", told[code])) for told in mine]
        assert values[0] == values[1], code


def test_an_override_says_only_what_is_said_elsewhere():
    own = tomllib.loads((SERVICE / "messages" / "fr-FR.toml").read_text("utf-8"))
    assert own.keys() <= sentences("fr").keys()
