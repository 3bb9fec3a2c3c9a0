"""Removing what is old costs what there is of it, and not all that was ever sent."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from services.delivery.views.following import OLD, OLD_ATTEMPTS
from shared.postgres.pool import connect

RECENT = """
INSERT INTO delivery_attempt (tenant_id, subscription, sequence, at, outcome, milliseconds)
SELECT %s, gen_random_uuid(), n, clock_timestamp() - n * interval '1 second', 'done', 12
  FROM generate_series(1, 20000) n
"""


def test_it_is_found_by_its_time_whoevers_it_is(house):
    """A look every minute passes over nothing of what stays."""
    settings = house.installation.settings
    before = datetime.now(UTC) - timedelta(days=30)
    with connect(settings.conninfo("delivery", "reader")) as reader:
        reader.execute(RECENT, (uuid4(),))
        with connect(settings.conninfo("delivery", "owner")) as owner:
            owner.execute("ANALYZE delivery_attempt")
        asked = {"delivery_attempt_old": OLD_ATTEMPTS, "delivery_old": OLD}
        for index, statement in asked.items():
            plan = reader.execute(f"EXPLAIN {statement}", (before,)).fetchall()
            assert any(f" {index} " in line for (line,) in plan), plan
