import json
import subprocess
from base64 import b64decode
from pathlib import Path
from uuid import UUID

import orjson
import pytest
from jsonschema import Draft202012Validator

from shared.contracts.schema import closed, path_of, plain, schema_of
from shared.contracts.shape import body_of
from shared.coproduction import entry_of
from shared.store.cipher import DataKey, leaf_of, unseal
from shared.store.codec import decode, encode
from shared.store.envelope import envelope_of
from shared.store.mapper import FactMapper
from shared.store.stored import Stored
from tests.golden import corpus
from tests.golden.add import written
from tests.support.registry import every_fact
from tests.support.sample import EverythingSaid, LineAnswered, LinePut, PersonForgotten

SAMPLES = {k.TOPIC: k for k in (EverythingSaid, LineAnswered, LinePut, PersonForgotten)}
FACTS = every_fact()
KNOWN = {**FACTS, **SAMPLES}
EVENTS = corpus.events()
READINGS = corpus.readings()


def each(lines):
    return [pytest.param(line, id=f"{line['type']} v{line['v']}") for line in lines]


LINES = each(EVENTS)
TODAYS = each(e for e in EVENTS if e["v"] == KNOWN[e["type"]].class_version)
PUBLISHED = each(e for e in EVENTS if e["type"] in FACTS)
ADD = "run `python -m tests.golden.add`, read what it appends, and commit it"


class LineKeys:
    """The key that stands in the line."""

    def __init__(self, line):
        self.key = DataKey(1, b64decode(line["key"]))

    def opening_key(self, tenant, subject, version):
        return self.key if version == 1 else None


def stored(line) -> Stored:
    envelope = json.loads(line["envelope"])
    return Stored(
        originator_id=UUID(envelope["stream"]),
        originator_version=envelope["version"],
        topic="",
        state=b64decode(line["sealed"]),
        tenant_id=UUID(envelope["tenant"]),
        subject_id=UUID(envelope["subject"]),
        command_id=UUID(envelope["command"]),
        envelope=line["envelope"].encode(),
    )


def read(line):
    return FactMapper(LineKeys(line)).to_domain_event(stored(line))


def test_every_fact_has_bytes_that_were_once_written():
    have = {(line["type"], line["v"]) for line in EVENTS}
    missing = [t for t, kind in KNOWN.items() if (t, kind.class_version) not in have]
    assert not missing, f"no line in tests/golden for {', '.join(missing)}: {ADD}"


def test_every_version_there_ever_was_has_bytes_that_were_once_written():
    have = {(line["type"], line["v"]) for line in EVENTS}
    every = {(t, v) for t, kind in KNOWN.items() for v in range(1, kind.class_version + 1)}
    assert not every - have, "a version was raised before its bytes were kept: take them from a log"


@pytest.mark.parametrize("line", LINES)
def test_old_bytes_open_and_stand_at_their_place_in_the_tree(line):
    envelope, sealed = line["envelope"].encode(), b64decode(line["sealed"])
    assert unseal(LineKeys(line).key, envelope, sealed) == line["body"].encode()
    assert leaf_of(envelope, sealed).hex() == line["leaf"]


@pytest.mark.parametrize("line", LINES)
def test_old_bytes_are_read_as_todays_fact(line):
    fact = read(line)
    kind = KNOWN[line["type"]]
    assert type(fact) is kind
    assert str(fact.id) == corpus.event_id(line)
    reads = json.loads(line["body"])
    if line["v"] < kind.class_version:
        pinned = (corpus.event_id(line), kind.class_version)
        assert pinned in READINGS, f"how {line['type']} v{line['v']} reads is not pinned: {ADD}"
        reads = READINGS[pinned]
    for part in body_of(kind).parts:
        assert plain(getattr(fact, part.name)) == reads.get(part.name, plain(part.default)), part


@pytest.mark.parametrize("line", TODAYS)
def test_todays_version_is_still_written_byte_for_byte(line):
    fact = read(line)
    key = json.loads(line["envelope"])["key"]
    assert envelope_of(fact, key).decode() == line["envelope"]
    # fields that were added since, with their defaults, are all that may come on top
    body, then = json.loads(encode(fact)), json.loads(line["body"])
    kept = orjson.dumps({k: v for k, v in body.items() if k in then}, option=orjson.OPT_SORT_KEYS)
    assert kept.decode() == line["body"]


@pytest.mark.parametrize("line", LINES)
def test_old_bytes_still_make_an_entry_of_their_stream(line):
    fact = read(line)
    entry = entry_of(fact)
    assert (entry.topic, entry.act, entry.readable) == (line["type"], fact.act, True)


@pytest.mark.parametrize("line", PUBLISHED)
def test_old_bytes_hold_what_their_contract_says_and_nothing_else(line):
    schema = json.loads(path_of(line["type"], line["v"]).read_text("utf-8"))
    check = Draft202012Validator(closed(schema), format_checker=Draft202012Validator.FORMAT_CHECKER)
    check.validate(json.loads(line["body"]))


def test_no_line_was_ever_changed_or_taken_away():
    here = Path(corpus.__file__).parent
    log = ["git", "log", "--format=", "-p", "--no-renames", "--", "*.jsonl"]
    done = subprocess.run(log, cwd=here, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("no history here")
    assert [line for line in done.stdout.splitlines() if line.startswith("-{")] == []


def test_a_new_fact_gets_a_line_that_reads_back():
    line = written(EverythingSaid, 4)
    assert encode(read(line)).decode() == line["body"]
    assert Draft202012Validator(closed(schema_of(EverythingSaid))).is_valid(
        orjson.loads(line["body"])
    )


def test_a_line_that_was_touched_is_noticed():
    line = written(EverythingSaid, 4)
    with pytest.raises(ValueError, match="envelope"):
        read({**line, "envelope": line["envelope"].replace('"together"', '"alone"')})


def test_an_older_line_is_brought_up_to_date_by_its_fact():
    old = next(line for line in EVENTS if (line["type"], line["v"]) == ("sample.line_put", 1))
    assert "line" in json.loads(old["body"])
    assert decode(LinePut, 1, old["body"].encode())[1] == {"text": "un mot", "language": "fr"}
