"""A real Kubernetes API server and its etcd, as processes on the loopback."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from cosigne.embedded.ports import free_port
from tests.support.chart import KUBERNETES, TOOLS

BIN = TOOLS / f"kubernetes-v{KUBERNETES}"


@contextmanager
def api_server(folder: Path, token: str) -> Iterator[int]:
    """Its port; whoever has the token may do anything there."""
    etcd, peers, port = free_port(), free_port(), free_port()
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    (folder / "accounts.key").write_bytes(
        made.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    )
    (folder / "tokens.csv").write_text(f'{token},operator,1,"system:masters"\n')
    with (
        started(folder, "etcd", of_etcd(folder, etcd, peers)),
        started(folder, "kube-apiserver", of_server(folder, etcd, port)),
    ):
        yield port


def of_etcd(folder: Path, port: int, peers: int) -> list[str]:
    own, other = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{peers}"
    return [
        f"--data-dir={folder / 'etcd'}",
        f"--listen-client-urls={own}",
        f"--advertise-client-urls={own}",
        f"--listen-peer-urls={other}",
        f"--initial-advertise-peer-urls={other}",
        f"--initial-cluster=default={other}",
        "--unsafe-no-fsync",
    ]


def of_server(folder: Path, etcd: int, port: int) -> list[str]:
    return [
        f"--etcd-servers=http://127.0.0.1:{etcd}",
        "--bind-address=127.0.0.1",
        f"--secure-port={port}",
        # nobody asks it by way of a Service, and a loopback address may be none's endpoint
        "--advertise-address=192.0.2.1",
        "--endpoint-reconciler-type=none",
        f"--cert-dir={folder / 'certificates'}",
        f"--token-auth-file={folder / 'tokens.csv'}",
        "--authorization-mode=RBAC",
        "--service-cluster-ip-range=10.96.0.0/24",
        "--service-account-issuer=https://kubernetes.default.svc",
        f"--service-account-key-file={folder / 'accounts.key'}",
        f"--service-account-signing-key-file={folder / 'accounts.key'}",
    ]


@contextmanager
def started(folder: Path, name: str, told: list[str]) -> Iterator[None]:
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen([str(BIN / name), *told], stdout=log, stderr=log)
    try:
        yield
    finally:
        process.terminate()
        process.wait(30)
