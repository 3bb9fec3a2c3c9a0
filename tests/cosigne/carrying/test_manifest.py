"""What comes from elsewhere is read as what it may be: somebody else's, and altered."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest

from cosigne.carrying.folder import MANIFEST, Manifest, Part
from shared.kernel import Refused


@pytest.fixture
def folder(tmp_path):
    """An export of one service, in which nothing happened."""
    made = Manifest(str(uuid4()), "Maison des essais", "2026-11-28T12:00:00+00:00", "0.1.0")
    made.services["plans"] = Part("plans.jsonl")
    made.write(tmp_path)
    return tmp_path


def altered(folder, **changes):
    told = json.loads((folder / MANIFEST).read_text("utf-8"))
    (folder / MANIFEST).write_text(json.dumps(told | changes), "utf-8")


def test_what_was_written_is_read_again(folder):
    assert Manifest.read(folder).services == {"plans": Part("plans.jsonl")}


@pytest.mark.parametrize("file", ["../plans.jsonl", "/dev/zero", "directory.jsonl", "", 7])
def test_a_manifest_leads_to_no_file_but_its_own(folder, file):
    altered(folder, services={"plans": {"file": file}})
    with pytest.raises(Refused, match=r"restore\.altered"):
        Manifest.read(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"organisation": "../.."},
        {"erased": ["she"]},
        {"erased": 3},
        {"more": 1},
        {"services": []},
        {"services": {"plans": {"file": "plans.jsonl", "more": 1}}},
    ],
)
def test_what_is_no_manifest_is_refused_in_words(folder, changes):
    altered(folder, **changes)
    with pytest.raises(Refused, match=r"restore\.no_export"):
        Manifest.read(folder)


def test_another_edition_is_said_to_be_one(folder):
    altered(folder, edition=2)
    with pytest.raises(Refused, match=r"restore\.other_format"):
        Manifest.read(folder)
