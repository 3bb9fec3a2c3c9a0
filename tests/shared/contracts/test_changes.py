import json
import subprocess
import sys

import pytest

from shared.contracts.changes import broken, compared

BODY = {
    "$id": "urn:sample:v1",
    "type": "object",
    "properties": {
        "theme": {"type": "string"},
        "rank": {"type": ["integer", "null"]},
        "kind": {"type": "string", "enum": ["a", "b"]},
        "open": {"type": "string", "enum": ["a", "b"], "x-extensible": True},
        "of": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"name": {"type": "string"}},
                "required": ["name"],
            },
        },
    },
    "required": ["theme", "of"],
}


def changed(**properties):
    kept = {**BODY["properties"], **properties}
    return {**BODY, "properties": {k: v for k, v in kept.items() if v is not None}}


CHANGES = [
    ("field-removed", changed(rank=None), "rank was removed"),
    ("type-changed", changed(theme={"type": "integer"}), "theme: type was 'string', is 'integer'"),
    (
        "type-changed",
        changed(of={"type": "array", "items": {"type": "string"}}),
        "of[]: type was 'object', is 'string'",
    ),
    (
        "format-changed",
        changed(theme={"type": "string", "format": "uuid"}),
        "theme: format was None, is 'uuid'",
    ),
    (
        "default-changed",
        changed(rank={"type": ["integer", "null"], "default": 1}),
        "rank: default was None, is 1",
    ),
    ("field-made-optional", {**BODY, "required": ["of"]}, "theme was required"),
    ("field-made-required", {**BODY, "required": ["theme", "of", "rank"]}, "rank was optional"),
    (
        "new-required-field",
        {**changed(new={"type": "string"}), "required": ["theme", "of", "new"]},
        "new is new and required: give it a default",
    ),
    (
        "value-removed",
        changed(kind={"type": "string", "enum": ["a"]}),
        "kind: ['b'] can be no more",
    ),
    (
        "value-added",
        changed(kind={"type": "string", "enum": ["a", "b", "c"]}),
        "kind: ['c'] is new, and it was no open list",
    ),
    (
        "list-closed",
        changed(open={"type": "string", "enum": ["a", "b"]}),
        "open was a list that may grow",
    ),
    (
        "values-changed",
        changed(kind={"type": "string"}),
        "kind: enum was ['a', 'b'], is None",
    ),
    (
        "pattern-changed",
        changed(theme={"type": "string", "pattern": "^a"}),
        "theme: pattern was None, is '^a'",
    ),
    (
        "id-changed",
        {**BODY, "$id": "urn:sample:v2"},
        "the body: $id was 'urn:sample:v1', is 'urn:sample:v2'",
    ),
    (
        "bounds-changed",
        changed(theme={"type": "string", "maxLength": 3}),
        "theme: maxLength was None, is 3",
    ),
    (
        "value-changed",
        changed(theme={"type": "string", "const": "home"}),
        "theme: const was None, is 'home'",
    ),
]


@pytest.mark.parametrize(("rule", "now", "sentence"), CHANGES)
def test_a_change_that_would_break_a_consumer_breaks_one_rule_by_its_name(rule, now, sentence):
    [one] = broken(BODY, now)
    assert (one.rule, one.told) == (rule, sentence)


@pytest.mark.parametrize(
    "now",
    [
        BODY,
        changed(note={"type": ["string", "null"]}),
        changed(open={"type": "string", "enum": ["a", "b", "c"], "x-extensible": True}),
        {**BODY, "description": "said better"},
    ],
)
def test_what_may_be_absent_is_added_freely_and_an_open_list_grows(now):
    assert list(broken(BODY, now)) == []


def test_two_states_of_all_contracts_are_compared_by_one_command(tmp_path):
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        (folder / "sample").mkdir(parents=True)
        (folder / "sample" / "starred.v1.json").write_text(json.dumps(BODY))
    (after / "sample" / "new.v1.json").write_text(json.dumps(BODY))
    (before / "gone.v1.json").write_text(json.dumps(BODY))
    assert [(n, b.rule) for n, b in compared(before, after)] == [
        ("gone.v1.json", "contract-removed")
    ]
    (before / "gone.v1.json").unlink()
    command = [sys.executable, "-m", "shared.contracts.changes", before, after]
    assert subprocess.run(command, check=False).returncode == 0
    (after / "sample" / "starred.v1.json").write_text(json.dumps(changed(rank=None)))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stdout == "sample/starred.v1.json: field-removed: rank was removed\n"
