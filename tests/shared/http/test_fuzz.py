"""Whatever is sent, the answer is a success or a clear 4xx: never 500."""

import json
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.things import PERSON, RATINGS

NASTY = st.sampled_from(
    ["", "\0", "\ud800", "é", "🎈", "null", "{}", "../", "%s", "{0.__class__}", PERSON, "2026-01-16",
     "0000-00-00", "9" * 400, "1e400", "_schema", "a/b~c", "\u202e"]
)  # fmt: skip
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**300, max_value=10**301)
    | st.floats()
    | st.text(max_size=20)
    | NASTY
)
KEYS = NASTY | st.sampled_from(
    ["theme", "value", "comment", "count", "done", "goal", "when", "until", "visibility", "tags",
     "texts", "act", "contributors", "party", "part", "knowledge", "because_of", "occurred_at"]
)  # fmt: skip
VALUES = st.recursive(
    SCALARS, lambda v: st.lists(v, max_size=4) | st.dictionaries(KEYS, v, max_size=5), max_leaves=15
)
BODIES = st.one_of(VALUES, st.dictionaries(KEYS, VALUES, max_size=8)).map(
    lambda v: json.dumps(v).encode("utf-8", "surrogatepass")
)
MANY = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def fine(answer):
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        assert answer.json["code"]
        assert " " in answer.json["detail"]
        for error in answer.json.get("errors", ()):
            assert " " in error["detail"], error


@MANY
@given(BODIES)
def test_any_json(client, body):
    fine(client.post(RATINGS, data=body, content_type="application/json"))


@MANY
@given(st.binary(max_size=200))
def test_any_bytes(client, body):
    fine(client.post(RATINGS, data=body, content_type="application/json"))


@MANY
@given(
    st.dictionaries(
        st.sampled_from(["limit", "since", "x", ""]) | NASTY, NASTY | st.text(max_size=9)
    )
)
def test_any_query(client, query):
    clean = {
        k.encode("utf-8", "surrogatepass"): v.encode("utf-8", "surrogatepass")
        for k, v in query.items()
    }
    fine(client.get(RATINGS, query_string=clean))


@MANY
@given(st.text(alphabet=string.printable + "é\0\ufffd", max_size=30))
def test_any_path(client, rest):
    fine(client.get("/v1/persons/" + rest.replace("?", "%3F").replace("#", "%23")))


@MANY
@given(
    st.dictionaries(
        st.sampled_from(
            ["Accept-Language", "Accept", "Content-Type", "If-Match", "Idempotency-Key", "Range"]
        ),
        st.text(alphabet=string.printable.strip() + " ", max_size=40),
    )
)
def test_any_headers(client, headers):
    fine(client.post(RATINGS, data=b"{}", headers=headers))


@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "nonsense", ""])
def test_a_declared_charset_changes_nothing(client, charset):
    body = json.dumps({"theme": "é", "value": 7}, ensure_ascii=False).encode("utf-8")
    answer = client.post(RATINGS, data=body, content_type=f"application/json; charset={charset}")
    assert answer.status_code == 201
    assert answer.json["theme"] == "é"
