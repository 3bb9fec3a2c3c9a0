"""Writes `docs/reference/asyncapi.yaml`, webhooks and feed for machines: `make docs`."""

from __future__ import annotations

from pathlib import Path

import yaml

from cosigne.reference.channels import ASKED, STRUCTURED, Part, channels, messages
from cosigne.reference.offered import kinds
from cosigne.reference.partner_schemas import event_schema

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "asyncapi.yaml"
HEAD = "# Made from the code by `make docs`; a test fails when it is not.\n"
DESCRIPTION = (
    "What partner systems are told, by webhook and by a feed. Both give the same events under the "
    "same ids and sequences: what one has lost, the other has. Schemas are open: pass over what "
    "you do not know."
)


def document() -> Part:
    return {
        "asyncapi": "3.1.0",
        "info": about(
            "Cosigne · partenaires · partners",
            DESCRIPTION,
            "partners",
            "For those who develop partner systems.",
        ),
        "defaultContentType": STRUCTURED,
        "servers": servers(),
        "channels": channels(),
        "operations": operations(),
        "components": {
            "schemas": {kind.type: event_schema(kind) for kind in kinds()},
            "messages": messages(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "An access token of the installation's provider of sign-ins.",
                }
            },
        },
    }


def about(title: str, description: str, tag: str, who: str) -> Part:
    return {
        "title": title,
        "version": "1.0.0",
        "description": description,
        "license": {
            "name": "Apache 2.0",
            "url": "https://www.apache.org/licenses/LICENSE-2.0",
        },
        "contact": {
            "name": "Whoever runs the installation",
            "url": "https://cosigne.example",
            "email": "delivery@cosigne.example",
        },
        "tags": [{"name": tag, "description": who}],
    }


def servers() -> Part:
    return {
        "cosigne": {
            "host": "cosigne.example",
            "pathname": "/delivery",
            "protocol": "https",
            "description": "The delivery service of an installation.",
            "security": [{"$ref": "#/components/securitySchemes/token"}],
        },
        "partner": {
            "host": "partner.example",
            "protocol": "https",
            "description": "The partner's own: where its webhooks go.",
        },
    }


def operations() -> Part:
    """As the installation acts: it sends, also where it answers."""
    told = {name: ASKED[name] for name in ("lastEventId", "timeout")}
    return {
        "sendWebhook": {
            "action": "send",
            "channel": {"$ref": "#/channels/webhook"},
            "summary": "Sign and post an event; tried again until it arrives.",
            "description": (
                "Only 2xx arrives, 410 ends it, 429, 502 and 504 slow it down. Strictly in order "
                "for each person, side by side otherwise."
            ),
            "bindings": {"http": {"method": "POST", "bindingVersion": "0.3.0"}},
        },
        "answerFeed": read_by("feed", "Tell what comes after a place.", dict(ASKED)),
        "keepTelling": read_by("stream", "Tell each event as it comes.", told),
    }


def read_by(channel: str, summary: str, asked: Part) -> Part:
    query = {"type": "object", "properties": asked}
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": summary,
        "description": "410 where the place is not there any more; `Link` says where to begin again.",
        "bindings": {"http": {"method": "GET", "query": query, "bindingVersion": "0.3.0"}},
    }


class Plain(yaml.SafeDumper):
    """Nothing is written as a reference to something above it."""

    def ignore_aliases(self, data: object) -> bool:
        del data
        return True


def page() -> str:
    return written(document())


def written(told: Part) -> str:
    body: str = yaml.dump(told, Dumper=Plain, sort_keys=False, allow_unicode=True, width=100)
    return f"{HEAD}{body}"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
