"""A receiver of OTLP over HTTP: it decodes what comes as any collector does, and keeps all of it."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from google.protobuf.json_format import MessageToJson
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

PATIENCE = 60


@dataclass
class Receiver:
    """`everything()` is all that ever came, as text."""

    endpoint: str = ""
    asked: dict[str, list[Any]] = field(
        default_factory=lambda: {"traces": [], "metrics": [], "logs": []}
    )
    keys: dict[str, str | None] = field(default_factory=dict)  # with which each kind came last

    @property
    def spans(self) -> list[Any]:
        return [
            span
            for asked in list(self.asked["traces"])
            for resource in asked.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    @property
    def metrics(self) -> list[Any]:
        return [
            metric
            for asked in list(self.asked["metrics"])
            for resource in asked.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        ]

    @property
    def lines(self) -> list[Any]:
        return [
            line
            for asked in list(self.asked["logs"])
            for resource in asked.resource_logs
            for scope in resource.scope_logs
            for line in scope.log_records
        ]

    def points(self, name: str) -> list[tuple[dict[str, Any], Any]]:
        """Every point of a metric that came, with what tells it apart."""
        found = []
        for metric in self.metrics:
            if metric.name == name:
                data = getattr(metric, metric.WhichOneof("data"))
                found += [(said(point.attributes), point) for point in data.data_points]
        return found

    def resources(self) -> list[dict[str, Any]]:
        return [
            said(one.resource.attributes)
            for asked in self.asked["metrics"]
            for one in asked.resource_metrics
        ]

    def everything(self) -> str:
        return "\n".join(
            MessageToJson(asked, ensure_ascii=False)
            for kind in self.asked.values()
            for asked in list(kind)
        )

    def wait(self, true: Callable[[], Any]) -> Any:
        until = time.monotonic() + PATIENCE
        while not (answer := true()):
            assert time.monotonic() < until, "it did not come in time"
            time.sleep(0.05)
        return answer


def said(attributes: Any) -> dict[str, Any]:
    return {a.key: getattr(a.value, a.value.WhichOneof("value")) for a in attributes}


KINDS = {
    "/v1/traces": ("traces", ExportTraceServiceRequest),
    "/v1/metrics": ("metrics", ExportMetricsServiceRequest),
    "/v1/logs": ("logs", ExportLogsServiceRequest),
}


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            kind, message = KINDS[self.path]
            receiver.keys[kind] = self.headers.get("Authorization")
            receiver.asked[kind].append(message.FromString(body))
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """What came is in the receiver."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    receiver.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
