"""What was backed up comes back, what had to go stays gone: a small `make drill`.

First the drill itself; then faults planted in what it restored, each of which it must see.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest

from bench.drill import lived
from bench.drill_checks import compared, missing, readable, unopened, unsealed
from bench.drill_manifest import faults
from bench.drill_product import Product
from bench.drill_run import Drill, drilled
from cosigne.erasing.scan import administered
from cosigne.positions.checked import check
from cosigne.positions.listed import PositionsList
from cosigne.positions.resuming import WentOn, go_on
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.settings import SERVICES, Settings
from tests.support.postgres import HASTE, place

LEASE, GRACE = 1.0, 0.2  # seconds: a process of this test forgets a key sooner
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("drill")]


@dataclass
class Restored:
    """Both servers are back, on other ports; nothing runs on them yet."""

    drill: Drill
    settings: Settings
    moment: datetime

    @property
    def words(self) -> list[str]:
        return [word for life in self.drill.doomed for word in life.words]


@pytest.fixture(scope="module")
def lost() -> Iterator[tuple[Drill, datetime]]:
    """Lives, a backup, a moment, erasures, and nothing left of either server."""
    with place() as folder:
        product = Product(folder / "product", grace=GRACE, lease=LEASE)
        with drilled(folder, product, **HASTE) as drill:
            yield drill, lived(drill, 4, 1, lambda _: None)


@pytest.fixture(scope="module")
def restored(lost) -> Iterator[Restored]:
    drill, moment = lost
    with drill.restored("again", until=moment) as settings:
        yield Restored(drill, settings, moment)
        drill.product.end()


def plant(settings: Settings, service: str, statement: str) -> int:
    """As whoever owns the server could, past every trigger and policy."""
    with connect(administered(settings, service)) as admin:
        admin.execute("SET session_replication_role = replica")
        return admin.execute(statement).rowcount


def test_a_backup_is_whole_and_one_byte_more_or_less_is_seen(lost):
    base = lost[0].data.base
    assert faults(base) == []
    version = base / "PG_VERSION"
    kept = version.read_bytes()
    for spoiled, fault in ((kept + b" ", "size"), (b"9" * len(kept), "digest")):
        version.write_bytes(spoiled)
        assert faults(base) == [f"PG_VERSION: {fault}"]
    version.unlink()
    assert faults(base) == ["PG_VERSION: missing"]
    version.write_bytes(kept)
    (base / "more").touch()
    assert faults(base) == ["more: not listed"]
    (base / "more").unlink()


def test_no_acknowledged_entry_is_lost_where_changes_are_streamed(lost):
    drill, _ = lost
    gone, listed = drill.lost("streamed", streamed=True)
    assert gone == []
    assert all(one.whole for one in listed)
    assert sum(one.verified for one in listed) > 0
    behind, _ = drill.lost("archived", streamed=False)
    assert behind, "an archive of whole segments lacks the last ones: else this shows nothing"


def test_everything_before_the_moment_is_there_and_nothing_after(restored):
    said = restored.drill.ledger
    before = said.before(restored.moment)
    assert before
    assert missing(restored.settings, before) == []
    assert len(missing(restored.settings, said.said)) == len(said.said) - len(before)


def test_what_was_listed_is_there_and_a_leaf_that_was_changed_is_found(restored):
    settings, listed = restored.settings, restored.drill.listed
    found = {one.service: one for one in check(settings, listed)}
    assert all(found[name].wrong == [] for name in SERVICES)
    assert found["assessment"].verified > 0
    assert found["assessment"].beyond > 0
    changed = "UPDATE log SET leaf = sha256(leaf) WHERE gpos = 1"
    with connect(administered(settings, "plans")) as admin:
        (leaf,) = admin.execute("SELECT leaf FROM log WHERE gpos = 1").fetchone()
    assert plant(settings, "plans", changed) == 1
    with pytest.raises(Refused, match=r"positions\.altered"):
        go_on(settings, listed, give_up=True)
    plant(settings, "plans", f"UPDATE log SET leaf = '\\x{leaf.hex()}' WHERE gpos = 1")


def test_what_is_known_outside_is_given_up_knowingly_or_not_at_all(restored):
    settings, listed = restored.settings, restored.drill.listed
    given_up = {name: beyond(restored, name) for name in SERVICES}
    with pytest.raises(Refused, match=r"positions\.lacking"):
        go_on(settings, listed, give_up=False)
    # a view that came from a later backup than the log it follows, and tells of what is given up
    ahead = (
        "UPDATE lane_cursor SET gpos = 1 + (SELECT gpos FROM published_head) "
        "WHERE consumer = 'people_v1' AND lane = -1"
    )
    assert plant(settings, "directory", ahead) == 1
    assert plant(settings, "directory", "UPDATE people_v1 SET name = 'Later'") > 0
    done = {one.service: one for one in go_on(settings, listed, give_up=True)}
    assert done == {
        name: WentOn(name, 2, count, ("directory.people_v1",) if name == "directory" else ())
        for name, count in given_up.items()
    }
    assert {one.given_up for one in go_on(settings, listed, give_up=False)} == {0}


def beyond(restored: Restored, service: str) -> int:
    furthest = max(x.gpos for x in restored.drill.listed.all() if x.service == service)
    with connect(restored.settings.conninfo(service, "relay")) as relay:
        return furthest - relay.execute("SELECT gpos FROM published_head").fetchone()[0]


def test_who_was_erased_is_readable_until_the_list_is_applied_again(restored):
    settings = restored.settings
    assert unopened(settings) == 0, "a key that did not come back"
    assert readable(settings, restored.words), "the search does not see what is there"
    restored.drill.product.work(settings)
    assert restored.drill.erase_again(settings) == 1
    assert readable(settings, restored.words) == []


def test_it_serves_again_and_views_are_what_the_logs_say(restored):
    settings, ledger = restored.settings, restored.drill.ledger
    restored.drill.serve(settings)
    new = [one for one in ledger.said if one.at > restored.moment][-5:]
    assert unsealed(settings, new) == []
    found = compared(settings)
    assert (found.which, found.different, found.parked) == ((), 0, 0)
    assert found.rows > 0

    again = PositionsList(restored.drill.elsewhere / "in the new era.jsonl")
    again.write(settings)
    assert {(one.era, one.wrong == [], one.beyond) for one in check(settings, again)} == {
        (2, True, 0)
    }
    row = (
        "UPDATE people_v2 SET name = 'Someone else' WHERE ctid = (SELECT max(ctid) FROM people_v2)"
    )
    assert plant(settings, "directory", row) == 1
    assert compared(settings, ["directory"]).different == 2, "one row too many, one too few"


def test_an_acknowledged_entry_that_is_not_there_is_missed(restored):
    last = restored.drill.ledger.said[-1]
    gone = f"DELETE FROM events WHERE envelope ->> 'id' = '{last.entry}'"
    assert missing(restored.settings, [last]) == []
    assert plant(restored.settings, last.service, gone) == 1
    assert missing(restored.settings, [last]) == [last]
