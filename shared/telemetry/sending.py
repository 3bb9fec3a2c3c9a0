"""Everything of OpenTelemetry's SDK: loaded in processes that tell something, after the fork.

The providers are ours alone and never made global: no library can speak through them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from logging import LogRecord
from typing import Any, cast
from uuid import uuid4

from opentelemetry import trace
from opentelemetry._logs import SeverityNumber
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import Span, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from opentelemetry.util.re import parse_env_headers

from shared.telemetry.metering import Gauge, Instrument
from shared.telemetry.tracing import Real

SCOPE = "cosigne"
LEAVING = 2_000  # milliseconds at most, for what is still to be told when a process ends
SEVERITIES = (
    (50, SeverityNumber.FATAL), (40, SeverityNumber.ERROR), (30, SeverityNumber.WARN),
    (20, SeverityNumber.INFO), (0, SeverityNumber.DEBUG),
)  # fmt: skip
KINDS = {kind.name.lower(): kind for kind in trace.SpanKind}
READ = TraceContextTextMapPropagator()


class Sending:
    """One a process: `tracer` and `meter` for our own spans and instruments, `logs` for lines."""

    def __init__(self, process: str, share: float, headers: str | None = None) -> None:
        told = None if headers is None else parse_env_headers(headers, liberal=True)
        about = {"service.namespace": SCOPE, "service.name": process}
        resource = Resource.create({**about, "service.instance.id": str(uuid4())})
        self.spans = TracerProvider(ALWAYS_ON, resource, shutdown_on_exit=False)
        self.spans.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(headers=told)))
        reader = PeriodicExportingMetricReader(OTLPMetricExporter(headers=told))
        self.meters = MeterProvider([reader], resource, shutdown_on_exit=False)
        self.lines = LoggerProvider(resource, shutdown_on_exit=False)
        logs = OTLPLogExporter(headers=told)
        self.lines.add_log_record_processor(BatchLogRecordProcessor(logs))
        self.tracer = Tracing(self.spans.get_tracer(SCOPE), share)
        self.meter = Metering(self.meters.get_meter(SCOPE))

    def line(
        self, record: LogRecord, body: str, said: Mapping[str, str], parent: str | None
    ) -> None:
        """One log record."""
        at = int(record.created * 1e9)
        self.lines.get_logger(record.name).emit(
            timestamp=at,
            observed_timestamp=at,
            context=READ.extract({"traceparent": parent} if parent else {}, Context()),
            severity_number=next(n for level, n in SEVERITIES if record.levelno >= level),
            severity_text=record.levelname,
            body=body,
            attributes=said,
        )

    def flush(self, patience: int = 60_000) -> None:
        """Send what there is, within so many milliseconds."""
        for provider in (self.spans, self.meters, self.lines):
            provider.force_flush(patience)

    def close(self) -> None:
        """What is left is sent, if somebody takes it in time."""
        with suppress(Exception):  # nobody waits for what nobody receives
            self.meters.shutdown(LEAVING)
        for provider in (self.spans, self.lines):
            provider.shutdown()


class Tracing:
    """Starts what was decided to be traced; `share` of what nobody has decided."""

    def __init__(self, tracer: trace.Tracer, share: float) -> None:
        self._tracer, self.share = tracer, share

    def start(self, name: str, kind: str, parent: str | None, at: int | None) -> Real:
        context = READ.extract({"traceparent": parent} if parent else {}, Context())
        return cast("Real", self._tracer.start_span(name, context, KINDS[kind], start_time=at))

    def traceparent(self, real: Real) -> str:
        context = cast("Span", real).get_span_context()
        assert context is not None  # noqa: S101 - a span that was started has one
        return f"00-{context.trace_id:032x}-{context.span_id:016x}-{context.trace_flags:02x}"

    def failed(self, real: Real) -> None:
        cast("Span", real).set_status(trace.StatusCode.ERROR)


class Metering:
    """Makes the real instrument of each declared one."""

    def __init__(self, meter: Any) -> None:
        self._meter = meter

    def make(self, instrument: Instrument) -> Any:
        about = {"unit": instrument.unit, "description": instrument.meaning}
        if isinstance(instrument, Gauge):
            make = {
                "gauge": self._meter.create_observable_gauge,
                "sum": self._meter.create_observable_up_down_counter,
                "counter": self._meter.create_observable_counter,
            }[instrument.kind]
            return make(instrument.name, [observing(instrument)], **about)
        if instrument.kind == "counter":
            return self._meter.create_counter(instrument.name, **about)
        return self._meter.create_histogram(
            instrument.name,
            **about,
            explicit_bucket_boundaries_advisory=list(instrument.boundaries),
        )


def observing(gauge: Gauge) -> Callable[[CallbackOptions], Iterable[Observation]]:
    def observe(_: CallbackOptions) -> Iterable[Observation]:
        return [Observation(value, dict(said)) for value, said in gauge.readings()]

    return observe
