import orjson
import pytest

from tests.support.things import PERSON, RATINGS

GOOD = {"theme": "logement", "value": 70}
MEMBERS = {"type", "title", "status", "detail", "code"}


def problem_of(answer, status, code):
    assert answer.mimetype == "application/problem+json"
    assert (answer.status_code, answer.json["status"]) == (status, status)
    assert answer.json["code"] == code
    assert answer.json["type"] == f"urn:cosigne:problem:{code}"
    assert set(answer.json) >= MEMBERS
    # a sentence was found: neither a code nor a hole
    assert " " in answer.json["detail"]
    assert "…" not in answer.json["detail"].replace("Bearer …", "")
    assert answer.headers["Content-Language"] in ("fr", "fr-CA", "fr-FR", "en")
    return answer.json


def fields_of(answer):
    assert answer.status_code == 422, answer.text
    return {e["field"]: e["code"] for e in answer.json["errors"]}


def posted(client, **fields):
    return client.post(RATINGS, json={**GOOD, **fields})


def test_a_good_request_passes(client):
    assert posted(client).status_code == 201


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("refused", 409, "version.busy"),
        ("missing", 404, "person.unknown"),
        ("denied", 403, "action.not_yours"),
        ("stale", 412, "version.stale"),
        ("invalid", 422, "value.not_in_list"),
        ("header", 422, "idempotency.invalid_key"),
    ],
)
def test_each_refusal_of_the_domain_has_its_status_and_its_sentence(client, how, status, code):
    problem_of(client.get(f"{RATINGS}/{how}"), status, code)


def test_a_refusal_names_the_field_and_says_what_to_do(client):
    [error] = client.get(f"{RATINGS}/invalid", headers={"Accept-Language": "en"}).json["errors"]
    assert error == {
        "field": "audience.kind",
        "code": "value.not_in_list",
        "detail": '"audience.kind" must be one of these: a, b.',
        "in": "query",
    }


def test_a_refusal_points_into_the_body_it_was_sent_with(client):
    answer = posted(client, theme="not mine")
    assert answer.status_code == 403
    assert [e["pointer"] for e in answer.json["errors"]] == ["#/act/author"]


def test_a_header_is_not_pointed_at_in_the_body(client):
    [error] = client.get(f"{RATINGS}/header").json["errors"]
    assert (error["in"], error["field"], "pointer" in error) == ("header", "Idempotency-Key", False)


def test_french_is_spoken_first_and_english_when_asked(client):
    for language, spoken, title in (
        (None, "fr", "Introuvable"),
        ("fr-CA", "fr-CA", "Introuvable"),
        ("de", "fr", "Introuvable"),
        ("en-GB,fr;q=0.1", "en", "Not found"),
    ):
        headers = {"Accept-Language": language} if language else {}
        answer = client.get(f"{RATINGS}/missing", headers=headers)
        assert answer.json["title"] == title
        assert answer.headers["Content-Language"] == spoken
        assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b'{"theme"', 400, "body.not_json"),
        (b"{'theme': 1}", 400, "body.not_json"),
        (b"NaN", 400, "body.not_json"),
        (b'{"value": 1e999}', 400, "body.not_json"),
        (b'{"theme": "\xff"}', 400, "body.not_utf8"),
        (b'{"theme": "\\ud800"}', 400, "body.not_json"),
        (b"[" * 5000, 400, "body.too_deep"),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 400, "body.too_deep"),
        (b"[" + b"1," * 30_000 + b"1]", 400, "body.too_many_values"),
        (b"[]", 422, "request.invalid"),
        (b"null", 422, "request.invalid"),
        (b'"words"', 422, "request.invalid"),
        (b"7", 422, "request.invalid"),
        (b'{"value": 123456789012345678901234567890}', 422, "request.invalid"),
        (b'{"theme": "a\\u0000b"}', 422, "request.invalid"),
        (b'{"a\\u0000b": 1}', 422, "request.invalid"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_clearly(client, raw, status, code):
    answer = client.post(RATINGS, data=raw, content_type="application/json")
    problem_of(answer, status, code)


def test_a_body_of_another_type_is_refused(client):
    problem_of(client.post(RATINGS, data="theme=x"), 415, "body.not_json_type")
    typed = client.post(RATINGS, data=b"{}", content_type="text/plain")
    problem_of(typed, 415, "body.not_json_type")


def test_a_request_without_a_body_is_told_which_fields_are_missing(client):
    assert fields_of(client.post(RATINGS)) == {"theme": "field.required", "value": "field.required"}


def test_a_body_that_is_too_large_is_refused(client):
    answer = client.post(RATINGS, data=b"x" * 2**21, content_type="application/json")
    problem_of(answer, 413, "body.too_large")


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"theme": None}, "theme", "field.null"),
        ({"theme": 7}, "theme", "value.not_text"),
        ({"theme": " \n"}, "theme", "text.empty"),
        ({"theme": "x" * 81}, "theme", "length.too_large"),
        ({"value": True}, "value", "value.not_a_whole_number"),
        ({"value": "70"}, "value", "value.not_a_whole_number"),
        ({"value": 70.0}, "value", "value.not_a_whole_number"),
        ({"value": 101}, "value", "number.out_of_range"),
        ({"value": -1}, "value", "number.out_of_range"),
        ({"count": 10}, "count", "number.out_of_range"),
        ({"done": "true"}, "done", "value.not_true_or_false"),
        ({"done": 1}, "done", "value.not_true_or_false"),
        ({"goal": "no"}, "goal", "value.not_an_id"),
        ({"goal": "{" + PERSON + "}"}, "goal", "value.not_an_id"),
        ({"goal": PERSON + "\n"}, "goal", "value.not_an_id"),
        ({"goal": 7}, "goal", "value.not_an_id"),
        ({"when": "yesterday"}, "when", "moment.invalid"),
        ({"when": "2026-02-30"}, "when", "moment.invalid"),
        ({"when": "2026-01-16T20:00:00"}, "when", "moment.invalid"),
        ({"when": "0001-01-01T00:00:00+14:00"}, "when", "moment.invalid"),
        ({"when": "9999-12-31T23:59:59-14:00"}, "when", "moment.invalid"),
        ({"when": 1_700_000_000}, "when", "moment.invalid"),
        ({"when": "２０２６-01-16"}, "when", "moment.invalid"),
        ({"until": "2026-01-16T20:00:00Z"}, "until", "day.invalid"),
        ({"visibility": "all"}, "visibility", "value.not_in_list"),
        ({"visibility": ["just_me"]}, "visibility", "value.not_text"),
        ({"tags": "a"}, "tags", "value.not_a_list"),
        ({"tags": ["a", "b", "c", "d"]}, "tags", "length.out_of_range"),
        ({"tags": ["a", 7]}, "tags.1", "value.not_text"),
        ({"texts": []}, "texts", "value.not_an_object"),
        ({"texts": {"fr": ""}}, "texts.fr.value", "text.empty"),
        ({"extra": 1}, "extra", "field.unknown"),
        ({"act": []}, "act", "value.not_an_object"),
        ({"act": {"actor": PERSON}}, "act.actor", "field.unknown"),
        ({"act": {"contributors": [{"part": "wrote"}]}}, "act.contributors.0.party", "field.required"),
        ({"act": {"because_of": ["x"]}}, "act.because_of.0", "value.not_an_id"),
    ],
)  # fmt: skip
def test_each_field_that_does_not_fit_is_named_with_its_code(client, sent, field, code):
    answer = posted(client, **sent)
    assert fields_of(answer) == {field: code}
    [error] = answer.json["errors"]
    assert error["pointer"] == "#/" + field.replace(".", "/")
    assert field in error["detail"]


def test_every_field_that_does_not_fit_is_told_at_once(client):
    answer = posted(client, value=900, done="x", extra=1)
    assert set(fields_of(answer)) == {"value", "done", "extra"}


def test_a_body_wrong_in_a_thousand_places_is_told_of_the_first_ones(client):
    answer = posted(client, **{f"x{i}": i for i in range(1000)})
    assert len(answer.json["errors"]) == 50


def test_a_pointer_escapes_what_a_pointer_must(client):
    [error] = posted(client, **{"a/b~c": 1}).json["errors"]
    assert error["pointer"] == "#/a~1b~0c"


@pytest.mark.parametrize(
    ("query", "field", "code"),
    [
        ("limit=0", "limit", "number.out_of_range"),
        ("limit=x", "limit", "value.not_a_whole_number"),
        ("limit=" + "9" * 600, "limit", "number.out_of_range"),
        ("limit=" + "9" * 6000, "limit", "value.not_a_whole_number"),
        ("since=2026", "since", "day.invalid"),
        ("whatever=1", "whatever", "field.unknown"),
        ("limit=%00", "limit", "text.unreadable"),
        ("limit=%EF%BF%BD", "limit", "text.unreadable"),
    ],
)
def test_a_query_is_read_as_strictly_as_a_body(client, query, field, code):
    answer = client.get(f"{RATINGS}?{query}")
    assert fields_of(answer) == {field: code}
    assert answer.json["errors"][0]["in"] == "query"


@pytest.mark.parametrize(
    "path",
    ["/nowhere", "/v1/persons/7/ratings", "/v1/persons/%00/ratings", "/%FF", "/" + "x" * 5000,
     f"{RATINGS}/%00", f"{RATINGS}/%FF", "//v1", "/v1/../../etc/passwd"],
)  # fmt: skip
def test_an_address_nobody_was_given_is_unknown(client, path):
    problem_of(client.get(path), 404, "route.unknown")


def test_another_method_is_told_which_ones_there_are(client):
    answer = client.delete(RATINGS)
    problem_of(answer, 405, "method.not_allowed")
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}


def test_an_unexpected_error_gives_a_reference_and_nothing_else(client, caplog):
    answer = client.get(f"{RATINGS}/broken")
    told = problem_of(answer, 500, "server.unexpected")
    reference = told["instance"].removeprefix("urn:uuid:")
    assert reference in told["detail"]
    assert "1234" not in answer.text
    assert "RuntimeError" not in answer.text
    # whoever looks after the service finds all of it under that reference
    assert reference in caplog.text
    assert "the secret is 1234" in caplog.text


def test_what_is_away_is_said_to_be_away_with_a_time_to_come_back(client):
    answer = client.get(f"{RATINGS}/away")
    problem_of(answer, 503, "server.unavailable")
    assert answer.headers["Retry-After"] == "5"
    assert "10.1.2.3" not in answer.text


def test_two_refusals_of_one_kind_are_the_same_bytes(client):
    other = RATINGS.replace("0197", "0198")
    first, second = (client.get(f"{path}/missing") for path in (RATINGS, other))
    assert first.data == second.data
    assert dict(first.headers) == dict(second.headers)


def test_a_code_without_a_sentence_still_answers(client):
    answer = client.get(f"{RATINGS}/unsaid")
    assert (answer.status_code, answer.json["detail"]) == (409, "nobody.wrote_this")


def test_answers_are_kept_by_no_cache_and_sniffed_by_no_browser(client):
    for answer in (client.get(RATINGS), client.get("/nowhere"), posted(client)):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_problem_is_json_that_any_reader_reads(client):
    assert orjson.loads(client.get("/nowhere").data)["status"] == 404
