"""The tutorial of whoever develops a partner's system, typed as it stands, beside a real sandbox."""

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from cosigne.embedded.ports import free_port
from tests.cosigne.running.test_run import all_gone, surroundings
from tests.journeys.test_readme import BLOCK, plain
from tests.support.postgres import place

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "tutorials" / "first-event.md"
SOON = 120
# what differs from one run to the next: which event comes, and how many came before
EVENT = re.compile(r"\borg\.cosigne\.plans\.[a-z_]+\.v1")
NUMBER = re.compile(r"\b\d+\b")
LOST = re.compile(r"^lost (\d+) on purpose\ngap \1-\1", re.MULTILINE)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("first_event"),
    pytest.mark.skipif(
        not all(map(shutil.which, ("bash", "curl", "make"))), reason="a shell, curl and make"
    ),
]


def blocks():
    """The first starts the sandbox; the last is JavaScript's."""
    return BLOCK.findall(PAGE.read_text("utf-8"))


@contextmanager
def sandbox(folder, port, start):
    """Started as the page says, a little faster; stopped as one does, by Ctrl-C."""
    process = subprocess.Popen(
        ["bash", "-c", f"exec {start} PORT={port}"],
        cwd=ROOT,
        env=surroundings(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # a terminal of its own, where Ctrl-C counts
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "in all." in line:
                break
        assert "The sandbox is ready" in "".join(said), "".join(said)
        household = psutil.Process(process.pid).children(recursive=True)
        assert household
        yield "".join(said)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        rest, _ = process.communicate(timeout=SOON)
    assert "Everything has stopped" in rest
    assert all_gone(household)


@pytest.fixture(scope="module")
def typed():
    """What the whole page answers, typed into one shell."""
    start, *others = blocks()
    if shutil.which("node") is None:
        others.pop()
    ports = {"8770": str(free_port()), "8771": str(free_port())}
    script = re.sub("|".join(ports), lambda m: ports[m[0]], "\n".join(others))
    with place() as folder, sandbox(folder, free_port(), f"{start.strip()} PAUSE=1") as said:
        shutil.copytree(ROOT / "clients", folder / "clients")
        (folder / ".venv" / "bin").mkdir(parents=True)
        (folder / ".venv" / "bin" / "cosigne").symlink_to(Path(sys.executable).parent / "cosigne")
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", script],
            cwd=folder,
            env={
                **surroundings(folder),
                # what pip would fetch is here already, and so is what it builds with
                "PYTHONPATH": next(p for p in sys.path if p.endswith("site-packages")),
                "PIP_NO_INDEX": "1",
                "PIP_NO_BUILD_ISOLATION": "0",  # pip's way of saying: without it
                "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        yield said, done


def shown(line):
    return plain(NUMBER.sub("N", EVENT.sub("TYPE", plain(line))))


def part(done, number):
    """What came from one listening to the next: the client in Python, then the example."""
    return done.stdout.split("listening on ")[number]


def test_what_the_tutorial_promises_is_what_comes(typed):
    _, done = typed
    assert done.returncode == 0, done.stdout + done.stderr
    came = "\n".join(map(shown, done.stdout.splitlines()))
    told = [line[2:] for block in blocks() for line in block.splitlines() if line.startswith("# ")]
    assert [line for line in told if shown(line) not in came] == [], done.stdout
    assert len(told) >= 9


def test_one_that_was_lost_is_repaired_and_each_comes_once_and_in_order(typed):
    _, done = typed
    python = part(done, 1)
    lost = [int(number) for number in LOST.findall(python)]
    taken = [int(line.split()[0]) for line in python.splitlines() if " org.cosigne." in line]
    assert lost
    assert set(lost) < set(taken)
    assert taken == list(range(1, len(taken) + 1))
    assert f"nothing is missing up to {taken[-1]}" in python


@pytest.mark.skipif(shutil.which("node") is None, reason="Node is needed")
def test_the_example_in_javascript_takes_in_the_same(typed):
    _, done = typed
    python, javascript = part(done, 1), part(done, 2)
    assert LOST.search(javascript)
    first = re.findall(r"^(\d+) (org\.cosigne\.\S+)", python, re.MULTILINE)
    second = re.findall(r"^(\d+) \S+ (org\.cosigne\.\S+)", javascript, re.MULTILINE)
    assert second[: len(first)] == first
    assert [int(number) for number, _ in second] == list(range(1, len(second) + 1))


def test_a_sandbox_says_that_nobody_in_it_exists_and_lets_webhooks_come_here(typed):
    said, _ = typed
    assert "do not exist" in said
    assert "Webhooks may go to 127.0.0.1, here only." in said
