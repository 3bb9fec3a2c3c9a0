from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST = 200
FILES = sorted(
    path
    for room in ("cosigne", "services", "shared", "bench")
    for path in (ROOT / room).rglob("*.py")
    if "__pycache__" not in path.parts
)
# one thought each, which splitting would scatter
WHOLE = {
    "shared/kernel.py": "the words every domain is written with, on one page",
}


def is_the_first_page(path: Path) -> bool:
    """Every fact of a service on one page: records without a line of behaviour."""
    return path.name == "events.py"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_is_one_thought(path):
    if is_the_first_page(path) or str(path.relative_to(ROOT)) in WHOLE:
        return
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= MOST, f"{lines} lines: split it by thought (another aggregate, another view)"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_no_file_is_a_drawer(path):
    assert path.stem not in {"utils", "util", "helpers", "misc", "common", "tools"}


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_a_file_says_first_what_it_is(path):
    text = path.read_text("utf-8")
    assert not text.strip() or text.startswith('"""')


def test_every_room_is_known():
    rooms = {"api", "domain", "ledger", "messages", "messaging", "migrations", "views", "wiring"}
    rooms |= {"__init__", "__pycache__", "data", "sentences"}
    for service in (ROOT / "services").iterdir():
        # the portal keeps no events; its rooms are listed where its imports are
        if service.is_dir() and service.name not in ("__pycache__", "portal"):
            assert {path.stem for path in service.iterdir()} <= rooms, service.name
