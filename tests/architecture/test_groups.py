import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MANY = """
import pytest

@pytest.mark.xdist_group("{group}")
@pytest.mark.parametrize("number", range(8))
def test_one(number):
    pass
"""


def test_what_belongs_together_is_run_by_one_worker(tmp_path):
    for name in ("here", "there"):
        (tmp_path / f"test_{name}.py").write_text(MANY.format(group=name), "utf-8")
    asked = ["-p", "tests.support.groups", "-p", "no:cacheprovider", "--numprocesses", "2"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--verbose", *asked, "--dist", "loadgroup", str(tmp_path)],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    ran = re.findall(r"\[(gw\d)\].*test_(\w+)\.py::test_one\[\d\]@(\w+)", done.stdout)
    assert len(ran) == 16, done.stdout + done.stderr
    assert {(module, group) for _, module, group in ran} == {("here", "here"), ("there", "there")}
    for module in ("here", "there"):
        assert len({worker for worker, of, _ in ran if of == module}) == 1
