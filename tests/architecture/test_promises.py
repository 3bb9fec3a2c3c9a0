"""What is promised is held: each test or bench that a page names exists, each promise has one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / "reference" / name for name in ("what-never-happens.md", "promises.md")]
TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)
TESTS = re.findall(r"^- `(tests/[^`]+)`$", TEXT, re.MULTILINE)
BENCHES = re.findall(r"^- `(bench/[^`]+)`: `make ([a-z-]+)`$", TEXT, re.MULTILINE)
TARGETS = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
PROMISES = [
    promise
    for page in PAGES
    for promise in re.split(r"\n(?=[A-Z])", page.read_text("utf-8").split("\n## ", 1)[1])
]


@pytest.mark.parametrize("named", dict.fromkeys(TESTS))
def test_the_test_exists(named):
    file, _, name = named.partition("::")

    assert re.search(rf"^def {name}\(", (ROOT / file).read_text("utf-8"), re.MULTILINE), named


@pytest.mark.parametrize(("named", "target"), BENCHES)
def test_the_bench_exists_and_can_be_run_by_its_name(named, target):
    assert (ROOT / named).exists()
    assert target in TARGETS


def test_nothing_else_is_named():
    assert len(TESTS) + len(BENCHES) == len(re.findall(r"^- ", TEXT, re.MULTILINE))


@pytest.mark.parametrize("promise", [p for p in PROMISES if "\n" in p and p.strip()])
def test_a_promise_has_a_test_or_a_bench_that_holds_it(promise):
    assert re.search(r"^- `(tests|bench)/", promise.split("\n## ")[0], re.MULTILINE), promise
