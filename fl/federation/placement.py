"""The nodes of a Ray cluster, and which of them each party and the server runs on."""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import ray
from ray.runtime_env import RuntimeEnv
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy
from secretflow.distributed import primitive
from secretflow_fl.distributed.op_strategy import SimulationStrategy

from data.sentences import join, say
from fl.aggregation.party_side import MaskingParty
from fl.aggregation.server_side import MaskingHub
from fl.errors import SessionError

OWN_NODE_ENDED: Final = say("watch.node-silent", "Ray's node on this computer ended.")


@dataclass(frozen=True)
class Node:
    """A computer of a cluster, as its Ray tells of it.

    Attributes:
        id: Ray's, hexadecimal.
        name: that it was started with, or its host name.
        address: IP address.
        free: logical CPUs that nobody has claimed.
        cpus: logical CPUs in all.
        offers: names of its resources.
        port: at which its Ray listens; 0 where that is not known.
    """

    id: str
    name: str
    address: str
    free: float
    cpus: float
    offers: frozenset[str] = frozenset()
    port: int = 0

    def __str__(self) -> str:
        return self.name if self.name == self.address else f"{self.name} ({self.address})"


@dataclass(frozen=True)
class Placement:
    """The node of each party and of the server.

    Attributes:
        nodes: by name, the server's first.
        own: the node of this process.
    """

    nodes: Mapping[str, Node]
    own: Node

    def sentence(self) -> str:
        """Return who runs where."""
        return join(
            (
                say("cluster.runs-on", "{who}: node {node}", who=name, node=str(node))
                for name, node in self.nodes.items()
            ),
            "; ",
        )

    def facts(self) -> dict[str, dict[str, str]]:
        """Return who runs where, for a run's config.json."""
        return {name: {"node": node.name, "address": node.address} for name, node in self.nodes.items()}

    def lost_node(self, name: str) -> Node | None:
        """Return the node of a party or the server where nobody answers there any more; Ray itself says so later."""
        node = self.nodes[name]
        return None if listens(node.address, node.port) else node

    def threads(self) -> int:
        """Return how many threads each party can have: the fewest CPUs that there are for one on its node."""
        used = list(self.nodes.values())
        return max(1, min(int(node.cpus) // used.count(node) for node in used))


def listens(host: str, port: int) -> bool:
    """Return whether somebody listens there, within a second or so."""
    try:
        socket.create_connection((host, port), timeout=1.0).close()
    except OSError:
        return False
    return True


def nodes_now() -> list[Node]:
    """Return the nodes that live, that of this process first, then by name. Ray must be connected."""
    own = ray.get_runtime_context().get_node_id()
    free = ray._private.state.available_resources_per_node()
    found = [
        Node(
            id=one["NodeID"],
            name=_name_of(one),
            address=one["NodeManagerAddress"],
            free=float(free.get(one["NodeID"], {}).get("CPU", 0.0)),
            cpus=float(one["Resources"].get("CPU", 0.0)),
            offers=frozenset(one["Resources"]),
            port=int(one["NodeManagerPort"]),
        )
        for one in ray.nodes()
        if one["Alive"]
    ]
    return sorted(found, key=lambda node: (node.id != own, node.name, node.address, node.id))


def _name_of(node: Mapping[str, Any]) -> str:
    """Return the name that a node was given; Ray says its address where none was."""
    given = str(node["NodeName"])
    return given if given not in ("", node["NodeManagerAddress"]) else str(node["NodeManagerHostname"])


def place(nodes: Sequence[Node], names: Sequence[str]) -> Placement:
    """Choose a node for each: one that offers a resource of its name, else the one that has the fewest so far.

    Each takes one CPU. Of nodes that are equal the first is taken, so the same cluster gives the same places.

    Args:
        nodes: see `nodes_now`.
        names: of the server and the parties.

    Raises:
        SessionError: there are too few free CPUs.
    """
    taken = dict.fromkeys(nodes, 0)
    chosen: dict[str, Node] = {}
    # Those that have a node of their own come first, so that the others are spread around them.
    for name in sorted(names, key=lambda name: not any(name in node.offers for node in nodes)):
        own = [node for node in nodes if name in node.offers]
        left = [node for node in own or nodes if node.free - taken[node] >= 1]
        if not left:
            raise _too_few(name, own, nodes, len(names))
        node = min(left, key=lambda one: taken[one])
        taken[node] += 1
        chosen[name] = node
    return Placement({name: chosen[name] for name in names}, nodes[0])


def _too_few(name: str, own: Sequence[Node], nodes: Sequence[Node], processes: int) -> SessionError:
    if own:
        told = say(
            "cluster.node-full",
            "{who} belongs on {nodes}, which offers a resource of that name, and no CPU is free there.",
            who=name,
            nodes=", ".join(map(str, own)),
        )
    else:
        told = say(
            "cluster.too-few-cpus",
            "The cluster has {free:g} free CPUs (nodes: {nodes}), and {processes} are needed: one for each party and "
            "one for the server.",
            free=sum(int(node.free) for node in nodes),
            nodes=len(nodes),
            processes=processes,
        )
    return SessionError(
        told, say("cluster.too-few-hint", "Wait until others are done, use fewer parties, or let more nodes join.")
    )


class PlacedStrategy(SimulationStrategy):
    """SecretFlow's way to start actors with Ray, each on the node that was chosen for its party.

    SecretFlow itself asks for a resource of the party's name, which a cluster that was not started for it lacks.
    """

    def __init__(self, placement: Placement, environments: Mapping[Node, Mapping[str, str]]) -> None:
        """Take who runs where, and the variables of the environment on each node."""
        self._placement, self._environments = placement, environments

    def _make_remote(self, function_or_class: Any, options: Any) -> Any:
        made = super()._make_remote(function_or_class, options)
        is_member = isinstance(function_or_class, type) and issubclass(function_or_class, MaskingParty | MaskingHub)

        def party(name: str) -> Any:
            node = self._placement.nodes[name]
            # One CPU for each party and the server; what else runs beside them must not wait for one.
            made._default_options.update(
                num_cpus=1 if is_member else 0,
                scheduling_strategy=NodeAffinitySchedulingStrategy(node.id, soft=False),
                runtime_env=RuntimeEnv(env_vars=dict(self._environments[node])),
            )
            made.party = ""  # no resource is asked for
            return made

        made.party = party
        return made


def put_in_place(placement: Placement, roots: Mapping[Node, str], variables: Mapping[str, str]) -> None:
    """Let SecretFlow, which is connected, start what it starts on these nodes.

    Args:
        placement: who runs where.
        roots: folder of the program at each node.
        variables: of the environment there.
    """
    environments = {node: {**variables, "PYTHONPATH": root} for node, root in roots.items()}
    primitive._sf_op_context._strategy = PlacedStrategy(placement, environments)
