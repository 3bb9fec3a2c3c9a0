"""A second web beside the first, the same but for telemetry, and a receiver in a process of its own."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from bench.clients import Ask, Load
from bench.house import House
from bench.report import middle
from cosigne.embedded.ports import HOST, free_port
from cosigne.running.children import Child
from cosigne.running.readiness import wait_until_ready

PATIENCE = 30.0


class Taking(BaseHTTPRequestHandler):
    """Takes what comes, as a collector does that queues it."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """What came is not looked at."""


def receive(port: int) -> None:
    ThreadingHTTPServer((HOST, port), Taking).serve_forever()


@contextmanager
def seen(here: House, share: str | None) -> Iterator[Load]:
    """Clients of the second web, which tells what it does; `share`: of requests, else the default."""
    receiver = multiprocessing.get_context("spawn").Process(
        target=receive, args=(taken := free_port(),), daemon=True
    )
    receiver.start()
    port = free_port()
    environment = {
        **here.installation.family.children[-1].environment,
        "COSIGNE_BIND": f"{HOST}:{port}",
        "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://{HOST}:{taken}",
        "OTEL_METRIC_EXPORT_INTERVAL": "5000",  # twelve times as often as usual
        **({"OTEL_TRACES_SAMPLER_ARG": share} if share is not None else {}),
    }
    web = [sys.executable, "-m", "gunicorn", "-c", "python:cosigne.running.web_server"]
    child = Child("seen", web, environment, Path(here.installation.home.log))
    child.start(here.installation.family.lifeline)
    try:
        url = f"http://{HOST}:{port}"
        wait_until_ready([f"{url}/directory/v1/health/ready"], lambda: None, "the bench")
        if child.process is None:
            raise SystemExit("the second web is not running: no figures")
        yield Load(here, address=url, pid=child.process.pid)
    finally:
        child.ask_to_stop()
        child.see_off()
        receiver.terminate()
        receiver.join(PATIENCE)


def measured_telemetry(
    load: Load, runs: dict[str, list[Ask]], rounds: int
) -> dict[str, float | int | str | None]:
    """Rates of the web that tells over those of the one that does not, round by round in turn."""
    figures: dict[str, float | int | str | None] = {}
    for name, share in (("telemetry_over_none", None), ("traced_all_over_none", "1")):
        with seen(load.here, share) as telling:
            for asks in runs.values():
                telling.throughput("warming", asks)
            for number in range(rounds):
                for what, asks in runs.items():
                    # whoever goes first finds the machine a little cooler
                    for one in (load, telling) if number % 2 else (telling, load):
                        one.throughput(f"{name} {what}", asks)
                    time.sleep(0.05)
            for what in runs:
                key = f"{name} {what}"
                for said, kept, mine in (
                    ("", telling.rates, load.rates),
                    ("_cpu", telling.worked, load.worked),
                ):
                    ratios = [a / b for a, b in zip(kept[key], mine[key], strict=True)]
                    figures[f"{name}_{what.replace(' ', '_')}{said}"] = middle(ratios)
        figures[name] = figures[f"{name}_command"]
    return figures
