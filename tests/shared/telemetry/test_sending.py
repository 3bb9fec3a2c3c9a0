"""What is told reaches a real receiver, and nothing is told, loaded or slowed where there is none."""

import logging
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from shared.kernel import Refused
from shared.telemetry import instruments, process, tracing
from shared.telemetry.attributes import ALLOWED, EVENTS, OUTCOME, SERVICE, SOURCE
from shared.telemetry.instruments import APPENDED, APPENDING, WITHHELD
from shared.telemetry.kinds import ANSWER, APPEND, DECIDE, DELIVER, SEAL
from shared.telemetry.metering import Counter, Histogram
from shared.telemetry.words import Word
from tests.support.otlp import said

SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def named(receiver, name):
    return [span for span in receiver.spans if span.name == name]


def test_spans_are_nested_in_the_trace_of_whoever_asks(telemetry, receiver):
    with tracing.answering(ANSWER, "POST", SENT):
        kept = tracing.traceparent()
        with tracing.doing(DECIDE, "command RateTheme"), tracing.doing(APPEND) as append:
            append.say(SERVICE, "plans")
    tracing.after(SEAL, [kept], time.time_ns(), "", (SERVICE, "plans"), (EVENTS, 3))
    tracing.apart(DELIVER, kept).end()
    telemetry.sending.flush()
    assert {span.trace_id.hex() for span in receiver.spans} == {SENT[3:35]}
    [asked], [decided], [append] = (
        named(receiver, n) for n in ("POST", "command RateTheme", "append")
    )
    assert asked.parent_span_id.hex() == SENT[36:52]
    assert decided.parent_span_id == asked.span_id
    assert append.parent_span_id == decided.span_id
    assert {s.parent_span_id for s in (*named(receiver, "seal"), *named(receiver, "deliver"))} == {
        asked.span_id
    }
    assert said(named(receiver, "seal")[0].attributes) == {
        "cosigne.service": "plans", "cosigne.events": 3,
    }  # fmt: skip


def test_who_decided_not_to_trace_is_followed_all_the_way(telemetry, receiver):
    with tracing.answering(ANSWER, "GET", SENT[:-2] + "00"):
        assert tracing.traceparent() is None
        assert tracing.outgoing()["traceparent"].endswith("-00")
        with tracing.doing(APPEND) as append:
            assert append.real is None
    tracing.after(SEAL, [], time.time_ns())
    assert tracing.apart(DELIVER, SENT[:-2] + "00").real is None
    telemetry.sending.flush()
    assert receiver.spans == []


def test_a_share_is_traced_of_those_who_do_not_say(telemetry):
    telemetry.sending.tracer.share = 0.0
    with tracing.answering(ANSWER, "GET", None):
        assert tracing.traceparent() is None
    telemetry.sending.tracer.share = 1.0
    with tracing.answering(ANSWER, "GET", None):
        assert tracing.traceparent() is not None


def test_callers_who_all_want_to_be_traced_are_not(telemetry):
    telemetry.sending.tracer.share = 0.0
    wanted = []
    for _ in range(100):
        with tracing.answering(ANSWER, "GET", SENT):
            wanted.append(tracing.traceparent() is not None)
    assert wanted[0]
    assert sum(wanted) < 30


def refused():
    with pytest.raises(Refused), tracing.doing(DECIDE, "command A"):
        raise Refused("rating.out_of_range", value="Noémie")


def raises():
    raise ValueError("Noémie Tremblay")


def test_an_error_is_told_by_its_class_and_a_refusal_by_its_code(telemetry, receiver):
    with suppress(ValueError), tracing.answering(ANSWER, "GET", SENT):
        refused()
        raises()
    telemetry.sending.flush()
    [asked], [decided] = named(receiver, "GET"), named(receiver, "command A")
    assert said(asked.attributes) == {"error.type": "ValueError"}
    assert (asked.status.code, asked.status.message, len(asked.events)) == (2, "", 0)
    assert said(decided.attributes) == {"cosigne.code": "rating.out_of_range"}
    assert decided.status.code == 0
    assert "Noémie" not in receiver.everything()


def test_what_is_not_declared_for_a_span_is_withheld_and_counted(telemetry, receiver):
    with tracing.answering(ANSWER, "GET", SENT) as span:
        span.say(SERVICE, "Noémie Tremblay")
        span.say(SOURCE, "plans")
        span.say(OUTCOME, "0190a4d0-7c1e-7a54-9d0e-3f5a8f2b6c11")
    telemetry.sending.flush()
    [span] = receiver.spans
    assert said(span.attributes) == {}
    counted = {said["cosigne.attribute"]: p.as_int for said, p in receiver.points(WITHHELD.name)}
    leaked = {name: count for name, count in counted.items() if count}
    assert leaked == {"cosigne.service": 1, "cosigne.source": 1, "cosigne.outcome": 1}


def test_what_was_withheld_is_told_from_zero_on_so_that_the_first_is_seen_to_come(
    telemetry, receiver
):
    telemetry.sending.flush()
    counted = {said["cosigne.attribute"]: p.as_int for said, p in receiver.points(WITHHELD.name)}
    assert counted == dict.fromkeys(ALLOWED, 0)


def test_metrics_arrive_with_what_tells_them_apart(telemetry, receiver):
    APPENDED.add(3, "plans")
    APPENDING.record(0.002, "plans")
    telemetry.sending.flush()
    [(apart, point)] = receiver.points("cosigne.append.events")
    assert (apart, point.as_int) == ({"cosigne.service": "plans"}, 3)
    [(_, took)] = receiver.points("cosigne.append.duration")
    assert (took.count, list(took.explicit_bounds)) == (1, list(APPENDING.boundaries))
    [about] = receiver.resources()
    assert about["service.name"] == "cosigne-test"
    assert len(about["service.instance.id"]) == 36


def test_a_line_keeps_its_sentence_and_its_trace_and_says_nothing_of_anybody(telemetry, receiver):
    log = logging.getLogger("cosigne.test")
    with tracing.answering(ANSWER, "GET", SENT):
        try:
            raises()
        except ValueError as error:
            log.exception("%s broke after %d events: %s", Word("plans"), 3, error)  # noqa: TRY401
            log.warning("of %s", "Noémie Tremblay")
    logging.getLogger("theirs").warning(f"of {'Noémie'}")  # noqa: G004 - as libraries do
    telemetry.sending.flush()
    bodies = [line.body.string_value for line in receiver.lines]
    assert bodies[:2] == ["plans broke after 3 events: ValueError", "of …"]
    assert bodies[2].startswith("… (test_")
    assert {line.trace_id.hex() for line in receiver.lines[:2]} == {SENT[3:35]}
    told = said(receiver.lines[0].attributes)
    assert told["exception.type"] == "ValueError"
    assert "test_sending.py" in told["exception.stacktrace"]
    assert "Noémie" not in receiver.everything()


def test_each_thread_traces_its_own(telemetry):
    seen = []
    with tracing.answering(ANSWER, "GET", SENT):
        thread = threading.Thread(target=lambda: seen.append(tracing.traceparent()))
        thread.start()
        thread.join()
    assert seen == [None]


@pytest.mark.parametrize("given", ["2", "-0.1", "a lot", "nan"])
def test_a_share_that_is_none_is_refused(receiver, monkeypatch, given):
    monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", given)
    with pytest.raises(Refused, match="no_share"):
        process.begin("cosigne-test", os.environ)


def test_a_receiver_knows_us_by_what_stands_in_a_file(receiver, monkeypatch, tmp_path):
    file = tmp_path / "headers"
    file.write_text("Authorization=Bearer%20ours,x-house=quai\n")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS_FILE", str(file))
    began = process.begin("cosigne-test", os.environ)
    with tracing.answering(ANSWER, "GET", SENT):
        APPENDED.add(1, "plans")
    logging.getLogger("cosigne.sealer").warning("sealing stopped for a moment")
    began.end()
    assert receiver.keys == dict.fromkeys(("traces", "metrics", "logs"), "Bearer ours")


def test_a_file_of_headers_that_is_not_there_or_said_twice_is_refused(receiver, monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS_FILE", "/nowhere/headers")
    with pytest.raises(Refused, match="file_unreadable"):
        process.begin("cosigne-test", os.environ)
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "authorization=mine")
    with pytest.raises(Refused, match="given_twice"):
        process.begin("cosigne-test", os.environ)


def test_without_a_receiver_nothing_begins():
    assert process.begin("cosigne-test", {}) is None
    both = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:1", "OTEL_SDK_DISABLED": "true"}
    assert process.begin("cosigne-test", both) is None


def test_where_it_is_off_nothing_of_it_is_loaded():
    code = (
        "import sys; from cosigne.running.serving import front; from cosigne.running.worker import Worker; "
        "from shared.telemetry import process; assert process.begin('x', {}) is None; "
        "print([m for m in sys.modules if m.startswith(('opentelemetry.sdk', 'opentelemetry.exporter'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_receiver_that_is_away_keeps_nobody_waiting(monkeypatch):
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    began = process.begin("cosigne-test", os.environ)
    with tracing.answering(ANSWER, "GET", SENT):
        APPENDED.add(1, "plans")
    ends = time.monotonic()
    began.end()
    assert (
        time.monotonic() - ends < 30
    )  # of a busy machine; the receiver itself would be waited for longer
    assert os.environ["OTEL_EXPORTER_OTLP_ENDPOINT"]


def in_prometheus(metric):
    """As the OpenTelemetry collector translates what came, from the payload alone."""
    kind = metric.WhichOneof("data")
    parts = [metric.name.replace(".", "_")]
    parts += {"s": ["seconds"], "By": ["bytes"]}.get(metric.unit, [])
    parts += ["total"] if kind == "sum" and metric.sum.is_monotonic else []
    return "_".join(parts)


def test_every_instrument_leaves_under_the_name_that_the_reference_gives_it(telemetry, receiver):
    for one in instruments.EVERY:
        said = [None] * len(one.attributes)
        if isinstance(one, Counter):
            one.add(1, *said)
        elif isinstance(one, Histogram):
            one.record(0.1, *said)
        else:
            one.read_by(lambda said=said: [(1, *said)])
    telemetry.sending.flush()
    told = {metric.name: in_prometheus(metric) for metric in receiver.metrics}
    assert told == {one.name: one.prometheus for one in instruments.EVERY}
