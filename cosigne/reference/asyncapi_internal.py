"""Writes `docs/reference/asyncapi-internal.yaml`, what services tell each other by Kafka: `make docs`."""

from __future__ import annotations

from pathlib import Path

from cosigne.reference.asyncapi import about, written
from cosigne.reference.channels import Part
from cosigne.reference.records import BODY, example, facts_of_services, headers, type_of
from shared.contracts.schema import path_of
from shared.contracts.shape import body_of
from shared.kafka.record import CONTENT
from shared.kernel import Fact
from shared.settings import SERVICES

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "asyncapi-internal.yaml"
PREFIX = "cosigne"  # as long as COSIGNE_KAFKA_PREFIX says nothing else
DESCRIPTION = (
    "INTERNAL: for those who run or develop an installation. No partner may subscribe to any of this; "
    "what partners may is told in asyncapi.yaml. CloudEvents 1.0 in binary mode, partitioned by lane. "
    "Bodies stay encrypted under the key of whom they are about; who, when and what kind stand in clear."
)


def document() -> Part:
    facts = facts_of_services()
    return {
        "asyncapi": "3.1.0",
        "info": about("Cosigne · interne · internal", DESCRIPTION, "internal", "Not for partners."),
        "servers": {
            "kafka": {
                "host": "kafka.internal.example:9093",
                "protocol": "kafka-secure",
                "description": "The installation's own brokers; nobody else writes or reads there.",
            }
        },
        "channels": {**{name: log(name) for name in SERVICES}, "published": fence()},
        "operations": {
            **{f"relay-{name}": sends(name) for name in SERVICES},
            **{f"follow-{name}": receives(name) for name in SERVICES},
            "raiseFence": {
                "action": "send",
                "channel": {"$ref": "#/channels/published"},
                "summary": "Say up to where a log may be published, before it is.",
                "description": "Acknowledged by every replica in sync before anything is relayed.",
            },
        },
        "components": {
            "schemas": {"headers": headers(), "body": BODY},
            "messages": {name: message(kinds) for name, kinds in facts.items()},
        },
    }


def log(service: str) -> Part:
    return {
        "address": f"{PREFIX}.{service}",
        "title": f"The sealed log of {service}",
        "description": "Internal. Each event at least once, in order within its lane.",
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {"sealed": {"$ref": f"#/components/messages/{service}"}},
        "bindings": {"kafka": {"topic": f"{PREFIX}.{service}", "bindingVersion": "0.5.0"}},
    }


def fence() -> Part:
    return {
        "address": f"{PREFIX}.published",
        "title": "The fence",
        "description": "Internal, compacted, one partition: a server that knows less publishes nothing.",
        "servers": [{"$ref": "#/servers/kafka"}],
        "messages": {
            "fence": {
                "name": "fence",
                "title": "Up to where a log may have been published",
                "summary": "The highest of all lines of a service and era counts.",
                "contentType": "text/plain",
                "payload": {"type": "string", "pattern": "^[0-9]+$", "description": "A `ce_gpos`."},
                "bindings": key("^[a-z]+/[0-9]+/.+$", "Service, era, and who wrote the line."),
                "examples": [{"name": "one", "payload": "4321"}],
            }
        },
    }


def sends(service: str) -> Part:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{service}"},
        "summary": f"Relay what {service} has sealed, in order.",
        "description": "Each lane a chain; a relay that was given up is kept out by the fence.",
    }


def receives(service: str) -> Part:
    return {
        "action": "receive",
        "channel": {"$ref": f"#/channels/{service}"},
        "summary": f"Build the views of other services from what {service} has sealed.",
        "description": "What came twice is dropped, what is missing is read from the log itself.",
    }


def key(pattern: str, description: str) -> Part:
    told = {"type": "string", "pattern": pattern, "description": description}
    return {"kafka": {"key": told, "bindingVersion": "0.5.0"}}


def message(kinds: list[type[Fact]]) -> Part:
    """Sealed events of one service: which types there are, and by which contract each body is read."""
    types = [type_of(kind) for kind in kinds]
    told = {"type": "object", "properties": {"ce_type": {"enum": types}}}
    service = kinds[0].TOPIC.partition(".")[0]
    return {
        "name": f"{service}.sealed",
        "title": f"An event of {service}",
        "summary": "In clear what the headers say; the body stays sealed.",
        "contentType": CONTENT.decode(),
        "headers": {"type": "object", "allOf": [{"$ref": "#/components/schemas/headers"}, told]},
        "payload": {"$ref": "#/components/schemas/body"},
        "bindings": key("^[0-9]+$", "The lane."),
        "examples": [example(next(kind for kind in kinds if not body_of(kind).parts))],
        "x-contracts": [f"shared/contracts/{contract(kind)}" for kind in kinds],
    }


def contract(kind: type[Fact]) -> str:
    return "/".join(path_of(kind.TOPIC, kind.class_version).parts[-2:])


def page() -> str:
    return written(document())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
