"""The README's five minutes and the tutorial, typed as they stand into a shell."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cosigne.embedded.ports import free_port
from tests.cosigne.running.test_run import running
from tests.support.postgres import place

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
ASKED = re.compile(r"^\$ (cosigne .+)$", re.MULTILINE)
DAY = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (shutil.which("bash") and shutil.which("curl")), reason="a shell and curl are needed"
    ),
]


def section(page, title):
    text = (ROOT / page).read_text("utf-8")
    begins = text.index(f"## {title}")
    ends = text.find("\n## ", begins + 3)
    return text[begins : ends if ends > 0 else None]


def typed(*texts, port):
    """The commands of all blocks, as one session on this machine's port."""
    script = "\n".join(
        told for text in texts for told in (*BLOCK.findall(text), *ASKED.findall(text))
    )
    script = script.replace(". .venv/bin/activate", "").replace("8765", str(port))
    # views follow within moments; a person types slower than this
    return script.replace("\ncosigne audit", "\nsleep 2; cosigne audit")


def promised(*texts):
    """What the blocks say will be answered, without what differs from one machine to the next."""
    lines = "\n".join(block for text in texts for block in BLOCK.findall(text)).split("\n")
    told, answer = [], []
    for line in [*lines, ""]:
        if line.startswith("# "):
            answer.append(line[2:].strip())
        elif answer:
            told.append(answer)
            answer = []
    return [plain(part) for answer in told for part in parts(answer)]


def parts(answer):
    """A trail is promised line by line; a sentence may be broken where the page is narrow."""
    trail = any("“" in line or "[words" in line for line in answer)
    return answer if trail else [" ".join(answer)]


def plain(text):
    return re.sub(r"\s+", " ", DAY.sub("DAY", ID.sub("ID", text))).strip()


def test_what_the_readme_and_the_tutorial_promise_is_what_comes():
    port = free_port()
    pages = (
        section("README.md", "Five minutes"),
        (ROOT / "docs" / "tutorials" / "first-portrait.md").read_text("utf-8"),
    )
    trail = section("README.md", "The trail of one decision")
    with place() as folder, running(folder, port, demo=True):
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", typed(*pages, trail, port=port)],
            cwd=folder,
            env={
                **os.environ,
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "COSIGNE_DATA": str(folder / "data"),
                "COSIGNE_LANG": "en",
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        came = plain(done.stdout)
        lacking = [line for line in promised(*pages) if line not in came]
        assert lacking == [], done.stdout
        assert len(promised(*pages)) >= 10
        followed = ID.findall(trail)
        assert [one for one in followed if one not in done.stdout] == [], done.stdout
        assert len(set(followed)) >= 5
