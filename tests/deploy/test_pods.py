"""Every pod of every size: the walls around it, what it is told, how it is looked after."""

import re

import pytest

from cosigne.cli import COMMANDS
from shared.settings import SERVICES, Settings
from tests.support.chart import (
    EVERY,
    ROOT,
    container,
    environment,
    every_string,
    of_kind,
    pods,
    rendered,
)

pytestmark = pytest.mark.xdist_group("chart")  # one worker renders what all of them look at

SIZES = pytest.mark.parametrize(("size", "around"), EVERY)
WALLS = {
    "allowPrivilegeEscalation": False,
    "privileged": False,
    "readOnlyRootFilesystem": True,
    "runAsNonRoot": True,
    "capabilities": {"drop": ["ALL"]},
}
# the installation's own, and those of OpenTelemetry which every library of it knows
SETTING = re.compile(r"`((?:COSIGNE|OTEL)_[A-Z_]+)`")
OF_A_SERVICE = re.compile(r"COSIGNE_[A-Z]+(_[A-Z]+)?_(DATABASE_)?URL")
ROLE_URL = "postgresql://user@host/db?sslmode=verify-full"
TELEMETRY = {
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    "OTEL_EXPORTER_OTLP_HEADERS",
    "OTEL_SERVICE_NAME",
    "OTEL_TRACES_SAMPLER_ARG",
}


@SIZES
def test_every_pod_has_the_same_walls(size, around):
    for name, pod in pods(rendered(size, around)).items():
        spec = pod["spec"]
        assert container(pod)["securityContext"] == WALLS, name
        assert spec["automountServiceAccountToken"] is False, name
        assert spec["securityContext"]["runAsNonRoot"] is True, name
        assert spec["securityContext"]["runAsUser"] > 10000, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert not {"hostNetwork", "hostPID", "hostIPC", "initContainers"} & set(spec), name
        kinds = {next(k for k in volume if k != "name") for volume in spec["volumes"]}
        assert kinds <= {"emptyDir", "secret", "projected", "configMap", "persistentVolumeClaim"}, (
            name
        )
        writable = {m["mountPath"] for m in container(pod)["volumeMounts"] if "readOnly" not in m}
        kept = {f"/var/lib/cosigne/{volume}" for volume in ("keys", "erasures", "positions")}
        assert {"/tmp"} <= writable <= {"/tmp", *kept}, name
        assert {"cpu", "memory"} <= set(container(pod)["resources"]["requests"]), name
        assert "memory" in container(pod)["resources"]["limits"], name


@SIZES
def test_nobody_has_a_token_of_kubernetes_or_rights_there(size, around):
    objects = rendered(size, around)
    accounts = {one["metadata"]["name"]: one for one in of_kind(objects, "ServiceAccount")}
    assert all(one["automountServiceAccountToken"] is False for one in accounts.values())
    assert {pod["spec"]["serviceAccountName"] for pod in pods(objects).values()} <= set(accounts)
    assert not of_kind(objects, "Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")


@SIZES
def test_every_variable_is_a_setting_that_the_reference_lists(size, around):
    page = (ROOT / "docs" / "reference" / "settings.md").read_text("utf-8")
    listed = set(SETTING.findall(page)) | TELEMETRY
    for name, pod in pods(rendered(size, around)).items():
        for told in environment(pod):
            plain = told.removesuffix("_FILE")
            assert plain in listed or OF_A_SERVICE.fullmatch(plain), (name, told)


@SIZES
def test_what_is_told_is_what_the_product_reads(size, around, tmp_path):
    """Each process's settings, read by the code that reads them there, with files for the secrets."""
    for name, pod in pods(rendered(size, around)).items():
        told = dict(environment(pod))
        for key in [key for key in told if key.endswith("_FILE")]:
            secret = tmp_path / f"{name}-{key}"
            secret.write_text(
                ROLE_URL if "URL" in key else "said by a file, long enough for anybody"
            )
            told[key] = str(secret)
        settings = Settings.read(
            told, needs=frozenset()
        )  # each needs others; those told are checked
        assert settings.mode == "production", name
        assert settings.url == "https://cosigne.example.org", name
        relays = name.startswith(("relay-", "consume-")) or name == "console"
        if around != "plain" and (relays or name.startswith("worker-")):
            assert settings.kafka is not None, name
            assert settings.kafka.security == "SASL_SSL", name
        else:
            assert settings.kafka is None, name


@SIZES
def test_a_secret_comes_as_the_name_of_a_file_and_is_nowhere_in_clear(size, around):
    objects = rendered(size, around)
    assert not of_kind(objects, "Secret")
    for name, pod in pods(objects).items():
        mounts = {mount["mountPath"] for mount in container(pod)["volumeMounts"]}
        for variable in container(pod)["env"]:
            assert set(variable) == {"name", "value"}, (name, variable["name"])
            secret = re.search(r"SECRET|PASSWORD", variable["name"])
            assert not secret or variable["name"].endswith("_FILE"), (name, variable["name"])
            if variable["name"].endswith("_FILE"):
                assert variable["value"].rpartition("/")[0] in mounts, (name, variable)
    for told in every_string(list(objects)):
        assert not re.search(r"postgresql://[^/\s]*:[^/\s]*@", told), told


@SIZES
def test_every_file_that_a_process_is_told_of_stands_in_what_is_mounted(size, around):
    for name, pod in pods(rendered(size, around)).items():
        stands = files_of(pod)
        told = {
            value
            for key, value in environment(pod).items()
            if key.endswith(("_FILE", "_CA")) and value.startswith("/")
        }
        told |= {
            path
            for value in environment(pod).values()
            for path in re.findall(r"sslrootcert=(\S+?)(?:&|$)", value)
        }
        assert told <= stands, name
        unused = {file for file in stands - told if not file.startswith("/run/cosigne/ca/")}
        assert unused == set(), name


def files_of(pod):
    """Where each file of a Secret is seen by the process."""
    where = {mount["name"]: mount["mountPath"] for mount in container(pod)["volumeMounts"]}
    found = set()
    for volume in pod["spec"]["volumes"]:
        sources = [volume.get("secret", {})]
        sources += [one["secret"] for one in volume.get("projected", {}).get("sources", ())]
        items = [item for source in sources for item in source.get("items", ())]
        found |= {f"{where[volume['name']]}/{item['path']}" for item in items}
    return found


def test_with_a_password_for_each_role_a_process_gets_the_roles_it_works_as():
    found = {
        name: {file.rpartition("/")[2] for file in files_of(pod) if "/database/" in file}
        for name, pod in pods(rendered("medium", "outside")).items()
    }
    others = {f"{service}_relay" for service in SERVICES}
    assert found["portal"] == set()
    assert found["plans"] == {"plans_app", "plans_combine", "keys_app"}
    assert found["seal-plans"] == {"plans_sealer"}
    assert found["project-plans"] == {"plans_reader", "keys_app"}
    assert found["consume-plans"] == {"plans_reader", "keys_app", *others}
    assert found["relay-plans"] == {"plans_reader"}
    working = {"plans_app", "plans_combine", "plans_reader", "plans_eraser", "keys_app"}
    assert found["work-plans"] == {*working, *others}
    assert {role for roles in found.values() for role in roles if role.endswith("_owner")} == set()
    assert {name for name, files in found.items() if "secret" in files} == {"migrate", "console"}


@SIZES
def test_only_whoever_migrates_has_the_administrators_url(size, around):
    for name, pod in pods(rendered(size, around)).items():
        has = any("ADMIN" in variable for variable in environment(pod))
        assert has is (name == "migrate"), name


@SIZES
def test_every_process_is_a_command_there_is_and_says_how_it_is(size, around):
    for name, pod in pods(rendered(size, around)).items():
        only = container(pod)
        if name == "console":
            continue
        command, *rest = only["args"]
        assert command in (*COMMANDS, "seal", "project", "consume"), name
        if name in ("migrate", "positions"):
            continue
        [port] = only["ports"]
        service = rest[rest.index("--service") + 1]
        assert name.endswith(service), name
        if command == "serve":
            assert rest[-1] == f"0.0.0.0:{port['containerPort']}" == "0.0.0.0:8080"
            base = "/v1/health" if service == "portal" else f"/{service}/v1/health"
        else:
            assert rest[-2:] == ["--health", f"0.0.0.0:{port['containerPort']}"]
            base = ""
        for probe, asked in (
            ("startupProbe", "live"),
            ("livenessProbe", "live"),
            ("readinessProbe", "ready"),
        ):
            asks = only[probe]["httpGet"]
            assert asks == {"path": f"{base}/{asked}", "port": port["containerPort"]}, (name, probe)


@SIZES
def test_a_process_has_time_to_end_what_it_began(size, around):
    for name, pod in pods(rendered(size, around)).items():
        before = container(pod).get("lifecycle", {}).get("preStop", {}).get("sleep", {})
        # gunicorn and a worker each take ten seconds at most
        assert pod["spec"]["terminationGracePeriodSeconds"] >= before.get("seconds", 0) + 15, name


@SIZES
def test_all_work_of_every_service_is_done_by_somebody(size, around):
    kinds = {"seal", "project", "consume", "erase", "forget", "work"}
    kinds |= {"relay"} if around != "plain" else set()
    done = set()
    for pod in pods(rendered(size, around)).values():
        args = container(pod).get("args", ["sleep"])
        if args[0] in ("migrate", "positions", "serve", "sleep"):
            continue
        service = args[args.index("--service") + 1]
        work = args[1 : args.index("--service")] if args[0] == "work" else [args[0]]
        done |= {(kind, service) for kind in work}
    assert done == {(kind, service) for kind in kinds for service in SERVICES}


def test_one_process_writes_the_list_of_erasures_and_hands_it_on():
    for size, around in EVERY:
        objects = rendered(size, around)
        writers = [
            one
            for one in of_kind(objects, "Deployment")
            if "COSIGNE_ERASURES_LIST" in environment(one["spec"]["template"])
        ]
        [only] = writers
        assert only["spec"]["replicas"] == 1
        assert only["spec"]["strategy"] == {"type": "Recreate"}
        assert "forget" in container(only["spec"]["template"])["args"]
