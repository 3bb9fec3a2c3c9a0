import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOMAIN = sorted(
    [
        *ROOT.glob("services/*/domain/*.py"),
        *ROOT.glob("shared/coproduction/*.py"),
        ROOT / "shared" / "kernel.py",
    ]
)
# what a domain may know besides itself: the language, and the library's words for an event
LANGUAGE = {
    "__future__",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "hashlib",
    "itertools",
    "math",
    "operator",
    "re",
    "types",
    "typing",
    "unicodedata",
    "uuid",
    "zoneinfo",
}
EVENTSOURCING = {"eventsourcing.domain"}
# a well-kept library of pure functions, where the domain is what it computes, or compares in a
# time that tells nothing of how near a guess came
COMPUTING = {
    "services/network/domain/measures.py": {"networkx"},
    "services/reporting/domain/openings.py": {"hmac"},
    "services/delivery/domain/names.py": {"hmac"},
}


def imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_every_import_follows_the_contracts():
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", DOMAIN, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_domain_knows_the_language_and_the_librarys_events_only(path):
    outside = {
        name
        for name in imported(path) - COMPUTING.get(str(path.relative_to(ROOT)), set())
        if name.split(".")[0] not in {*LANGUAGE, "services", "shared"} and name not in EVENTSOURCING
    }
    assert outside == set()


@pytest.mark.parametrize("path", DOMAIN, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_domain_reads_no_clock_and_draws_no_lots(path):
    tree = ast.parse(path.read_text("utf-8"))
    called = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    impure = {"datetime.now", "date.today", "datetime.utcnow", "uuid4", "uuid1", "open", "print"}
    assert called & impure == set()


def test_the_environment_is_read_in_the_settings_and_by_what_is_installed_only():
    readers = {
        str(path.relative_to(ROOT))
        for room in ("services", "shared")
        for path in (ROOT / room).rglob("*.py")
        if "os.environ" in path.read_text("utf-8")
    }
    assert readers <= {"shared/settings.py"}
