"""What must never happen is held by tests: each that the page names exists, each line has one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reference" / "what-never-happens.md").read_text("utf-8")
NAMED = re.findall(r"^- `([^`]+)`$", PAGE, re.MULTILINE)
PROMISES = re.split(r"\n(?=[A-Z])", PAGE.split("\n## ", 1)[1])


@pytest.mark.parametrize("named", NAMED)
def test_the_test_exists(named):
    file, _, name = named.partition("::")

    assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), named


@pytest.mark.parametrize("promise", [p for p in PROMISES if "\n" in p and p.strip()])
def test_a_promise_has_a_test_that_holds_it(promise):
    assert promise.split("\n## ")[0].count("\n- `tests/") >= 1, promise
