"""Never a count of how someone uses the tool, never a rank of anybody's work: no place to put one."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from cosigne.plans import plans
from shared.store.views import columns
from tests.support.operations import every_operation

MEASURING = re.compile(
    r"visit|session|login|sign_in_count|last_seen|active_days|duration|seconds|minutes|hesitat|"
    r"elapsed|dwell|keystroke|productiv|caseload|workload|response_time|rank(?!ed_by_her)|league|"
    r"score|target|quota|percentile|streak|completion",
    re.IGNORECASE,
)
# an order that she gives to her own stars is no rank of anyone
HERS = {"rank"}
# what views keep in figures, and why it counts nobody
FIGURES = {
    "position": "a place in the log",
    "version": "a place in a stream",
    "gpos": "a place in the log",
    "edition": "of a questionnaire",
    "number": "of a plan among hers",
    "generation": "of a key that signs what is sent",
}


def properties(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for inner in schema.values():
            yield from properties(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from properties(inner)


DOCUMENTS = {operation.service: operation.document for operation in every_operation()}


@pytest.mark.parametrize("service", DOCUMENTS)
def test_nothing_that_is_asked_or_answered_has_room_for_it(service):
    names = set(properties(DOCUMENTS[service]))

    assert len(names) > 20
    assert {name for name in names if MEASURING.search(name)} - HERS == set()


def test_the_search_finds_what_it_is_for():
    told = {"items": [{"properties": {"visits": {"properties": {"last_seen_at": {}}}}}]}

    assert all(MEASURING.search(name) for name in properties(told))
    assert len(list(properties(told))) == 2


VIEWS = [pytest.param(v, id=f"{n}.{v.name}") for n, p in plans().items() for v in p.all_views]


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_keeps_one(view):
    figures = {c.name for c in columns(view.row) if c.sql_type in ("bigint", "double precision")}

    assert figures - FIGURES.keys() == set(), "say why this counts nobody, or do not keep it"
    assert not [c.name for c in columns(view.row) if MEASURING.search(c.name)]
