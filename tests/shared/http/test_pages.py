import base64
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import uuid4

import marshmallow as ma
import pytest
from flask import Response, current_app

from shared.http.app import service_app
from shared.http.blueprint import Blueprint
from shared.http.messages import Sentences
from shared.http.pages import PageQuery, Pages
from tests.support.things import SHARED

ROWS = list(range(1, 11))
HERE, ELSEWHERE = uuid4(), uuid4()


class ListQuery(PageQuery):
    kind = ma.fields.String()


@pytest.fixture
def reader():
    """Whose list it is; a test may become someone else."""
    return {"tenant": HERE, "reader": uuid4()}


@pytest.fixture
def client(reader):
    pages = Pages(b"secret")
    blueprint = Blueprint("numbers", __name__, url_prefix="/v1")

    def listed(query):
        page = pages.asked(query, **reader)
        after = page.after[0] if page.after else 0
        rows = [n for n in ROWS if n > after][: page.limit]
        last = [rows[-1], "é", None] if rows and rows[-1] != ROWS[-1] else None
        return pages.turned(Response(current_app.json.dumps(rows)), page, last, **reader)

    for path in ("/numbers", "/others"):
        view = blueprint.arguments(ListQuery, location="query")(listed)
        blueprint.add_url_rule(path, f"of{path[1:]}", view)
    return service_app("a", "A", [blueprint], sentences=Sentences(SHARED)).test_client()


def next_of(answer):
    link = answer.headers["Link"]
    assert link.endswith('>; rel="next"')
    return link[1 : link.index(">")]


def cursor_of(answer):
    return parse_qs(urlsplit(next_of(answer)).query)["cursor"][0]


def refused(client, path, cursor):
    separator = "&" if "?" in path else "?"
    answer = client.get(f"{path}{separator}{urlencode({'cursor': cursor})}")
    assert answer.status_code == 422
    assert answer.json["code"] == "page.unknown_cursor"
    assert answer.json["errors"][0]["in"] == "query"
    return answer.data


def test_following_the_links_reads_every_row_once(client):
    read, address = [], "?limit=3"
    while address:
        answer = client.get(f"/v1/numbers{address}")
        read += answer.get_json(force=True)
        address = next_of(answer) if "Link" in answer.headers else None
    assert read == ROWS


def test_the_next_page_keeps_the_filter_and_the_limit(client):
    asked = parse_qs(urlsplit(next_of(client.get("/v1/numbers?limit=2&kind=x y"))).query)
    assert (asked["kind"], asked["limit"]) == (["x y"], ["2"])


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1.5", "9" * 50])
def test_a_page_has_a_size_a_page_can_have(client, limit):
    answer = client.get(f"/v1/numbers?limit={limit}")
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "limit"


def test_a_cursor_of_elsewhere_reads_like_nonsense(client, reader):
    cursor = cursor_of(client.get("/v1/numbers?limit=3"))
    nonsense = refused(client, "/v1/numbers", "nonsense")
    # another list, another filter, another reader, another organisation
    assert refused(client, "/v1/others", cursor) == nonsense
    assert refused(client, "/v1/numbers?kind=x", cursor) == nonsense
    assert client.get("/v1/numbers", query_string={"cursor": cursor}).status_code == 200
    reader["reader"] = uuid4()
    assert refused(client, "/v1/numbers", cursor) == nonsense
    reader["tenant"] = ELSEWHERE
    assert refused(client, "/v1/numbers", cursor) == nonsense


def test_a_cursor_that_was_changed_anywhere_is_refused(client):
    cursor = cursor_of(client.get("/v1/numbers?limit=3"))
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for place in range(len(raw)):
        other = bytearray(raw)
        other[place] ^= 1
        refused(client, "/v1/numbers", base64.urlsafe_b64encode(other).decode().rstrip("="))


@pytest.mark.parametrize(
    "cursor", ["a", "é", "=", "a" * 1999, "....", "AAAA" * 10, "🎈", " ", "a\nb"]
)
def test_nonsense_is_refused_and_breaks_nothing(client, cursor):
    refused(client, "/v1/numbers", cursor)


def test_a_cursor_survives_neither_another_secret_nor_a_torn_end(client):
    cursor = cursor_of(client.get("/v1/numbers?limit=3"))
    refused(client, "/v1/numbers", cursor[:-1])
    refused(client, "/v1/numbers", cursor + "AAAA")
