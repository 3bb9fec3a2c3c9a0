"""The demo itself: told once however often it is told, and gone on with wherever it was cut off."""

from collections import Counter
from typing import Any

import pytest

from cosigne.demo.door import Door
from cosigne.demo.stories import CHAPTERS, STORIES, TOLD, chapter_of, moments_of, tell
from cosigne.demo.teller import waiting
from cosigne.people import find
from shared.postgres.pool import connect
from tests.journeys.killed import FELIX
from tests.journeys.told import Told, without_reads


def test_told_again_it_records_nothing_again(told: Told, door: Door) -> None:
    before = recorded(told)
    teller = tell(door, at_its_time(told))
    told.installation.clock.at = None

    assert recorded(told) == before
    assert teller.recorded == told.teller.recorded


def recorded(told: Told) -> dict[str, int]:
    """How many entries each service has sealed, looks apart."""
    told.installation.settled()
    counts = {}
    for service in told.installation.front.services:
        with connect(told.installation.settings.conninfo(service, "relay")) as relay:
            (counts[service],) = relay.execute(
                "SELECT count(*) FROM published WHERE envelope->>'type' NOT LIKE '%record_read'"
            ).fetchone()
    return counts


def at_its_time(told: Told) -> Any:
    def clock(at: Any) -> None:
        told.installation.clock.at = at

    return clock


def test_killed_anywhere_and_begun_again_it_is_told_whole_and_once(told: Told) -> None:
    assert told.deaths > 5
    trail = without_reads(told.trail(FELIX.person))
    scene = ["directory.person_registered", "directory.care_relation_started"]
    assert Counter(e["type"].split(".")[1] for e in trail) == Counter(
        [*(name.split(".")[1] for name in scene), *expected(FELIX.chapter)]
    )
    assert [e["entry"] for e in trail[2:]] == [
        entry
        for moment in moments_of((FELIX.chapter,))
        for entry in told.teller.recorded[moment.place]
    ]


def expected(chapter: int) -> list[str]:
    """Each event of the cast, and a confirmation by each who was not signed in."""
    events = chapter_of(chapter)[1]
    return [
        kind
        for event in events
        for kind in (event["type"], *("contribution_confirmed" for _ in waiting(event)))
    ]


def test_every_story_of_this_issue_and_what_happens_besides_is_in_it() -> None:
    assert STORIES == (1, 2, 3, 4, 5, 6, 7, 8, 9)
    assert len(CHAPTERS) == len(set(CHAPTERS)) > len(STORIES)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_left_untold_is_what_other_services_will_record(chapter: int | str) -> None:
    untold = {e["type"] for e in chapter_of(chapter)[1] if e["type"] not in TOLD}
    assert untold <= {"record_read"}


def test_places_in_the_telling_are_never_given_twice(told: Told) -> None:
    places = [m.place for m in moments_of(CHAPTERS)]
    assert len(places) == len(set(places))
    entries = [e for place in told.teller.recorded.values() for e in place]
    assert len(entries) == len(set(entries))
    assert find("luc").tenant is not None
