"""Makes the schemas beside this file, by which `make chart` judges what the chart renders.

    python deploy/helm/schemas/make.py FOLDER_OF_STRIMZI_CRDS

Kubernetes' own come from its published OpenAPI document, those of the operators from their CRDs, all
out of Go's module cache (`go mod download`, the versions below); Strimzi is no Go module: give the
folder `install/cluster-operator` of its release. Only the kinds that the chart has are kept, without
descriptions, and closed: a field that no schema knows is a fault.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
CACHE = Path(os.environ.get("GOMODCACHE", Path.home() / "go" / "pkg" / "mod"))
KUBERNETES = "k8s.io/kubernetes@v1.34.2/api/openapi-spec/swagger.json"
STRIMZI = "1.2.0"
KINDS = {
    "io.k8s.api.apps.v1.Deployment",
    "io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler",
    "io.k8s.api.batch.v1.CronJob",
    "io.k8s.api.batch.v1.Job",
    "io.k8s.api.core.v1.ConfigMap",
    "io.k8s.api.core.v1.PersistentVolumeClaim",
    "io.k8s.api.core.v1.Service",
    "io.k8s.api.core.v1.ServiceAccount",
    "io.k8s.api.networking.v1.Ingress",
    "io.k8s.api.networking.v1.NetworkPolicy",
    "io.k8s.api.policy.v1.PodDisruptionBudget",
}
MODULES = {
    "github.com/cloudnative-pg/cloudnative-pg@v1.27.1/config/crd/bases": (
        "postgresql.cnpg.io_clusters.yaml",
        "postgresql.cnpg.io_scheduledbackups.yaml",
    ),
    "github.com/cloudnative-pg/plugin-barman-cloud@v0.15.0/config/crd/bases": (
        "barmancloud.cnpg.io_objectstores.yaml",
    ),
    "github.com/external-secrets/external-secrets@v1.3.2/config/crds/bases": (
        "external-secrets.io_externalsecrets.yaml",
    ),
    "github.com/prometheus-operator/prometheus-operator@v0.85.0/example/prometheus-operator-crd": (
        "monitoring.coreos.com_prometheusrules.yaml",
        "monitoring.coreos.com_servicemonitors.yaml",
    ),
}
OF_STRIMZI = (
    "040-Crd-kafka.yaml",
    "043-Crd-kafkatopic.yaml",
    "044-Crd-kafkauser.yaml",
    "045-Crd-kafkanodepool.yaml",
)
META = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"
NUMBER_OR_TEXT = {"anyOf": [{"type": "integer"}, {"type": "string"}]}
# what the document calls a text, and the API server also takes as a number
LOOSE = {
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": NUMBER_OR_TEXT,
    "io.k8s.apimachinery.pkg.api.resource.Quantity": {
        "anyOf": [{"type": "number"}, {"type": "string"}]
    },
}
SOME = ("oneOf", "anyOf", "allOf", "not")
DROPPED = ("description", "example", "default", "nullable", "externalDocs")


def closed(told: Any, *, whole: bool = True) -> Any:
    """The same schema without prose and Kubernetes' own words, and closed where it lists its fields.

    What stands below `oneOf` and its like lists only some of them, and is not `whole`.
    """
    if isinstance(told, list):
        return [closed(one, whole=whole) for one in told]
    if not isinstance(told, dict):
        return told
    if told.get("x-kubernetes-int-or-string"):
        return NUMBER_OR_TEXT
    kept = {
        name: {field: closed(one, whole=whole) for field, one in value.items()}
        if name == "properties"
        else closed(value, whole=whole and name not in SOME)
        for name, value in told.items()
        if not name.startswith("x-kubernetes-") and name not in DROPPED
    }
    open_ = told.get("x-kubernetes-preserve-unknown-fields") or "additionalProperties" in kept
    if whole and "properties" in kept and not open_:
        kept["additionalProperties"] = False
    return kept


def named(told: Any) -> Iterator[str]:
    """The definitions that a schema names."""
    if isinstance(told, dict):
        if isinstance(ref := told.get("$ref"), str):
            yield ref.rpartition("/")[2]
        for value in told.values():
            yield from named(value)
    elif isinstance(told, list):
        for value in told:
            yield from named(value)


def reached(definitions: Mapping[str, Any], first: Any) -> dict[str, Any]:
    """Those it needs, directly or not."""
    found: dict[str, Any] = {}
    waiting = list(named(first))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = LOOSE.get(name) or closed(definitions[name])
            waiting += named(found[name])
    return dict(sorted(found.items()))


def write(kind: str, version: str, schema: Mapping[str, Any]) -> None:
    file = HERE / f"{kind.lower()}_{version}.json"
    file.write_text(json.dumps(schema, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")


def own(definitions: Mapping[str, Any]) -> None:
    for name in sorted(KINDS):
        schema = closed(definitions[name])
        schema["properties"]["apiVersion"] = schema["properties"]["kind"] = {"type": "string"}
        _, version, kind = name.rsplit(".", 2)
        write(kind, version, {**schema, "definitions": reached(definitions, schema)})


def of_operators(definitions: Mapping[str, Any], strimzi: Path) -> None:
    files = [CACHE / folder / name for folder, names in MODULES.items() for name in names]
    for file in (*files, *(strimzi / name for name in OF_STRIMZI)):
        crd = yaml.safe_load(file.read_text("utf-8"))
        for version in crd["spec"]["versions"]:
            if not version["served"] or version["name"] != "v1":
                continue
            schema = closed(version["schema"]["openAPIV3Schema"])
            schema["properties"]["metadata"] = {"$ref": f"#/definitions/{META}"}
            schema["definitions"] = reached(definitions, schema)
            write(crd["spec"]["names"]["kind"], version["name"], schema)


if __name__ == "__main__":
    told = json.loads((CACHE / KUBERNETES).read_text("utf-8"))["definitions"]
    own(told)
    of_operators(told, Path(sys.argv[1]))
