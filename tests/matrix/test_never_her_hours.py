"""Never her hours, nor how often she was there: others read on which day she wrote, not when."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.matrix.aiming import tried
from tests.matrix.quiet import Quiet, around, begun, planted, rated, spared
from tests.matrix.scene import made_scene
from tests.support.operations import every_operation

pytestmark = pytest.mark.xdist_group("matrix-two-houses")
# whatever the zone, she writes at 17 seconds past 33 minutes past some hour
MINUTE, SECOND = 33, 17
# told to the second, or to the minute; a 33rd second of something else is not it
HOUR = re.compile(rf":{MINUTE}:{SECOND}|T\d\d:{MINUTE}(?=[+\-Z\"])")
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
OTHERS = ("practitioner", "stand_in", "relative", "auditor", "administrator", "manager")


@pytest.fixture(scope="module")
def hours(installation):
    quiet = Quiet(made_scene(installation))
    for step in (begun, rated, around, spared):
        step(quiet)
    s, now = quiet.scene, datetime.now(UTC)
    at = now.replace(minute=MINUTE, second=SECOND, microsecond=0)
    at = at if at > now else at + timedelta(hours=1)
    installation.clock.at = at
    try:
        planted(quiet)
        to = {"audience": [s["relative"]], "my_team": True}
        parts = {"parts": ["quality_of_life", "strengths"]}
        s.made("person", "assessment", f"{quiet.path}/sharings", to | parts)
        s.made("person", "network", s.her("/network/sharings"), to)
        s.settled()
        # those who read are told the hour of their own reading
        installation.clock.at = at + timedelta(minutes=10, seconds=10)
        s.kept["planted"] = quiet.planted
        yield s
    finally:
        installation.clock.at = None
        s.leave()


def read(scene, operation, who):
    return [
        answer
        for answer in tried(operation, scene, who, scene.client(who), entry=scene["entry"])
        if answer.status_code == 200
    ]


READS = [o for o in every_operation() if not o.changes]


@pytest.mark.parametrize("operation", [pytest.param(o, id=str(o)) for o in READS])
def test_others_read_the_day_and_not_the_hour(operation, hours):
    for who in OTHERS:
        for answer in read(hours, operation, who):
            found = HOUR.findall(answer.text)
            assert found == [], f"{who}: {around_of(answer.text)}"
            told = [UUID(i) for i in IDS.findall(answer.text + str(answer.headers))]
            moments = [datetime.fromtimestamp((i.int >> 80) / 1000, UTC) for i in told]
            assert [m for m in moments if (m.minute, m.second) == (MINUTE, SECOND)] == [], who


def around_of(text):
    found = HOUR.search(text)
    return text[max(0, found.start() - 200) : found.end() + 60]


def test_she_herself_reads_when_it_was(hours):
    told = "".join(answer.text for o in READS for answer in read(hours, o, "person"))
    assert HOUR.search(told)


def test_others_do_read_what_she_wrote_then(hours):
    told = "".join(answer.text for o in READS for answer in read(hours, o, "practitioner"))
    assert [word for word in hours.kept["planted"] if word in told]
