import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
TARGETS = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)


def test_the_locks_name_no_place_to_fetch_from():
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text("utf-8")
        assert "://" not in text
        assert "--index" not in text
        assert "--find-links" not in text


def test_every_locked_package_has_its_hashes():
    for lock in ROOT.glob("requirements*.lock"):
        wanted = [part for part in lock.read_text("utf-8").split("\n") if "==" in part]
        assert wanted
        assert all(line.rstrip().endswith("\\") for line in wanted)


def test_what_runs_is_what_was_developed_with():
    run, develop = (
        dict(re.findall(r"^([a-z0-9-]+)==([^ ;]+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert run.items() <= develop.items()


def test_continuous_integration_runs_the_readmes_test_command():
    assert "make test" in (ROOT / ".ci" / "run").read_text("utf-8")
    assert "make test" in (ROOT / "README.md").read_text("utf-8")


def test_every_make_target_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert set(phony.group(1).split()) == set(TARGETS.findall(makefile))


def test_every_data_file_is_installed_with_its_package():
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    patterns = told["tool"]["setuptools"]["package-data"]["*"]
    packed = {pattern.rpartition(".")[2] for pattern in patterns}
    kinds = {
        path.suffix[1:]
        for room in ("cosigne", "services", "shared")
        for path in (ROOT / room).rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc"}
    }
    assert kinds <= packed


def test_nothing_kept_leads_out_of_the_house():
    """A link to a folder of one machine makes another machine run something else."""
    asked = ["git", "-C", str(ROOT), "ls-files", "--stage"]
    kept = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.splitlines()
    assert [line for line in kept if line.startswith("120000")] == []
