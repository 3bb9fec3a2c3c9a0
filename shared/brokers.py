"""Where the brokers of an installation are, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from shared.given import Given, whole
from shared.kernel import Refused

KAFKA_SECURITY = ("PLAINTEXT", "SSL", "SASL_SSL")
LONGEST = 24  # hours: people are told that words they took back leave the brokers by then


@dataclass(frozen=True, slots=True, kw_only=True)
class Kafka:
    """Where the brokers are, and what the topics made there are like."""

    servers: tuple[str, ...]
    prefix: str = "cosigne"
    partitions: int = 8
    retention_hours: int = 24
    security: str = "PLAINTEXT"
    ca: Path | None = None
    user: str = ""
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.security not in KAFKA_SECURITY:
            allowed = ", ".join(KAFKA_SECURITY)
            raise Refused("settings.unknown_security", security=self.security, allowed=allowed)
        if self.security == "SASL_SSL" and not (self.user and self.password):
            raise Refused("settings.missing", names="COSIGNE_KAFKA_USER, COSIGNE_KAFKA_PASSWORD")

    def unfit(self, *, mesh: bool) -> Iterator[str]:
        """What production refuses of it; `mesh`: something outside encrypts what goes there."""
        if self.security == "PLAINTEXT" and not mesh:
            yield "COSIGNE_KAFKA_SECURITY (PLAINTEXT)"
        if self.retention_hours > LONGEST:
            yield f"COSIGNE_KAFKA_RETENTION_HOURS (> {LONGEST})"


def kafka_of(given: Given, mode: str) -> Kafka | None:
    """In production what is said of people in clear is not sent in clear, unless that is told."""
    servers = tuple(one.strip() for one in given.text("KAFKA").split(",") if one.strip())
    if not servers:
        return None
    usual = "SSL" if mode == "production" else "PLAINTEXT"
    return Kafka(
        servers=servers,
        prefix=given.text("KAFKA_PREFIX", "cosigne"),
        partitions=whole("KAFKA_PARTITIONS", given.text("KAFKA_PARTITIONS", "8")),
        retention_hours=whole("KAFKA_RETENTION_HOURS", given.text("KAFKA_RETENTION_HOURS", "24")),
        security=given.text("KAFKA_SECURITY", usual),
        ca=given.path("KAFKA_CA"),
        user=given.text("KAFKA_USER"),
        password=given.text("KAFKA_PASSWORD"),
    )
