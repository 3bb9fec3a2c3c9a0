"""A look at a person's record is written down before it is answered, by whichever operation."""

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import orjson
import pytest

from shared.postgres.pool import connect
from tests.matrix import (  # noqa: F401 - each tells
    calls_answers,
    calls_delivery,
    calls_directory,
    calls_reporting,
)
from tests.matrix.calls import prepared
from tests.support.clients import ask
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-two-houses")
ROOT = Path(__file__).parents[2]
ABOUT_HER = [o for o in every_operation() if o.about_her]
READS = [pytest.param(o, id=str(o)) for o in ABOUT_HER if not o.changes]
COMMANDS = [pytest.param(o, id=str(o)) for o in ABOUT_HER if o.changes]
READERS = ("practitioner", "relative", "stand_in", "officer", "auditor", "administrator")


@pytest.fixture
def written(installation, server):
    """The facts that stand about a person in a service, sealed or not, as nobody filters them."""

    def read(operation, person):
        name = installation.settings.databases[operation.service].rsplit("/", 1)[-1]
        with connect(server.conninfo(name)) as admin:
            rows = admin.execute(
                "SELECT envelope::text FROM events WHERE subject_id = %s ORDER BY seq", (person,)
            ).fetchall()
        return [orjson.loads(row[0]) for row in rows]

    return read


@contextmanager
def unwritable(installation, server, service) -> Iterator[None]:
    """Nothing can be written down in this service."""
    name = installation.settings.databases[service].rsplit("/", 1)[-1]
    role = f"{service}_combine"
    columns = "tenant_id, stream_id, version, subject_id, command_id, envelope, body"
    with connect(server.conninfo(name)) as admin:
        admin.execute(f"REVOKE INSERT ({columns}) ON events FROM {role}")
        try:
            yield
        finally:
            admin.execute(f"GRANT INSERT ({columns}) ON events TO {role}")


@pytest.mark.parametrize("operation", READS)
def test_every_look_of_another_is_kept_before_it_is_answered_and_hers_never(
    operation, ours, written
):
    call = prepared(operation, ours)
    looked = 0
    for who in READERS:
        before = len(written(operation, call.places["person"]))
        answer = ask(ours.client(who), operation, call)
        if answer.status_code != 200:
            continue
        looked += 1
        new = written(operation, call.places["person"])[before:]
        assert [fact["type"] for fact in new] == [f"{operation.service}.record_read"], who
        assert new[0]["actor"] == ours[who]
    assert looked, "nobody but herself may ask this: it shows nothing about reads"
    before = written(operation, call.places["person"])
    assert ask(ours.client("person"), operation, call).status_code == 200
    assert written(operation, call.places["person"]) == before


@pytest.mark.parametrize("operation", READS)
def test_a_look_that_cannot_be_kept_is_not_answered(operation, ours, installation, server):
    call = prepared(operation, ours)
    who = next(w for w in READERS if ask(ours.client(w), operation, call).status_code == 200)
    with unwritable(installation, server, operation.service):
        answer = ask(ours.client(who), operation, call)
        assert answer.status_code in (500, 503), answer.text
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert set(answer.json()) <= {"type", "title", "status", "detail", "code", "instance"}
        # what is hers she still reads: there is nothing to write down about it
        assert ask(ours.client("person"), operation, call).status_code == 200
    assert ask(ours.client(who), operation, call).status_code == 200


@pytest.mark.parametrize("operation", COMMANDS)
def test_whoever_is_answered_about_her_leaves_a_trace_also_when_nothing_changes(
    operation, ours, written
):
    call = prepared(operation, ours)
    if ours[call.who] == str(call.places["person"]) or call.who == "neighbour":
        pytest.skip("hers to say, and hers to read")
    key = {"Idempotency-Key": "0197a0c2-6c1e-7d55-9b7a-2f3f0e6a4b99"}
    for again in range(3):
        before = len(written(operation, call.places["person"]))
        headers = key if again else None
        answer = ask(ours.client(call.who), operation, call, headers)
        new = written(operation, call.places["person"])[before:]
        if answer.status_code < 300:
            assert [f for f in new if f["actor"] == ours[call.who]], f"time {again + 1}"


def scopes() -> list[str]:
    """What is looked at, as each service writes it down."""
    trees = [ast.parse(p.read_text("utf-8")) for p in (ROOT / "services").rglob("api/*.py")]
    calls = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call))
    given = (k.value for call in calls for k in call.keywords if k.arg == "scope")
    return sorted({v.value for v in given if isinstance(v, ast.Constant)})


@pytest.mark.parametrize("scope", scopes())
def test_what_was_looked_at_has_a_name_in_both_languages(scope):
    words = orjson.loads((ROOT / "services/reporting/sentences/parts.json").read_bytes())
    assert set(words["scope"].get(scope, ())) >= {"fr", "en"}
