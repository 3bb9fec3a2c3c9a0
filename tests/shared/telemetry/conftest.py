import os

import pytest

from shared.telemetry import process
from tests.support.otlp import receiving


@pytest.fixture
def receiver(monkeypatch):
    """A receiver that this process sends to, once telemetry begins."""
    with receiving() as made:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", made.endpoint)
        monkeypatch.setenv("OTEL_TRACES_SAMPLER_ARG", "1")
        yield made


@pytest.fixture
def telemetry(receiver):
    began = process.begin("cosigne-test", os.environ)
    assert began is not None
    yield began
    began.end()
