"""A record of Kafka as the internal AsyncAPI document describes it: headers, body, an example of each."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime

from cosigne.people import id_of, tenant_of
from cosigne.plans import plans
from cosigne.reference.channels import Part
from shared.contracts.shape import body_of
from shared.kafka.record import record_of
from shared.kernel import Act, Contributor, Fact
from shared.settings import SERVICES
from shared.store.cipher import leaf_of
from shared.store.envelope import envelope_of
from shared.store.source import LANES, Sealed, lane_of

# every header that a record has, in its words; one that has none stops `make docs`
SAID: Mapping[str, str] = {
    "content-type": "A sealed body: ciphertext.",
    "ce_specversion": "Of CloudEvents.",
    "ce_id": "The event, for ever.",
    "ce_source": "`urn:cosigne:<organisation>:<service>`.",
    "ce_type": "What happened, and the version of its body.",
    "ce_subject": "The person, or the organisation, whom it is about.",
    "ce_time": "When it was recorded.",
    "ce_sequence": "Its position in the organisation's log of this service, without a hole.",
    "ce_partitionkey": "Its lane, as the record's key.",
    "ce_era": "How often this log was taken up again after a loss; an earlier one counts no more.",
    "ce_lane": f"Which of {LANES} lanes: what is of one person stays in one.",
    "ce_gpos": "Its position in the log of all organisations.",
    "ce_laneprev": "The `ce_gpos` before it in its lane: if that is not known, something is missing.",
    "ce_stream": "The aggregate that it belongs to.",
    "ce_streamversion": "Which event of that stream.",
    "envelope": "What of the event stands in clear, byte for byte as it was sealed: canonical JSON.",
    "leaf": "SHA-256 over envelope and ciphertext, as bytes; here in base64.",
    "ce_traceparent": "W3C Trace Context of the request that caused it: as its caller sent it or, where telemetry runs, of the request that is traced; left out otherwise.",
}
NUMBERS = frozenset(
    {
        "ce_sequence",
        "ce_partitionkey",
        "ce_era",
        "ce_lane",
        "ce_gpos",
        "ce_laneprev",
        "ce_streamversion",
    }
)
UUIDS = frozenset({"ce_id", "ce_subject", "ce_stream"})
AT = datetime(2026, 2, 3, 15, 4, 5, tzinfo=UTC)
TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
CIPHERTEXT = b"ciphertext, which only this installation can open"
BODY: Part = {
    "type": ["string", "null"],
    "description": (
        "AES-256-GCM-SIV over the event's JSON, bound to its envelope; null once the words were taken back. "
        "Opened, it is what the contract of its type says."
    ),
}


def facts_of_services() -> dict[str, list[type[Fact]]]:
    """Every fact by service, loaded with the services' plans."""
    plans()
    found: dict[str, list[type[Fact]]] = {name: [] for name in SERVICES}
    for topic, kind in sorted(Fact.registry.items()):
        if kind.__module__.startswith("services."):
            found[topic.partition(".")[0]].append(kind)
    return found


def type_of(kind: type[Fact]) -> str:
    return f"org.cosigne.{kind.TOPIC}.v{kind.class_version}"


def headers() -> Part:
    """Those of a real record, in its order: whatever is new there must be told here."""
    names = list(example(facts_of_services()["plans"][0])["headers"])
    return {
        "type": "object",
        "properties": {name: {**form(name), "description": SAID[name]} for name in names},
        "required": [name for name in names if name != "ce_traceparent"],
    }


def form(name: str) -> Part:
    if name in UUIDS:
        return {"type": "string", "format": "uuid"}
    if name in NUMBERS:
        return {"type": "string", "pattern": "^[0-9]+$"}
    if name == "ce_time":
        return {"type": "string", "format": "date-time"}
    return {"type": "string"}


def example(kind: type[Fact]) -> Part:
    """Made as the relay makes it, of an event about somebody who does not exist."""
    tenant, person = tenant_of("tisserands"), id_of("party", "an example")
    act = Act(
        tenant=tenant,
        subject=person,
        actor=person,
        author=person,
        at=AT,
        occurred=AT,
        precision="instant",
        command=id_of("command", kind.TOPIC),
        contributors=(Contributor(party=person, role="person", part="wrote", attestation="own"),),
        setting="alone",
        traceparent=TRACE,
    )
    empty = {part.name: None for part in body_of(kind).parts}
    fact = kind(id_of("stream", kind.TOPIC), 3, AT, act, **empty)
    envelope = envelope_of(fact, "subject.1")
    place = (fact.originator_id, fact.originator_version, person)
    leaf, lane = leaf_of(envelope, CIPHERTEXT), lane_of(tenant, person)
    sent = record_of(Sealed(4321, 1, tenant, 17, lane, *place, envelope, CIPHERTEXT, leaf), 4300)
    told = {name: b64encode(said) if name == "leaf" else said for name, said in sent.headers}
    return {
        "name": kind.TOPIC,
        "headers": {name: said.decode() for name, said in told.items()},
        "payload": b64encode(CIPHERTEXT).decode(),
    }
