"""Erasing goes on where it was, whoever was killed; and what is being written meanwhile is not kept.

`listed`: as after a restore, so that nobody else's worker takes the steps that are watched here.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from uuid import uuid4

import pytest

from cosigne.erasing.listed import ErasureList, Wanted
from cosigne.erasing.one_service import OneService
from cosigne.erasing.person import Erasing
from cosigne.erasing.work import ErasingWork
from cosigne.plans import plans
from cosigne.running.rebuilding import anew
from shared.http.service import keys_of
from shared.kernel import Refused
from shared.postgres.pool import connect
from shared.settings import SERVICES
from shared.store.subjects import SubjectLog
from shared.store.told import Teller
from tests.support.installation import PATIENCE, House, Installation, eventually

STAGES = [
    "closed",
    "waiting_for_the_last_word",
    "purging",
    "destroyed",
    "waiting_for_other_processes",
    "certified",
]


@contextmanager
def worker(installation: Installation) -> Iterator[Erasing]:
    """Another process's: keys and connections of its own, nothing remembered."""
    with keys_of(installation.settings) as keys, ExitStack() as opened:
        made = [OneService(installation.settings, plan, keys) for plan in plans().values()]
        for service in made:
            opened.callback(service.close)
        yield Erasing(installation.settings, keys, made, grace=0.2)


def wanted_of(house: House) -> Wanted:
    return Wanted(house.tenant, house.person.id, uuid4(), house.officer.id)


def go_on(
    work: Erasing, wanted: Wanted, until: Callable[[str], bool], patience: float = PATIENCE
) -> str:
    """Step by step until a stage; which it was."""
    end = time.monotonic() + patience
    while not until(stage := work.step(wanted, listed=True)):
        assert time.monotonic() < end, f"it stays at {stage}"
        time.sleep(0.1)
    return stage


def sign(house: House) -> str:
    """She says something; the word of the answer."""
    path = f"/directory/v1/persons/{house.person.id}/rights"
    word = f"mot{uuid4().hex}"
    answer = house.person.client.post(path, json={"right": "copy", "words": word})
    return word if answer.status_code == 201 else answer.json()["code"]


def test_killed_after_any_step_another_worker_goes_on(house: House) -> None:
    sign(house)
    wanted = wanted_of(house)
    seen: list[str] = []
    while "certified" not in seen:
        with worker(house.installation) as work:
            seen.append(go_on(work, wanted, lambda now: now not in seen))
    assert seen == [stage for stage in STAGES if stage in seen]
    assert {"closed", "destroyed", "certified"} <= set(seen)
    with worker(house.installation) as work:
        go_on(work, wanted, lambda now: now == "certified")
    assert {name: said(house, name) for name in SERVICES if said(house, name)} == {"directory": 1}
    assert [w for w in ErasureList(house.installation.settings.list_of_erasures).all()
            if w == wanted] == [wanted]  # fmt: skip


def said(house: House, service: str) -> int:
    with connect(house.installation.settings.conninfo(service, "reader")) as reader:
        return reader.execute(
            "SELECT count(*) FROM events WHERE tenant_id = %s AND subject_id = %s "
            "AND envelope ->> 'type' = %s",
            (house.tenant, house.person.id, f"{service}.person_erased"),
        ).fetchone()[0]


def test_what_is_written_while_she_is_erased_is_not_left_behind(house: House) -> None:
    wanted, stop, told = wanted_of(house), threading.Event(), []

    def writing() -> None:
        while not stop.is_set():
            told.append(sign(house))

    writers = [threading.Thread(target=writing) for _ in range(2)]
    for writer in writers:
        writer.start()
    with worker(house.installation) as work:
        time.sleep(0.5)
        go_on(work, wanted, lambda now: now == "certified")
    stop.set()
    for writer in writers:
        writer.join()
    house.installation.settled()
    words = {x for x in told if x.startswith("mot")}
    assert words, "nobody wrote anything: the race was not run"
    refusals = {"person.unknown", "person.erased", "caller.unknown"}
    assert {x for x in told if not x.startswith("mot")} <= refusals
    settings = house.installation.settings
    with connect(settings.conninfo("directory", "reader")) as reader:
        after, parked = reader.execute(
            "SELECT (SELECT count(*) FROM events e JOIN log l USING (xid, seq) WHERE "
            "e.subject_id = %(her)s AND e.envelope ->> 'key' LIKE 'subject.%%' AND l.gpos > "
            "(SELECT max(l.gpos) FROM events e JOIN log l USING (xid, seq) WHERE e.subject_id = "
            "%(her)s AND e.envelope ->> 'type' = 'directory.person_erased')), "
            "(SELECT count(*) FROM parked WHERE subject_id = %(her)s)",
            {"her": house.person.id},
        ).fetchone()
        rows = reader.execute(
            "SELECT count(*) FROM requests WHERE subject_id = %s", (house.person.id,)
        ).fetchone()[0]
    assert (after, parked, rows) == (0, 0, 0)


def test_it_does_not_wait_for_a_moment_in_which_nobody_else_writes(house: House) -> None:
    """An index is a little behind for as long as an organisation works: its end is never reached."""
    sign(house)
    wanted, stop = wanted_of(house), threading.Event()

    def writing() -> None:
        while not stop.wait(0.005):
            house.add("someone", "practitioner")

    writers = [threading.Thread(target=writing) for _ in range(3)]
    for writer in writers:
        writer.start()
    try:
        with worker(house.installation) as work:
            directory = work.services[0]
            mark = directory.mark()
            eventually(lambda: directory.is_past(mark))
            assert all(directory.is_past(mark) for _ in range(100)), "past once, past for good"
            go_on(work, wanted, lambda now: now == "certified")
    finally:
        stop.set()
        for writer in writers:
            writer.join()


def test_it_goes_by_the_index_that_is_kept_now(house: House) -> None:
    """Once the index by subject was built anew, nobody brings the version before it up to date."""
    settings = house.installation.settings
    with keys_of(settings) as keys:
        for service in SERVICES:
            anew(settings, service, SubjectLog(service), (Teller(keys), None), accept=False)
    sign(house)
    with worker(house.installation) as work:
        go_on(work, wanted_of(house), lambda now: now == "certified")


def test_other_processes_no_longer_open_her_words_within_a_lease(house: House) -> None:
    sign(house)
    wanted = wanted_of(house)
    with keys_of(house.installation.settings) as elsewhere:
        assert elsewhere.opening_key(house.tenant, house.person.id, 1) is not None
        with worker(house.installation) as work:
            go_on(work, wanted, lambda now: now == "certified")
        assert elsewhere.opening_key(house.tenant, house.person.id, 1) is None
    assert sign(house) in ("person.unknown", "caller.unknown")


def test_what_hinders_an_erasure_is_not_taken_for_its_being_called_off(house: House) -> None:
    erasures = ErasureList(house.installation.settings.list_of_erasures)
    wanted, before = wanted_of(house), erasures.file.read_bytes() if erasures.file.exists() else b""
    with worker(house.installation) as work:
        # nobody granted it: the directory says so
        assert ErasingWork.step(work, wanted) == "erasure.unknown"
        try:
            go_on(work, wanted, lambda now: now == "closed")
            erasures.file.write_bytes(before + b"torn {\n")
            with pytest.raises(Refused, match=r"erase\.line"):
                ErasingWork.step(work, wanted)
        finally:
            erasures.file.write_bytes(before)
            go_on(work, wanted, lambda now: now == "certified")


def test_what_hinders_one_organisations_erasure_holds_up_no_other(house, other_house) -> None:
    due = [wanted_of(house), wanted_of(other_house)]
    folder = house.installation.settings.keys_folder
    master, away = (folder / f"{house.tenant}{end}" for end in (".key", ".away"))
    with worker(house.installation) as work:
        master.rename(away)
        try:
            with pytest.raises(Refused, match=r"keys\.missing"):
                ErasingWork.step(work, due[0])
            stages = [ErasingWork.tried(work, wanted) for wanted in due]
        finally:
            away.rename(master)
    # of the other one its own directory says what it is: nothing that was ever granted
    assert stages == ["hindered", "erasure.unknown"]


def test_a_list_that_is_not_there_is_not_taken_for_one_that_is_empty(tmp_path) -> None:
    erasures = ErasureList(tmp_path / "erasures.jsonl")
    with pytest.raises(Refused, match=r"erase\.no_list"):
        erasures.found()
    erasures.file.touch()
    assert list(erasures.found()) == []


def test_a_line_that_cannot_be_read_is_not_passed_over(tmp_path) -> None:
    file = tmp_path / "erasures.jsonl"
    wanted = Wanted(uuid4(), uuid4(), uuid4(), uuid4())
    erasures = ErasureList(file)
    erasures.add(wanted)
    erasures.add(wanted)
    assert list(erasures.all()) == [wanted]
    assert file.stat().st_mode & 0o077 == 0
    file.write_text(file.read_text() + "torn {\n")
    with pytest.raises(Refused, match=r"erase\.line"):
        list(erasures.all())
