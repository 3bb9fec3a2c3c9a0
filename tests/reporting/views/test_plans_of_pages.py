"""However long the history, a page reads its own rows: an index leads there, nothing is passed over."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.reporting.views.asking import BY_LIFE, Asked, rows
from shared.postgres.pool import connect, in_tenant
from tests.support.installation import Installation

LONG, OTHERS, PAGE = 20_000, 20_000, 21
# one in a hundred is a decision, another one a look; the rest are answers
FILL = """
INSERT INTO {trail} (tenant_id, subject_id, entry, source, type, position, leaf, stream, version,
  recorded_at, occurred_at, precision, actor, author, contributors, setting, decision, readable,
  body, answers, because_of)
SELECT %(tenant)s::uuid, CASE WHEN n <= %(long)s::int THEN %(person)s::uuid ELSE gen_random_uuid() END,
  gen_random_uuid(), 'assessment',
  CASE WHEN n %% 100 = 50 THEN 'assessment.record_read' ELSE 'assessment.theme_rated' END,
  n, '\\x00', gen_random_uuid(), n, %(at)s::timestamptz + n * interval '1 minute',
  %(at)s::timestamptz - n * interval '1 minute', 'instant', %(person)s, %(person)s, '{{"all": []}}', 'alone',
  n %% 100 = 0, true, '{{}}', '{{"all": []}}', '[]'
FROM generate_series(1, %(long)s::int + %(others)s::int) n
"""


class Said:
    """Takes down what is asked, and answers nothing."""

    def execute(self, statement: str, values: Any) -> Said:
        self.asked = (statement, values)
        return self

    def fetchall(self) -> list[Any]:
        return []


@pytest.fixture(scope="module")
def long_history(installation: Installation) -> tuple[UUID, UUID]:
    """An organisation that nobody else asks about, and the person with the long history in it."""
    tenant, person = uuid4(), uuid4()
    at = datetime(2024, 1, 1, tzinfo=UTC)
    settings = installation.settings
    asked = {"tenant": tenant, "person": person, "at": at, "long": LONG, "others": OTHERS}
    trail = installation.table("reporting", "trail")
    with connect(settings.conninfo("reporting", "reader")) as reader:
        reader.execute(FILL.format(trail=trail), asked)
    with connect(settings.conninfo("reporting", "owner")) as owner:
        owner.execute(f"ANALYZE {trail}")
    return tenant, person


@pytest.mark.parametrize(
    "page",
    [
        {"by": BY_LIFE},
        {},
        {"newest_first": True},
        {"by": BY_LIFE, "decisions": True},
        {"by": BY_LIFE, "decisions": True, "newest_first": True},
        {"looks": True},
        {"looks": True, "newest_first": True},
    ],
    ids=["timeline", "trail", "trail back", "decisions", "decisions back", "looks", "looks back"],
)
def test_a_page_of_a_long_history_reads_its_own_rows_only(
    installation: Installation, long_history: tuple[UUID, UUID], page: dict[str, Any]
) -> None:
    tenant, person = long_history
    said: Any = Said()
    rows(said, tenant, Asked(person=person, **page), None, PAGE)
    statement, values = said.asked
    desk = installation.front.services["reporting"].desk
    with in_tenant(desk.pool, tenant) as connection:
        explained = connection.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", values)
        (told,) = explained.fetchone() or ([],)
    nodes = list(within(told[0]["Plan"]))
    assert nodes[0]["Actual Rows"] == PAGE
    # no sort, and no scan but of the index; Result is where row-level security asks whose rows
    assert {node["Node Type"] for node in nodes} <= {"Limit", "Result", "Index Scan"}
    assert sum(node.get("Rows Removed by Filter", 0) for node in nodes) == 0
    assert nodes[-1]["Actual Rows"] == PAGE


def within(node: dict[str, Any]) -> Any:
    yield node
    for inner in node.get("Plans", ()):
        yield from within(inner)
