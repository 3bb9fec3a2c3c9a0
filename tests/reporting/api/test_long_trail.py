"""A trail of very many entries goes out line by line, in the memory of a few."""

from pathlib import Path

import pytest

from shared.postgres.pool import connect
from tests.reporting.api.scene import Scene, story

MANY = 60_000
COPIES = """
INSERT INTO {trail} ({columns})
SELECT {values} FROM {trail} t, generate_series(1, %s) n
 WHERE t.tenant_id = %s AND t.type = 'plans.goal_agreed'
"""
MEGABYTE = 1024 * 1024


def resident():
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


def multiply(house, many):
    """Copies of one decision, each an entry of its own, put straight into the view's table."""
    trail = house.installation.table("reporting", "trail")
    conninfo = house.installation.settings.conninfo("reporting", "reader")
    with connect(conninfo) as reader:
        named = reader.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s", (trail,)
        ).fetchall()
        columns = [name for (name,) in named]
        other = {
            "entry": "gen_random_uuid()",
            "position": "1000 + n",
            "recorded_at": "t.recorded_at + n * interval '1 second'",
        }
        values = ", ".join(other.get(name, f"t.{name}") for name in columns)
        copies = COPIES.format(trail=trail, columns=", ".join(columns), values=values)
        assert reader.execute(copies, (many, house.tenant)).rowcount == many


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="asks Linux for the memory")
def test_very_many_entries_take_the_memory_of_a_few(house):
    scene = Scene(house)
    told = story(scene)
    scene.settled()
    multiply(house, MANY)
    path = f"/reporting/v1/persons/{house.person.id}/trail.ndjson"
    query = {"type": told.agreed.TOPIC}

    lines = size = 0
    before, most = resident(), 0
    with house.person.client.stream("GET", path, params=query, timeout=300) as answer:
        for chunk in answer.iter_raw():
            size += len(chunk)
            lines += chunk.count(b"\n")
            most = max(most, resident() - before)

    assert lines == MANY + 1
    assert size > 45 * MEGABYTE
    # server and client are this very process: both together keep a fraction of what went through
    assert most < 20 * MEGABYTE
