"""What never becomes a request: sent byte by byte to the real server, as the product starts it."""

import json
import re
import socket
import subprocess
import sys
import time

import pytest

from tests.support.codes import ROOT
from tests.support.things import RATINGS

START = "from tests.support.things import thing_app; app = thing_app(largest_body=2000)"
TYPED = b"Host: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
POST = b"POST " + RATINGS.encode() + b" HTTP/1.1\r\n" + TYPED
GET = b"GET " + RATINGS.encode() + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"
GOOD = b'{"theme":"logement","value":70}'


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    folder = tmp_path_factory.mktemp("worker")
    (folder / "things_to_serve.py").write_text(START)
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    options = ["-b", f"127.0.0.1:{port}", "-k", "shared.http.worker.Worker", "--threads", "2"]
    options += ["--no-control-socket", "--pythonpath", f"{ROOT},{folder}"]
    command = [sys.executable, "-m", "gunicorn", *options, "things_to_serve:app"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 60
        while not answers(port):
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def answers(port):
    try:
        return b"200" in said(port, b"GET /v1/health/live HTTP/1.0\r\n\r\n").split(b"\r\n")[0]
    except OSError:
        return False


def said(port, raw):
    with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
        caller.sendall(raw)
        told = b""
        while more := caller.recv(65536):
            told += more
    return told


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (GET + b"Idempotency-Key: a\0b\r\n\r\n", 400, "request.unreadable"),
        (b"GET /v1/\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 400, "request.unreadable"),
        (b"nonsense\r\n\r\n", 400, "request.unreadable"),
        (POST + b"Content-Length: -5\r\n\r\n", 400, "request.unreadable"),
        (POST + b"Content-Length: 5\r\n" + CHUNKED, 400, "request.unreadable"),
        (GET + b"X: " + b"a" * 20_000 + b"\r\n\r\n", 431, "headers.too_large"),
        (b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n", 414, "route.too_long"),
        (POST + CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n", 400, "body.torn"),
        (POST + CHUNKED + (b"400\r\n" + b" " * 1024 + b"\r\n") * 6 + b"0\r\n\r\n", 413,
         "body.too_large"),
        (POST + b"Content-Length: 9999999\r\n\r\n", 413, "body.too_large"),
        (GET.replace(b"GET", b"BREW", 1) + b"\r\n", 405, "method.not_allowed"),
    ],
)  # fmt: skip
def test_what_is_no_request_gets_a_clear_problem(port, raw, status, code):
    head, _, body = said(port, raw).partition(b"\r\n\r\n")
    assert re.match(rb"HTTP/1\.1 (\d+)", head)[1] == str(status).encode()
    assert b"application/problem+json" in head
    told = json.loads(body)
    assert (told["status"], told["code"]) == (status, code)
    assert " " in told["detail"]


def test_a_good_body_in_chunks_arrives(port):
    raw = POST + CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD)
    head, _, body = said(port, raw).partition(b"\r\n\r\n")
    assert b" 201 " in head.split(b"\r\n")[0]
    assert json.loads(body)["value"] == 70


def test_after_someone_hangs_up_others_are_answered(port):
    for _ in range(4):
        with socket.create_connection(("127.0.0.1", port), timeout=20) as caller:
            caller.sendall(POST + b"Content-Length: 100\r\n\r\n{")
    assert answers(port)
