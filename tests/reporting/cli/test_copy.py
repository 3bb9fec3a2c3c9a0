"""`cosigne copy`: her whole record in two files that she alone can open."""

import json
from argparse import Namespace

import pytest

from cosigne.cli import asking, copy_
from cosigne.words import Words
from shared.kernel import Refused
from tests.reporting.api.scene import Scene, story


@pytest.fixture
def copied(house, monkeypatch, tmp_path):
    def take(who, **given):
        token = who.client.headers["Authorization"].removeprefix("Bearer ")
        monkeypatch.setenv("COSIGNE_TOKEN", token)
        monkeypatch.setattr(asking, "settings_here", lambda: house.installation.settings)
        usual = {"key": None, "lang": "fr", "to": str(tmp_path / "copy")}
        told = {**usual, "person": str(house.person.id), **given}
        copy_.command(Namespace(**told), Words(("fr",)))
        return tmp_path / "copy"

    return take


def test_she_takes_it_all_with_her(house, copied, capsys):
    scene = Scene(house)
    story(scene)
    scene.settled()
    folder = copied(house.person)
    lines = [json.loads(line) for line in (folder / "record.ndjson").read_text().splitlines()]
    assert lines[0]["format"] == "cosigne.copy"
    assert lines[-1]["entries"] == len(lines) - 2 > 5
    assert (folder / "record.html").read_text().rstrip().endswith("</html>")
    assert {oct(file.stat().st_mode & 0o777) for file in folder.iterdir()} == {"0o600"}
    assert "record.ndjson" in capsys.readouterr().out


def test_nobody_else_takes_one_and_where_it_cannot_be_written_it_says_so(house, copied, tmp_path):
    with pytest.raises(Refused) as refused:
        copied(house.practitioner)
    assert refused.value.code == "cli.answered"
    (tmp_path / "taken").write_text("")
    with pytest.raises(Refused) as refused:
        copied(house.person, to=str(tmp_path / "taken"))
    assert refused.value.code == "copy.not_written"
