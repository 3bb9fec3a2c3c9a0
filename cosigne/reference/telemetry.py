"""Writes `docs/reference/telemetry.md` from what is declared: `make docs`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from shared.telemetry import instruments, kinds
from shared.telemetry.attributes import ALLOWED, Attribute
from shared.telemetry.metering import Instrument

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "telemetry.md"
INTRODUCTION = """*Reference.* What an installation tells whoever runs it. Made from the code by `make docs`; a test fails when it is not.

# Telemetry

Traces, metrics and logs leave by OTLP over HTTP once `OTEL_EXPORTER_OTLP_ENDPOINT` names a receiver
(`http://collector:4318`). Without it nothing is measured, and nothing costs.

Nobody's words, names or ids are in any of it: each name below is the only one that may be said, in
its form; what does not have it is withheld, and counted in `cosigne.telemetry.withheld`. No
organisation is told apart either. A log line keeps its sentence and its numbers; of an exception
the class and the places in the code, never the message. The same lines stand on the error output, as
JSON in production, with the id of the trace that they belong to.

No address is kept, only the template of its route. That of an API may hold the id of a person beside
the code of a theme (`/v1/persons/{person}/themes/{meaning}/answers`), and the web server writes no log of
what was asked: who reads what is for the read log. What stands in front of an installation (an ingress, a
load balancer) may keep addresses: have it leave out the path and the query.

## Settings

| Setting | Meaning | Without it |
| --- | --- | --- |
| `OTEL_EXPORTER_OTLP_ENDPOINT` | the receiver; the other `OTEL_EXPORTER_OTLP_*` (headers, compression, timeout, certificates) count too | off |
| `OTEL_EXPORTER_OTLP_HEADERS` | by what the receiver knows us, `name=value` with commas; kept in a file: `OTEL_EXPORTER_OTLP_HEADERS_FILE` | nothing |
| `OTEL_TRACES_SAMPLER_ARG` | the share of requests that are traced, `0` to `1` | `0.05` |
| `OTEL_METRIC_EXPORT_INTERVAL` | milliseconds between two readings of the metrics | `60000` |
| `OTEL_SERVICE_NAME` | what the process is called | `cosigne-web`, `cosigne-worker`; `cosigne-seal` and the like for a process of one kind of work |
| `OTEL_RESOURCE_ATTRIBUTES` | what else is said of the process, `key=value` with commas | nothing |

Whether a request is traced is decided where it comes in. A caller who sends a `traceparent` with the
sampled flag is traced too, ten times a second at most in each process. What follows from a command
(sealing, views, relay, webhooks) is traced where the command was. `make bench-http` measures what it
costs, at this share and with every request traced.

## Metrics

`service.instance.id` is new in every process. Gauges are read by worker processes: where several do
the same work they say the same, so take the `max` of them. The second name is what Prometheus calls
them; a histogram has `_bucket`, `_sum` and `_count` behind it.

| Metric | In Prometheus | Kind | Unit | Meaning | Told apart by |
| --- | --- | --- | --- | --- | --- |
"""
SPANS = """
## Spans

A batch of many commands is one span in the trace of each that is sampled, of thirty-two at most.

| Span | Kind | Meaning | May say |
| --- | --- | --- | --- |
"""
NAMES = """
## Names

| Name | Meaning |
| --- | --- |
"""


def page() -> str:
    """The whole page."""
    return "".join(
        (
            INTRODUCTION,
            *map(of_instrument, instruments.EVERY),
            SPANS,
            *(
                f"| `{k.name}` | {k.kind} | {k.meaning} | {listed(k.attributes)} |\n"
                for k in kinds.EVERY
            ),
            NAMES,
            *of_names(),
        )
    )


def of_instrument(one: Instrument) -> str:
    told = (f"`{one.name}`", f"`{one.prometheus}`", one.kind, f"`{one.unit}`", one.meaning)
    return f"| {' | '.join(told)} | {listed(one.attributes)} |\n"


def of_names() -> Iterator[str]:
    for one in sorted(ALLOWED.values(), key=lambda one: one.name):
        yield f"| `{one.name}` | {one.meaning} |\n"


def listed(attributes: Iterable[Attribute]) -> str:
    return ", ".join(f"`{one.name}`" for one in attributes)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
