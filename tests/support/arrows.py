"""Who may speak to whom, as a cluster that enforces NetworkPolicies would decide it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Any

NAMESPACE = "kubernetes.io/metadata.name"


@dataclass(frozen=True)
class Place:
    """A pod, or something outside of the cluster, which has an address and no labels."""

    name: str
    address: str
    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Walls:
    """The policies of one namespace. Whoever none of them selects is open."""

    namespace: str
    policies: Sequence[Mapping[str, Any]]

    def let(self, one: Place, other: Place, port: int, protocol: str = "TCP") -> bool:
        """Whether `one` reaches that port of `other`: let out here, and let in there."""
        return self._side("Egress", "egress", "to", one, other, port, protocol) and self._side(
            "Ingress", "ingress", "from", other, one, port, protocol
        )

    def _side(
        self, kind: str, rules: str, who: str, here: Place, there: Place, port: int, protocol: str
    ) -> bool:
        selecting = [
            policy["spec"]
            for policy in self.policies
            if kind in policy["spec"]["policyTypes"] and self._selected(policy, here)
        ]
        return not selecting or any(
            self._fits(rule.get(who), there) and opened(rule.get("ports"), port, protocol)
            for spec in selecting
            for rule in spec.get(rules) or ()
        )

    def _selected(self, policy: Mapping[str, Any], place: Place) -> bool:
        return place.namespace == self.namespace and matches(
            policy["spec"]["podSelector"], place.labels
        )

    def _fits(self, peers: Sequence[Mapping[str, Any]] | None, place: Place) -> bool:
        return not peers or any(self._peer(peer, place) for peer in peers)

    def _peer(self, peer: Mapping[str, Any], place: Place) -> bool:
        if block := peer.get("ipBlock"):
            return within(block, place.address)
        if not place.namespace:
            return False
        if "namespaceSelector" in peer:
            there = matches(peer["namespaceSelector"], {NAMESPACE: place.namespace})
        else:
            there = place.namespace == self.namespace
        return there and matches(peer.get("podSelector", {}), place.labels)


def within(block: Mapping[str, Any], told: str) -> bool:
    address = ip_address(told)

    def holds(network: str) -> bool:
        return address in ip_network(network)

    return holds(block["cidr"]) and not any(map(holds, block.get("except", ())))


def opened(ports: Sequence[Mapping[str, Any]] | None, port: int, protocol: str) -> bool:
    return not ports or any(
        one.get("protocol", "TCP") == protocol and one.get("port") in (None, port) for one in ports
    )


def matches(selector: Mapping[str, Any], labels: Mapping[str, str]) -> bool:
    """Only what the chart uses is known; anything else is a fault."""
    assert {told["operator"] for told in selector.get("matchExpressions", ())} <= {"In"}
    return all(
        labels.get(name) == value for name, value in selector.get("matchLabels", {}).items()
    ) and all(
        labels.get(told["key"]) in told["values"] for told in selector.get("matchExpressions", ())
    )
