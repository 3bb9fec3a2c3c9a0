"""A Kubernetes without nodes, to install into: no pods run, and each job ends at once, as it is told."""

from __future__ import annotations

import json
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any

import httpx

from tests.support.api_server import BIN, api_server
from tests.support.chart import HELM, required

TOKEN, SERVER_NAME = "of-the-tests", "kubernetes.default.svc"
PATIENCE = 120.0
Told = Mapping[str, Any]


@dataclass
class ControlPlane:
    """`kubectl` and `helm` against it; `seen` is asked what to do with each job that begins."""

    folder: Path
    url: str
    client: httpx.Client
    kubeconfig: Path
    fails: bool = False
    before: Callable[[], None] = field(default=lambda: None)

    def kubectl(self, *told: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return self._run(BIN / "kubectl", *told, given=given)

    def helm(self, *told: str) -> subprocess.CompletedProcess[str]:
        return self._run(required(HELM), *told)

    def get(self, path: str) -> Any:
        return self.client.get(path).raise_for_status().json()

    def kinds(self) -> frozenset[tuple[str, str]]:
        """What the server knows: API version and kind."""
        groups = self.get("/apis")["groups"]
        versions = ["v1", *(one["groupVersion"] for group in groups for one in group["versions"])]
        return frozenset(
            (version, one["kind"])
            for version in versions
            for one in self.get(f"/{'api' if version == 'v1' else 'apis'}/{version}")["resources"]
        )

    def look_after_jobs(self, stop: Event) -> None:
        """In place of a controller and nodes: each job ends at once, well or not, as was told."""
        while not stop.wait(0.2):
            for job in self.get("/apis/batch/v1/jobs")["items"]:
                if not job.get("status", {}).get("conditions"):
                    self.before()
                    self._end(job["metadata"])

    def _end(self, job: Told) -> None:
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        kinds = ("FailureTarget", "Failed") if self.fails else ("SuccessCriteriaMet", "Complete")
        conditions = [
            {"type": kind, "status": "True", "lastProbeTime": now, "lastTransitionTime": now}
            for kind in kinds
        ]
        ended = {"failed": 1} if self.fails else {"succeeded": 1, "completionTime": now}
        path = f"/apis/batch/v1/namespaces/{job['namespace']}/jobs/{job['name']}/status"
        self.client.patch(
            path,
            json={"status": {"startTime": now, "conditions": conditions, **ended}},
            headers={"Content-Type": "application/merge-patch+json"},
        ).raise_for_status()

    def _run(self, *told: object, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(one) for one in told],
            env={
                "KUBECONFIG": str(self.kubeconfig),
                "HOME": str(self.folder),
                "PATH": "/usr/bin:/bin",
            },
            input=given,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )


@contextmanager
def control_plane(folder: Path) -> Iterator[ControlPlane]:
    with ExitStack() as stack:
        here = reached(folder, stack.enter_context(api_server(folder, TOKEN)), stack)
        stop = Event()
        thread = Thread(target=here.look_after_jobs, args=(stop,), daemon=True)
        thread.start()
        try:
            yield here
        finally:
            stop.set()
            thread.join()


def reached(folder: Path, port: int, stack: ExitStack) -> ControlPlane:
    """Once it is ready to be asked."""
    url, authority = f"https://127.0.0.1:{port}", folder / "certificates" / "apiserver.crt"
    until = time.monotonic() + PATIENCE
    while not authority.exists():
        assert time.monotonic() < until, (folder / "kube-apiserver.log").read_text("utf-8")[-4000:]
        time.sleep(0.1)
    cluster = {
        "server": url,
        "certificate-authority": str(authority),
        "tls-server-name": SERVER_NAME,
    }
    kubeconfig = folder / "kubeconfig"
    kubeconfig.write_text(
        json.dumps(
            {
                "apiVersion": "v1",
                "kind": "Config",
                "clusters": [{"name": "live", "cluster": cluster}],
                "users": [{"name": "operator", "user": {"token": TOKEN}}],
                "contexts": [{"name": "live", "context": {"cluster": "live", "user": "operator"}}],
                "current-context": "live",
            }
        )
    )
    trusted = ssl.create_default_context(cafile=str(authority))
    trusted.check_hostname = False  # the certificate is its own authority's, for other names
    client = stack.enter_context(
        httpx.Client(
            base_url=url,
            headers={"Authorization": f"Bearer {TOKEN}"},
            verify=trusted,
            timeout=30,
            trust_env=False,
        )
    )
    while True:
        try:
            if client.get("/readyz").status_code == httpx.codes.OK:
                return ControlPlane(folder, url, client, kubeconfig)
        except httpx.TransportError:
            pass
        assert time.monotonic() < until, (folder / "kube-apiserver.log").read_text("utf-8")[-4000:]
        time.sleep(0.2)
