"""Each setting is declared once, with its meaning; what is read is declared, and the other way round."""

import re
from pathlib import Path

import pytest

from cosigne.reference.settings import PAGE, declared, page
from shared.settings import DATABASE_ROLES, KEYS, SERVICES

ROOT = Path(__file__).parents[2]
READ = re.compile(r"\bCOSIGNE_[A-Z_]*[A-Z]\b")
GIVEN = re.compile(r'(?:given\.(?:text|path|networks|seconds|yes)|whole)\(\s*"([A-Z_]+)"')
ADMINISTRATOR = re.compile(r'given\.administrator\("([A-Z_]+)"')  # its URL, its password
# told from parent to child; nobody sets them
INNER = {"COSIGNE_LIFELINE"}
EACH = {
    "COSIGNE_<SERVICE>_URL": {f"COSIGNE_{s.upper()}_URL" for s in SERVICES},
    "COSIGNE_<SERVICE>_<ROLE>_DATABASE_URL": {
        f"COSIGNE_{s.upper()}_{r.upper()}_DATABASE_URL"
        for s in (*SERVICES, KEYS)
        for r in DATABASE_ROLES
    },
}


def read_in_code():
    texts = [
        path.read_text("utf-8")
        for room in ("cosigne", "services", "shared", "clients/python")
        for path in (ROOT / room).rglob("*.py")
        if path != ROOT / "cosigne" / "reference" / "settings.py"
    ]
    named = {name for text in texts for name in READ.findall(text)}
    named |= {f"COSIGNE_{name}" for text in texts for name in GIVEN.findall(text)}
    named |= {
        f"COSIGNE_{name}_{part}"
        for text in texts
        for name in ADMINISTRATOR.findall(text)
        for part in ("URL", "PASSWORD")
    }
    named |= {f"COSIGNE_{name.upper()}_DATABASE_URL" for name in (*SERVICES, KEYS)}
    of_each = set().union(*EACH.values())
    return {n.removesuffix("_FILE") for n in named - INNER - of_each} - {"COSIGNE_SERVICE_URL"}


def test_what_is_read_is_declared_and_what_is_declared_is_read():
    assert declared().keys() - EACH.keys() == read_in_code()


@pytest.mark.parametrize("name", declared())
def test_a_setting_says_what_it_means_and_who_reads_it(name):
    one = declared()[name]
    assert len(one.meaning) > 5
    assert one.read_by


def test_what_is_secret_is_said_to_be():
    secret = {one.name for one in declared().values() if one.secret}
    assert {name for name in declared() if re.search(r"SECRET|PASSWORD|TOKEN\b", name)} <= secret


def test_the_page_of_the_reference_is_the_declaration():
    assert PAGE.read_text("utf-8") == page(), "run: make docs"
