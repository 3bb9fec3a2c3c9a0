"""Whatever is killed, frozen or filled while lives go on, nothing that was acknowledged is lost.

`make faults` for as long as a test run has; for longer, and with other seeds, by hand.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.faults.__main__ import SEED
from bench.faults.planted import PLANTS
from bench.faults.run import Run, tried

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]
SECONDS = 30.0  # of trouble; twice as long to begin, to come to rest and to look


@pytest.fixture(scope="module")
def run() -> Run:
    # not in pytest's folder, which lets nobody else in: the server is another user
    with TemporaryDirectory(prefix="cosigne-faults-") as folder:
        return tried(Path(folder), SECONDS, SEED, print)


def test_every_acknowledged_entry_is_there_once_in_order_and_in_the_views(run: Run) -> None:
    assert not run.found.where
    assert not run.trouble, "what a retry does not cure"
    assert run.acknowledged > 300, "lives went on meanwhile"


def test_our_programs_and_what_they_stand_on_were_troubled_in_many_ways(run: Run) -> None:
    assert len(run.happened) > run.possible // 2, run.happened


def test_every_view_could_be_built_anew_and_was_the_same(run: Run) -> None:
    assert run.rebuilt > 40


@pytest.mark.parametrize("planted", PLANTS)
def test_a_planted_bug_is_seen(run: Run, planted: str) -> None:
    assert planted not in run.planted_missed
