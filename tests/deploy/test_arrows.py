"""Every pair of pods, and what stands around them: exactly the arrows of the architecture."""

from itertools import product

import pytest

from shared.settings import SERVICES
from tests.support.arrows import Place, Walls, matches
from tests.support.chart import EVERY, files, of_kind, pods, rendered, template

pytestmark = pytest.mark.xdist_group("chart")  # one worker renders what all of them look at

PORTS = (53, 80, 443, 4318, 5432, 6443, 8000, 8080, 8443, 9090, 9092, 9093, 9187)
# of the surroundings of each file in `ci`, outside of the cluster or in another namespace
AROUND = {
    "plain": [
        Place("database", "10.20.0.5"),
        Place("keys", "10.20.0.5"),
        Place("oidc", "10.40.0.5"),
    ],
    "outside": [
        Place("database", "10.20.0.5"),
        Place("keys", "10.21.0.5"),
        Place("kafka", "10.30.0.5"),
        Place("oidc", "10.9.0.8", "keycloak", {"app": "keycloak"}),
    ],
    "operators": [
        Place("database", "10.1.9.1", "cosigne", {"cnpg.io/cluster": "cosigne-data"}),
        Place("keys", "10.1.9.2", "cosigne", {"cnpg.io/cluster": "cosigne-keys"}),
        Place(
            "kafka",
            "10.1.9.3",
            "cosigne",
            {"strimzi.io/cluster": "cosigne", "strimzi.io/broker-role": "true"},
        ),
        Place("operator", "10.9.0.9", "cnpg-system", {"app.kubernetes.io/name": "cloudnative-pg"}),
        Place("oidc", "10.40.0.5"),
    ],
}
EVERYWHERE = [
    Place("names", "10.9.0.1", "kube-system", {"k8s-app": "kube-dns"}),
    Place("ingress", "10.9.0.2", "ingress-nginx", {"app.kubernetes.io/name": "ingress-nginx"}),
    Place("monitoring", "10.9.0.3", "monitoring", {"app": "anything"}),
    Place("neighbour", "10.9.0.4", "cosigne", {"app.kubernetes.io/name": "other"}),
    Place("another's", "10.9.0.5", "elsewhere", {"app.kubernetes.io/name": "cosigne"}),
    Place("partner", "93.184.215.14"),
    Place("partner6", "2606:2800:21f:cb07::1"),
    Place("private", "10.50.0.1"),
    Place("shared", "100.64.0.1"),
    Place("metadata", "169.254.169.254"),
    Place("metadata6", "fd00:ec2::254"),
    Place("in-the-cloud", "168.63.129.16"),
    Place("translated", "64:ff9b::a00:1"),
    Place("loopback6", "::1"),
]
OPENS_WORDS = ("project-", "consume-", "work-", "worker-")


def places(size, around):
    ours = [
        Place(name, f"10.1.0.{number}", "cosigne", pod["metadata"]["labels"])
        for number, (name, pod) in enumerate(pods(rendered(size, around)).items(), 1)
    ]
    return ours, AROUND[around] + EVERYWHERE


def told(size, around):
    """The arrows that there are to be: from, to, port."""
    ours = [place.name for place in places(size, around)[0]]
    kafka, shown = around != "plain", SERVICES if around != "outside" else ("delivery",)
    arrows = {("ingress", "portal", 8080)}
    arrows |= {("ingress", service, 8080) for service in shown}
    arrows |= {("portal", service, 8080) for service in SERVICES}
    oidc = 8443 if around == "outside" else 443
    for name in ours:
        arrows |= {(name, "names", 53)}
        arrows |= {(name, "monitoring", 4318)} if around != "plain" else set()
        if name == "portal":
            arrows |= {(name, "oidc", oidc)}
            continue
        arrows |= {(name, "database", 5432)}
        if name in (*SERVICES, "migrate", "console") or name.startswith(OPENS_WORDS):
            arrows |= {(name, "keys", 5432)}
        if name in (*SERVICES, "console"):
            arrows |= {(name, "oidc", oidc)}
        if kafka and (name.startswith(("consume-", "relay-", "worker-")) or name == "console"):
            arrows |= {(name, "kafka", 9093)}
        if name in ("work-delivery", "worker-delivery"):
            arrows |= {(name, to, port) for to in ("partner", "partner6") for port in (443, 8443)}
    return arrows


@pytest.mark.parametrize(("size", "around"), EVERY)
def test_the_arrows_are_those_of_the_picture_and_no_others(size, around):
    ours, theirs = places(size, around)
    policies = of_kind(rendered(size, around), "NetworkPolicy")
    # the operators close their own pods, in ways of theirs; the next tests look at our part of it
    walls = Walls("cosigne", [p for p in policies if not about_a_server(p)])
    names = {place.name for place in ours}
    found = {
        (one.name, other.name, port)
        for one, other in product([*ours, *theirs], repeat=2)
        for port in PORTS
        if one != other and names & {one.name, other.name} and walls.let(one, other, port)
    }
    # where the key store shares the server, who reaches one reaches both
    same = around == "plain"
    expected = told(size, around)
    if same:
        expected |= {(one, "keys", port) for one, to, port in expected if to == "database"}
    assert found == expected


def about_a_server(policy):
    return "cnpg.io/cluster" in policy["spec"]["podSelector"].get("matchLabels", {})


@pytest.mark.parametrize(("size", "around"), EVERY)
def test_names_are_asked_by_udp_too(size, around):
    ours, theirs = places(size, around)
    walls = Walls("cosigne", of_kind(rendered(size, around), "NetworkPolicy"))
    reached = {
        (one.name, to.name) for one in ours for to in theirs if walls.let(one, to, 53, "UDP")
    }
    assert reached == {(one.name, "names") for one in ours}


def test_into_the_databases_go_our_processes_their_own_servers_and_who_looks_after_them():
    ours, theirs = places("medium", "operators")
    walls = Walls("cosigne", of_kind(rendered("medium", "operators"), "NetworkPolicy"))
    standby = Place("standby", "10.1.9.4", "cosigne", {"cnpg.io/cluster": "cosigne-data"})
    data = next(place for place in theirs if place.name == "database")
    expected = {(one, port) for one, to, port in told("medium", "operators") if to == "database"}
    expected |= {(who, port) for who in ("standby", "operator") for port in (5432, 8000)}
    expected |= {("monitoring", 9187)}
    found = {
        (one.name, port)
        for one in (*ours, *theirs, standby)
        for port in PORTS
        if one != data and walls.let(one, data, port)
    }
    assert found == expected


def test_the_brokers_let_in_those_who_relay_and_consume():
    objects = rendered("medium", "operators")
    [kafka] = of_kind(objects, "Kafka")
    [listener] = kafka["spec"]["kafka"]["listeners"]
    [peer] = listener["networkPolicyPeers"]
    let_in = {
        name
        for name, pod in pods(objects).items()
        if matches(peer["podSelector"], pod["metadata"]["labels"])
    }
    both = {f"{kind}-{service}" for kind in ("consume", "relay") for service in SERVICES}
    assert let_in == {*both, "console"}


def test_where_something_stands_in_the_network_must_be_said():
    for missing in ("database", "oidc"):
        made = template(*files("small", "plain"), "--set-json", f"networkPolicy.{missing}=[]")
        assert made.returncode != 0
        assert f"networkPolicy.{missing}" in made.stderr


@pytest.mark.parametrize(
    ("emptied", "lost"),
    [
        ("ingress", ("ingress", 8080)),
        ("telemetry", ("monitoring", 4318)),
        ("prometheus", ("monitoring", 9187)),
    ],
)
def test_nobody_in_a_list_is_nobody_and_not_everybody(emptied, lost):
    """Kubernetes takes an empty list in a rule for all there are."""
    none = ("--set-json", f"networkPolicy.{emptied}=[]")
    before, after = (
        let_through(of_kind(rendered("medium", "operators", *more), "NetworkPolicy"))
        for more in ((), none)
    )
    who, port = lost
    kept = {(one, to, at) for one, to, at in before if who not in (one, to) or at != port}
    assert after == kept < before


def let_through(policies):
    """Every arrow from or to our pods, and into our databases."""
    ours, theirs = places("medium", "operators")
    walls = Walls("cosigne", policies)
    names = {place.name for place in ours}
    return {
        (one.name, other.name, port)
        for one, other in product([*ours, *theirs], repeat=2)
        for port in PORTS
        if one.name in names or other.name in names | {"database", "keys"}
        if one != other and walls.let(one, other, port)
    }


def test_no_rule_that_is_rendered_has_an_empty_list():
    for around in AROUND:
        emptied = [f"networkPolicy.{name}=[]" for name in ("ingress", "telemetry", "prometheus")]
        told = [word for one in emptied for word in ("--set-json", one)]
        for policy in of_kind(rendered("small", around, *told), "NetworkPolicy"):
            for way, who in (("ingress", "from"), ("egress", "to")):
                assert all(rule[who] for rule in policy["spec"].get(way, [])), policy["metadata"]


def test_names_are_asked_of_somebody():
    made = template(*files("small", "plain"), "--set-json", "networkPolicy.dns=[]")
    assert made.returncode != 0
    assert "dns" in made.stderr
