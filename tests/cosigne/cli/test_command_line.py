import json
import os
import re
from argparse import Namespace
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest

from cosigne.cli import COMMANDS, MODULES, main
from cosigne.cli.asking import asking_as
from cosigne.cli.import_ import door_of
from cosigne.embedded.home import Home
from cosigne.people import find
from cosigne.words import words_for
from shared.settings import KEYS, SERVICES

ROOT = Path(__file__).parents[3]
SAID = re.compile(r'(?:say|line)\(\s*"([a-z_.]+)"')


@pytest.fixture
def in_english(monkeypatch):
    monkeypatch.setenv("COSIGNE_LANG", "en")


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A home where Cosigne was started once."""
    folder = tmp_path / "data"
    (folder / "postgres").mkdir(parents=True)
    (folder / "postgres" / "port").write_text("1")
    (folder / "port").write_text("9999")
    monkeypatch.setenv("COSIGNE_DATA", str(folder))
    return folder


@pytest.mark.parametrize(
    ("told", "locales"),
    [
        ({"LANG": "fr_CA.UTF-8"}, ("fr-CA",)),
        ({"LANG": "fr_BE.UTF-8"}, ("fr",)),
        ({"LANG": "en_CA.UTF-8"}, ("en",)),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "en_US.UTF-8"}, ("en",)),
        ({"LANG": "fr_FR.UTF-8", "COSIGNE_LANG": "en"}, ("en",)),
        ({"LANG": "C.UTF-8"}, ("fr", "en")),
        ({}, ("fr", "en")),
    ],
)
def test_it_speaks_the_terminals_language_or_else_both(told, locales):
    assert words_for(told).locales == locales


def test_every_sentence_it_may_say_exists_in_both_languages():
    said = {
        code
        for path in (ROOT / "cosigne").rglob("*.py")
        for code in SAID.findall(path.read_text("utf-8"))
    }
    said |= {f"help.{name}{more}" for name in COMMANDS for more in ("", ".long")}
    for locale in ("fr", "en"):
        words = words_for({"COSIGNE_LANG": locale})
        assert [code for code in sorted(said) if words.say(code) == code] == []


def test_every_file_of_a_command_is_reachable():
    files = {path.stem for path in (ROOT / "cosigne" / "cli").glob("*.py")}
    beside = {"__init__", "here", "asking", "moving", "working"}
    assert files - beside == {MODULES.get(name, name) for name in COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name, capsys, monkeypatch):
    for locale in ("fr", "en"):
        monkeypatch.setenv("COSIGNE_LANG", locale)
        with pytest.raises(SystemExit) as left:
            main([name, "--help"])
        assert left.value.code == 0
        told = capsys.readouterr().out
        assert "help." not in told
        assert len(told.split("\n\n")[1]) > 40


def claims(token):
    middle = token.split(".")[1]
    return json.loads(urlsafe_b64decode(middle + "=" * (-len(middle) % 4)))


def test_a_token_says_who_it_is_for_and_nothing_more(home, capsys):
    assert main(["token", "--as", "luc"]) == 0
    told = claims(capsys.readouterr().out.strip())
    luc = find("luc")
    assert told["sub"] == luc.subject
    assert told["cosigne_tenant"] == str(luc.tenant)
    assert told["iss"] == "http://127.0.0.1:9999/issuer"
    assert luc.name not in json.dumps(told, ensure_ascii=False)


def test_the_same_key_signs_the_next_token(home, capsys):
    heads = []
    for _ in range(2):
        main(["token", "--as", "luc"])
        heads.append(capsys.readouterr().out.split(".")[0])
    assert heads[0] == heads[1]


def test_a_token_for_nobody_is_refused(home, capsys, in_english):
    assert main(["token", "--as", "nobody-of-that-name"]) == 1
    assert "nobody-of-that-name" in capsys.readouterr().err


def test_without_a_name_it_says_who_there_is(capsys):
    assert main(["token"]) == 0
    told = capsys.readouterr().out
    assert "luc" in told
    assert "eli" in told


def test_no_token_is_made_for_another_issuer(home, capsys, monkeypatch, in_english):
    monkeypatch.setenv("COSIGNE_OIDC_ISSUER", "https://id.example")
    assert main(["token", "--as", "luc"]) == 1
    assert capsys.readouterr().out == ""


def test_before_the_first_start_it_says_what_to_do(tmp_path, monkeypatch, capsys, in_english):
    monkeypatch.setenv("COSIGNE_DATA", str(tmp_path / "nothing"))
    assert main(["status"]) == 1
    assert "cosigne run" in capsys.readouterr().err
    assert not (tmp_path / "nothing").exists()


def test_when_the_database_is_down_it_says_what_to_do(home, capsys, in_english):
    assert main(["status"]) == 1
    told = capsys.readouterr().err
    assert "cosigne run" in told
    assert "Traceback" not in told


def test_migrating_wants_an_administrators_url(home, capsys, in_english, monkeypatch):
    monkeypatch.setenv("COSIGNE_MODE", "production")
    assert main(["migrate"]) == 1
    assert "COSIGNE_" in capsys.readouterr().err


@pytest.mark.parametrize("size", ["0", "0.0001", "1.5", "-1"])
def test_the_real_size_is_never_exceeded(size, home, in_english, capsys):
    assert main(["demo", "--scale", "--size", size]) == 1
    assert "not between 0.001 and 1" in capsys.readouterr().err


def test_rebuilding_nothing_in_particular_says_what_there_is(home, in_english, capsys):
    assert main(["rebuild"]) == 1
    assert "cosigne rebuild --all" in capsys.readouterr().err


def settings_of(home):
    databases = {name: f"postgresql://127.0.0.1:1/{name}" for name in (*SERVICES, KEYS)}
    home.chmod(0o700)
    return Home.of().environment(9999, databases)


@pytest.fixture
def told(home, in_english, monkeypatch):
    """An installation that the environment names."""
    for name, value in settings_of(home).items():
        monkeypatch.setenv(name, value)


def test_nobody_is_erased_again_without_a_list(told, capsys):
    assert main(["erase", "--reapply"]) == 1
    assert "does not exist" in capsys.readouterr().err


@pytest.mark.parametrize("what", ["--check", "--resume", "--new-era"])
def test_a_log_is_not_compared_with_a_list_that_is_not_there(what, told, capsys, tmp_path):
    assert main(["positions", str(tmp_path / "none.jsonl"), what]) == 1
    assert "does not exist" in capsys.readouterr().err


def test_no_password_is_made_for_an_administrator_who_is_not_named(told, home, capsys):
    assert main(["erase", "--scan"]) == 1
    assert "COSIGNE_ADMIN_DATABASE_URL" in capsys.readouterr().err
    assert not (home / "postgres" / "password").exists()


def test_what_the_environment_names_is_served_there(told, monkeypatch):
    became = []
    monkeypatch.setattr("os.execv", lambda *_: became.append(dict(os.environ)))
    for name, value in {"SERVE": "plans, network", "BIND": "0.0.0.0:8080"}.items():
        monkeypatch.setenv(f"COSIGNE_{name}", value)
    main(["serve"])
    main(["serve", "--service", "plans", "--bind", "127.0.0.1:1"])
    kept = [(one["COSIGNE_SERVE"], one["COSIGNE_BIND"]) for one in became]
    assert kept == [("plans,network", "0.0.0.0:8080"), ("plans", "127.0.0.1:1")]


def test_nobody_serves_what_there_is_not(told, monkeypatch, capsys):
    monkeypatch.setenv("COSIGNE_SERVE", "plan")
    assert main(["serve"]) == 1
    assert "COSIGNE_SERVE" in capsys.readouterr().err


def test_a_token_may_be_kept_in_a_file(told, monkeypatch, tmp_path):
    kept = tmp_path / "token"
    kept.write_text("said by a file\n")
    monkeypatch.delenv("COSIGNE_TOKEN", raising=False)
    monkeypatch.setenv("COSIGNE_TOKEN_FILE", str(kept))
    asked = Namespace(key=None, person=None, lang="en")
    assert asking_as(asked, words_for({})).token == "said by a file"
    assert door_of(asked, words_for({})).token == "said by a file"


def test_nothing_is_relayed_where_there_is_no_kafka(home, capsys, in_english, monkeypatch):
    for name, value in settings_of(home).items():
        monkeypatch.setenv(name, value)
    assert main(["relay"]) == 1
    assert "COSIGNE_KAFKA" in capsys.readouterr().err


def test_brokers_that_do_not_answer_are_named(home, capsys, in_english, monkeypatch):
    nowhere = {"COSIGNE_KAFKA": "127.0.0.1:1"}
    for name, value in {**settings_of(home), **nowhere}.items():
        monkeypatch.setenv(name, value)
    assert main(["relay", "--published"]) == 1
    assert "127.0.0.1:1" in capsys.readouterr().err
