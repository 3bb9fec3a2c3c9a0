"""A real broker that lets others in by TLS and a password."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from kafka import KafkaAdminClient
from kafka.admin import UserScramCredentialUpsertion

from cosigne.embedded.broker import Broker
from cosigne.embedded.ports import HOST, free_port
from tests.support.certificates import Authority

USER, PASSWORD = "cosigne", "un mot de passe d'essai"
MECHANISM = "SCRAM-SHA-512"
JAAS = "org.apache.kafka.common.security.scram.ScramLoginModule required;"


@dataclass(frozen=True)
class Secured:
    """Where it lets in, and whom it wants to be believed by."""

    server: str
    authority: Authority


@pytest.fixture(scope="session")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("secured")
    authority = Authority.made(folder, "authority")
    broker, port = Broker(folder / "kafka"), free_port()
    broker.options.update(secure(broker, port, authority.issue(HOST, folder / "broker.pem")))
    with broker:
        # who may come in is told by the door that only the broker itself uses
        with closing(KafkaAdminClient(bootstrap_servers=[broker.bootstrap])) as admin:
            told = UserScramCredentialUpsertion(USER, MECHANISM, PASSWORD)
            assert admin.alter_user_scram_credentials([told]) == {USER: None}
        yield Secured(f"{HOST}:{port}", authority)


def secure(broker: Broker, port: int, certificate: Path) -> Mapping[str, str]:
    """A second door beside the plain one, in Kafka's own settings."""
    doors = {"PLAINTEXT": broker.port, "SASL_SSL": port, "CONTROLLER": broker.controller}
    security = {"CONTROLLER": "PLAINTEXT", "PLAINTEXT": "PLAINTEXT", "SASL_SSL": "SASL_SSL"}
    return {
        "listeners": ",".join(f"{name}://{HOST}:{at}" for name, at in doors.items()),
        "listener.security.protocol.map": ",".join(f"{a}:{b}" for a, b in security.items()),
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(certificate),
        "sasl.enabled.mechanisms": MECHANISM,
        f"listener.name.sasl_ssl.{MECHANISM.lower()}.sasl.jaas.config": JAAS,
    }
