import re
import threading

import httpx
import pytest
from werkzeug.serving import make_server

from shared.http.app import description_of, service_app
from shared.http.blueprint import Blueprint
from shared.http.document import OF_ALL, OF_CHANGES, operations, without_example
from shared.http.explorer import PAGE
from shared.http.messages import Sentences
from shared.http.watching import Watch
from tests.support.installation import eventually
from tests.support.things import RATINGS, SHARED, thing_app


@pytest.fixture
def document(app):
    return description_of(app)


def test_the_description_is_openapi_3_1_with_servers_and_sign_in(client, document):
    answer = client.get("/v1/openapi.json")
    assert answer.json == document
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "http://127.0.0.1/assessment"}]
    schemes = document["components"]["securitySchemes"]
    assert schemes["signIn"]["openIdConnectUrl"].startswith("http://127.0.0.1/issuer/.well-known")
    assert {next(iter(s)) for s in document["security"]} == set(schemes)


def test_every_operation_tells_its_problems_and_its_name(document):
    names = set()
    for path, method, operation in operations(document):
        expected = set(OF_ALL) | (set(OF_CHANGES) if method != "get" else set())
        assert {str(s) for s in expected} <= set(operation["responses"]), path
        names.add(operation["operationId"])
    assert len(names) == len(list(operations(document)))


def test_every_reference_leads_somewhere(document):
    references = set(re.findall(r'"\$ref": ?"#/([^"]+)"', thing_app().json.dumps(document)))
    assert references
    for reference in references:
        here = document
        for part in reference.split("/"):
            here = here[part]


def test_every_operation_has_an_example(document):
    assert without_example(document) == []


def test_an_operation_without_an_example_is_found(document):
    path, method, operation = next(o for o in operations(document) if o[1] == "post")
    del operation["requestBody"]["content"]["application/json"]["example"]
    assert without_example(document) == [f"{method.upper()} {path}"]


def test_the_bounds_of_a_field_are_told(document):
    fields = document["components"]["schemas"]["Thing"]["properties"]
    assert (fields["value"]["minimum"], fields["value"]["maximum"]) == (0, 100)
    assert (fields["theme"]["minLength"], fields["theme"]["maxLength"]) == (1, 80)
    assert fields["goal"]["format"] == "uuid"
    assert fields["visibility"]["enum"] == ["just_me", "chosen", "my_team"]


def test_a_blueprint_that_reads_leniently_is_not_served():
    from flask_smorest import Blueprint as Lenient

    lenient = Lenient("lenient", __name__)
    with pytest.raises(TypeError, match="Blueprint"):
        service_app("a", "A", [lenient], sentences=Sentences(SHARED))
    assert issubclass(Blueprint, Lenient)


def test_the_explorer_loads_nothing_from_elsewhere(client):
    page = client.get("/v1/explorer/")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    for name in ("explorer.css", "explorer.js"):
        assert client.get(f"/v1/explorer/{name}").status_code == 200
    everything = "".join(p.read_text("utf-8") for p in PAGE.iterdir())
    assert re.findall(r"https?://|@import|url\(|//cdn|innerHTML|eval\(", everything) == []
    # what a strict policy would forbid on the page itself
    assert re.findall(r"\son\w+=|style=|<script>|<style", (PAGE / "index.html").read_text()) == []


def test_the_explorer_finds_its_files_wherever_it_is_mounted(client):
    answer = client.get("/v1/explorer", headers={"X": "1"})
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/v1/explorer/")


@pytest.mark.parametrize("path", ["/v1/explorer/../app.py", "/v1/explorer/explorer.py"])
def test_the_explorer_serves_its_three_files_only(client, path):
    assert client.get(path).status_code == 404


def test_a_process_that_answers_is_live_and_ready_once_what_it_needs_is(caplog):
    away = {"answer": True}

    def broken():
        raise RuntimeError("password=secret")

    looked_at = {"database": lambda: away["answer"], "sealer": lambda: None}
    client = thing_app(ready=Watch(looked_at, every=0.01)).test_client()
    assert client.get("/v1/health/live").json == {"status": "live"}
    assert client.get("/v1/health/ready").status_code == 200
    away["answer"] = False
    seen = {"database": False, "sealer": True}
    eventually(lambda: client.get("/v1/health/ready").json["checks"] == seen)
    assert client.get("/v1/health/ready").status_code == 503
    assert client.get("/v1/health/live").status_code == 200
    torn = thing_app(ready={"database": broken}).test_client().get("/v1/health/ready")
    assert (torn.status_code, torn.json["checks"]) == (503, {"database": False})
    assert "secret" not in torn.text


# ── over a real socket ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def url():
    server = make_server("127.0.0.1", 0, thing_app(largest_body=2000), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_large_body_is_refused_however_it_arrives(url):
    typed = {"Content-Type": "application/json"}
    known = httpx.post(url + RATINGS, content=b" " * 3000, headers=typed)
    assert known.status_code == 413
    chunked = httpx.post(url + RATINGS, content=(b" " * 500 for _ in range(8)), headers=typed)
    assert (chunked.status_code, chunked.json()["code"]) == (413, "body.too_large")


def test_a_good_request_arrives_over_a_socket(url):
    kept = httpx.post(url + RATINGS, json={"theme": "logement", "value": 70})
    assert (kept.status_code, kept.json()) == (201, {"theme": "logement", "value": 70})
