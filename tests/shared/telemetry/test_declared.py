"""What may be said at all is on one list, and nothing on it could hold a person."""

import re

import pytest
from opentelemetry.semconv._incubating.metrics import db_metrics, messaging_metrics
from opentelemetry.semconv.metrics import http_metrics

from shared.telemetry import instruments, kinds
from shared.telemetry.attributes import ALLOWED
from shared.telemetry.metering import Counter, Instrument

THEIRS = {
    value
    for module in (http_metrics, db_metrics, messaging_metrics)
    for value in vars(module).values()
    if isinstance(value, str)
}
SOMEBODYS = [
    "0190a4d0-7c1e-7a54-9d0e-3f5a8f2b6c11",
    "0190a4d07c1e7a549d0e3f5a8f2b6c11",
    "/persons/0190a4d0-7c1e-7a54-9d0e-3f5a8f2b6c11/plans",
    "Noémie Tremblay",
    "Je veux finir ma chimie.",
    "noemie@example.org",
    "+1 819 555-0199",
    "a\nb",
    "",
    "x" * 500,
]


@pytest.mark.parametrize("words", SOMEBODYS)
@pytest.mark.parametrize("one", ALLOWED.values(), ids=lambda one: one.name)
def test_no_form_takes_an_id_a_sentence_or_a_whole_name(one, words):
    assert not one.allows(words) or (one.name == "exception.stacktrace" and words == "")


@pytest.mark.parametrize("one", instruments.EVERY, ids=lambda one: one.name)
def test_a_name_is_ours_or_one_of_the_conventions(one):
    assert one.name.startswith("cosigne.") or one.name in THEIRS
    assert one.unit in {"s", "By"} or re.fullmatch(r"\{[a-z]+\}", one.unit)
    assert {a.name for a in one.attributes} <= set(ALLOWED)


def test_no_instrument_is_told_apart_by_organisation_or_person():
    names = {a.name for one in (*instruments.EVERY, *kinds.EVERY) for a in one.attributes}
    assert not {
        name for name in names if re.search("tenant|organi|person|party|subject|user", name)
    }


@pytest.mark.parametrize(
    ("name", "kind", "unit", "theirs"),
    [
        ("cosigne.append.duration", "histogram", "s", "cosigne_append_duration_seconds"),
        ("cosigne.append.events", "counter", "{event}", "cosigne_append_events_total"),
        ("cosigne.view.lag", "gauge", "s", "cosigne_view_lag_seconds"),
        ("db.client.connection.count", "sum", "{connection}", "db_client_connection_count"),
    ],
)
def test_a_metric_is_called_in_prometheus_as_its_translation_calls_it(name, kind, unit, theirs):
    [one] = [i for i in instruments.EVERY if i.name == name]
    assert (one.kind, one.unit, one.prometheus) == (kind, unit, theirs)


class Heard:
    """Writes down what a real instrument would be told."""

    def __init__(self):
        self.told = []

    def make(self, instrument: Instrument):
        return self

    def add(self, number, said):
        self.told.append((number, dict(said)))


def test_nothing_is_said_before_telemetry_begins():
    counter = Counter("cosigne.commands", "{command}", "", (ALLOWED["cosigne.service"],))
    counter.add(1, "Noémie Tremblay")
    counter.begin(heard := Heard())
    counter.add(2, "plans")
    counter.end()
    counter.add(3, "plans")
    assert heard.told == [(2, {"cosigne.service": "plans"})]


def test_what_does_not_have_its_form_is_withheld():
    counter = Counter("cosigne.commands", "{command}", "", (ALLOWED["cosigne.service"],))
    counter.begin(heard := Heard())
    counter.add(1, SOMEBODYS[0])
    counter.add(1, None)
    assert heard.told == [(1, {}), (1, {})]


def test_nothing_can_be_said_that_was_not_declared():
    counter = Counter("cosigne.commands", "{command}", "", (ALLOWED["cosigne.service"],))
    counter.begin(Heard())
    with pytest.raises(ValueError, match="argument 2 is longer"):
        counter.add(1, "plans", "Noémie")
