"""Told to stop, a server says so first, answers whoever it let in, and is gone: with real processes."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest

from shared.postgres.pool import connect
from tests.support.installation import eventually
from tests.support.separate import cosigne, environment_of

pytestmark = pytest.mark.slow
SOON = 120  # seconds, on a busy machine
PARTIES = "/directory/v1/parties"


@pytest.fixture
def given(house):
    house.installation.settled()
    return environment_of(house.installation.settings)


def serving(given, **more):
    words = ("serve", "--service", "directory", "--bind", "ADDRESS")
    return cosigne(*words, given={**given, **more})


def connected(process):
    host, _, port = process.at.partition(":")
    return http.client.HTTPConnection(host, int(port), timeout=SOON)


def nobody_is_there(process):
    host, _, port = process.at.partition(":")
    try:
        with socket.create_connection((host, int(port)), timeout=SOON):
            return False
    except ConnectionRefusedError:
        return True


def headers_of(house):
    token = house.administrator.client.headers["Authorization"]
    return {
        "Authorization": token,
        "Content-Type": "application/json",
        "Idempotency-Key": str(uuid4()),
    }


def someone():
    return json.dumps({"kind": "staff", "name": "Karim Belhadj"}).encode()


@dataclass
class Caller:
    """Registers one after the other until nobody is there; on one connection, or each on a new one."""

    process: object
    house: object
    keeps: bool
    entries: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def call(self):
        with closing(connected(self.process)) as line:
            while self.answered(line):
                if not self.keeps:
                    line.close()

    def answered(self, line):
        try:
            if line.sock is None:
                line.connect()
        except ConnectionRefusedError:
            return False
        try:
            line.request("POST", PARTIES, someone(), headers_of(self.house))
            answer = line.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException) as cut:
            self.other.append(repr(cut))
            return False
        if answer.status != 201:
            self.other.append(f"{answer.status} {told}")
            return False
        self.entries += told["entries"]
        return True


def test_it_says_first_that_it_is_not_ready_and_still_serves_until_nobody_comes(given):
    with serving(given, COSIGNE_DRAIN_SECONDS="20") as process:
        process.answers("/directory/v1/health/ready")
        usual = process.ask("/directory/v1/openapi.json")
        assert usual.headers["connection"] == "keep-alive"
        process.send(signal.SIGTERM)
        told = process.answers("/directory/v1/health/ready", 503)
        assert told.json()["checks"]["staying"] is False
        assert told.json()["checks"]["database"] is True
        process.answers("/directory/v1/health/live")
        served = process.ask("/directory/v1/openapi.json")
        assert served.status_code == 200
        assert served.headers["connection"] == "close", "they ask again where nobody leaves"
        process.send(signal.SIGTERM)  # told twice, it waits no longer
        assert process.ends() == 0


def test_without_a_time_to_drain_it_stops_at_once(given):
    with serving(given) as process:
        process.answers("/directory/v1/health/ready")
        process.send(signal.SIGTERM)
        assert process.ends() == 0


def test_a_request_under_way_is_answered_when_nobody_else_is_let_in(given, house):
    body = someone()
    with serving(given) as process, closing(connected(process)) as line:
        process.answers("/directory/v1/health/ready")
        line.putrequest("POST", PARTIES)
        for name, value in {**headers_of(house), "Content-Length": str(len(body))}.items():
            line.putheader(name, value)
        line.endheaders(body[:5])
        time.sleep(0.5)  # it has begun to read
        process.send(signal.SIGTERM)
        eventually(lambda: nobody_is_there(process), SOON)
        line.send(body[5:])
        answer = line.getresponse()
        assert (answer.status, json.loads(answer.read())["name"]) == (201, "Karim Belhadj")
        assert process.ends() == 0


def test_whoever_calls_while_it_is_told_to_stop_is_answered_whole_or_finds_nobody(given, house):
    with serving(given, COSIGNE_WEB_PROCESSES="2") as process:
        process.answers("/directory/v1/health/ready")
        callers = [Caller(process, house, keeps=n % 3 == 0) for n in range(12)]
        threads = [threading.Thread(target=caller.call, daemon=True) for caller in callers]
        for thread in threads:
            thread.start()
        eventually(lambda: sum(len(caller.entries) for caller in callers) > 40, SOON)
        process.send(signal.SIGTERM)
        for thread in threads:
            thread.join(SOON)
        assert process.ends() == 0
    assert [caller.other for caller in callers if caller.other] == []
    told = [entry for caller in callers for entry in caller.entries]
    with connect(house.installation.settings.conninfo("directory", "reader")) as reader:
        asked = "SELECT count(*) FROM events WHERE envelope ->> 'id' = ANY(%s)"
        assert reader.execute(asked, (told,)).fetchone() == (len(told),)


def test_where_one_of_its_processes_stops_alone_the_others_go_on_letting_in(given):
    with serving(given, COSIGNE_WEB_PROCESSES="2") as process:
        process.answers("/directory/v1/health/ready")
        children = Path(f"/proc/{process.process.pid}/task/{process.process.pid}/children")
        one, *_ = map(int, children.read_text("ascii").split())
        os.kill(one, signal.SIGTERM)
        eventually(lambda: str(one) not in children.read_text("ascii").split(), SOON)
        for _ in range(10):
            with closing(connected(process)) as line:
                line.request("GET", "/directory/v1/health/live")
                assert line.getresponse().status == 200


def test_a_connection_is_kept_for_longer_than_whoever_asks_keeps_it(given):
    with serving(given) as process, closing(connected(process)) as line:
        process.answers("/directory/v1/health/ready")
        for pause in (6, 0):  # clients of ours let it go after five seconds
            line.request("GET", "/directory/v1/health/live")
            assert line.getresponse().read()
            time.sleep(pause)
