"""A Ray cluster that somebody else runs: whether it can be used, and on which node each party is.

Parties and the server are actors that are put on nodes by name, as SecretFlow puts them into the resources of its own
simulation. A node that offers a resource called like a party (`ray start --resources '{"party-1": 1}'`) gets that
party; the others are spread evenly. Each node runs its own installation of SecretRec, wherever it lies there, and what
differs in program, lock file, Python or packages is told before anything is sent. Nothing of the cluster is started or
ended: when the driver goes, only its actors go.
"""

from __future__ import annotations

import secrets
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import psutil
import ray
import ray.exceptions
from ray._private.usage.usage_lib import get_cluster_metadata
from ray._private.utils import compute_version_info, init_grpc_channel
from ray._raylet import GcsClient  # type: ignore[attr-defined]  # compiled, without types
from ray.core.generated import gcs_service_pb2, gcs_service_pb2_grpc
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

from data import paths
from data.errors import cannot_write
from data.sentences import join, say
from fl.errors import SessionError
from fl.federation import node_facts
from fl.federation.placement import OWN_NODE_ENDED, Node, listens
from fl.federation.watch import ProcessWatch
from fl.program import Program, differences, this_program
from fl.settings.addresses import Address, address

# What a party's process imports beside the program; their versions decide the last digits of figures, or whether a
# process understands another at all.
PACKAGES: Final = (
    "cryptography",
    "jax",
    "numba",
    "numpy",
    "pandas",
    "pydantic",
    "ray",
    "safetensors",
    "scipy",
    "secretflow",
    "sf-heu",
    "spu",
    "tensorflow",
    "threadpoolctl",
)
_ROOT: Final = Path(__file__).resolve().parents[2]
_CONNECT_SECONDS: Final = 4.0
_ANSWER_SECONDS: Final = 60.0  # of a node that has to start a process
_LOOK_SECONDS: Final = 1.0
_SILENT_SECONDS: Final = 5.0
_SAME_INSTALLATION: Final = say(
    "cluster.same-installation",
    "Install SecretRec of the same version on every node (make setup), and start Ray with its .venv/bin/ray.",
)


# --- finding it -------------------------------------------------------------------------------------------------------


def own_address(text: str) -> str:
    """Return the IP address by which this computer is a node of the cluster at `text`, HOST:PORT.

    Raises:
        SessionError: nobody listens, it is no Ray, another version of it, or this computer is no node. Within 10 s.
    """
    place = address(text)
    try:
        socket.create_connection((place.host, place.port), timeout=_CONNECT_SECONDS).close()
    except OSError as error:
        raise SessionError(
            say(
                "cluster.nobody-listens",
                "Nobody listens at {address}: {reason}.",
                address=text,
                reason=error.strerror or error,
            ),
            say(
                "cluster.start-hint",
                "Give the address that `ray start --head` said, and look whether the cluster runs: "
                "ray status --address {address}",
                address=text,
            ),
        ) from error
    found = _ray_version(text)
    if found is None:
        raise SessionError(
            say("cluster.no-ray", "What listens at {address} is no Ray cluster.", address=text),
            say("cluster.port-hint", "The port of `ray start --head` is meant (6379 by default), not the dashboard's."),
        )
    _check_versions(text, found)
    nodes = [info for info in GcsClient(address=text).get_all_node_info().values() if info.state == info.ALIVE]
    here = {one.address for of_card in psutil.net_if_addrs().values() for one in of_card}
    for info in nodes:
        if info.node_manager_address in here:
            return str(info.node_manager_address)
    raise SessionError(
        say("cluster.not-a-node", "This computer is no node of the Ray cluster at {address}.", address=text),
        say("cluster.join-hint", "Join it first: ray start --address {address}", address=text),
    )


def _ray_version(text: str) -> str | None:
    """Return the version of Ray that answers there, None where none does."""
    stub = gcs_service_pb2_grpc.NodeInfoGcsServiceStub(init_grpc_channel(text))
    reply = stub.CheckAlive.future(gcs_service_pb2.CheckAliveRequest(), timeout=_CONNECT_SECONDS)
    return None if reply.exception() is not None else str(reply.result().ray_version)


def _check_versions(text: str, ray_there: str) -> None:
    ray_here, python_here = compute_version_info()
    python_there = python_here
    if ray_there == ray_here:  # else who knows what it would understand
        python_there = str(get_cluster_metadata(GcsClient(address=text))["python_version"])
    if (ray_there, python_there) != (ray_here, python_here):
        raise SessionError(
            say(
                "cluster.other-version",
                "The cluster at {address} runs Ray {ray_there} on Python {python_there}; here it is Ray {ray_here} on "
                "Python {python_here}.",
                address=text,
                ray_there=ray_there,
                python_there=python_there,
                ray_here=ray_here,
                python_here=python_here,
            )
            if ray_there == ray_here
            else say(
                "cluster.other-ray",
                "The cluster at {address} runs Ray {ray_there}; here it is Ray {ray_here}.",
                address=text,
                ray_there=ray_there,
                ray_here=ray_here,
            ),
            _SAME_INSTALLATION,
        )


# --- whether the nodes are fit ----------------------------------------------------------------------------------------


def check_nodes(nodes: Sequence[Node]) -> dict[Node, str]:
    """Refuse nodes that would compute something else, or that cannot keep their part of a run.

    Returns:
        The folder of the program at each.

    Raises:
        SessionError: naming the node and what differs.
    """
    ray.cloudpickle.register_pickle_by_value(node_facts)
    with _mark() as (path, content):
        asked = {
            node: ray.remote(node_facts.facts_of_this_node)
            .options(num_cpus=0, scheduling_strategy=NodeAffinitySchedulingStrategy(node.id, soft=False))
            .remote(PACKAGES, str(_ROOT), str(path), content)
            for node in dict.fromkeys(nodes)
        }
        return {node: check_node(node, _answer(node, answer)) for node, answer in asked.items()}


def _answer(node: Node, answer: Any) -> dict[str, Any]:
    try:
        found: dict[str, Any] = ray.get(answer, timeout=_ANSWER_SECONDS)
    except ray.exceptions.RayError as error:
        lines = str(error).strip().splitlines()
        raise SessionError(
            say(
                "cluster.node-silent",
                "Node {node} cannot start a process of SecretRec: {reason}",
                node=str(node),
                reason=lines[-1].strip() if lines else type(error).__name__,
            ),
            _SAME_INSTALLATION,
        ) from error
    return found


def check_node(node: Node, facts: Mapping[str, Any]) -> str:
    """Refuse a node by what it says of itself (`fl.federation.node_facts`); return the folder of its program.

    Raises:
        SessionError: naming the node and what differs.
    """
    ours = {"Python": compute_version_info()[1], **{name: version(name) for name in PACKAGES}}
    theirs = {"Python": facts["python"], **facts["packages"]}
    missing = [name for name in ours if not theirs[name]] + ([] if facts["root"] else ["SecretRec"])
    differ = [say("cluster.missing", "{name} is missing", name=name) for name in missing]
    differ += [
        say("cluster.differs", "{name} {theirs} instead of {ours}", name=name, theirs=theirs[name], ours=ours[name])
        for name in ours
        if theirs[name] not in ("", ours[name])
    ]
    if differ:
        raise SessionError(
            say(
                "cluster.node-differs",
                "Node {node} is installed otherwise: {differences}.",
                node=str(node),
                differences=join(differ, ", "),
            ),
            _SAME_INSTALLATION,
        )
    code, release, lock = (facts["program"][name] for name in ("code", "version", "lock"))
    whose = say("cluster.the-node", "Node {node}", node=str(node))
    program = differences(this_program(), Program(version=release, code=code, lock=lock), whose)
    if program:
        raise SessionError(join(program), _SAME_INSTALLATION)
    if not (facts["sees"] and facts["writes"]):
        raise SessionError(
            say(
                "cluster.no-shared-folder",
                "Node {node} does not share the folder {folder} with this computer, in which each party keeps its part "
                "of the run.",
                node=str(node),
                folder=str(paths.runs_dir()),
            ),
            say(
                "cluster.shared-folder-hint",
                "Set SECRETREC_HOME to a folder that all nodes share, the same path at each, open to the account that "
                "Ray runs under.",
            ),
        )
    return str(facts["root"])


@contextmanager
def _mark() -> Iterator[tuple[Path, str]]:
    """Give a file in the folder of runs, and its content, by which a node shows that it has the same folder."""
    folder = paths.private_folder(paths.runs_dir())
    path, content = folder / f".cluster-{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        path.write_text(content, "utf-8")
        yield path, content
    except OSError as error:
        raise SessionError(cannot_write(folder, error.strerror)) from error
    finally:
        path.unlink(missing_ok=True)


# --- while it is used ------------------------------------------------------------------------------------------------


def watch_over(text: str, own: Node) -> ProcessWatch:
    """Return a watch over what nothing goes on without: the cluster's directory, and the node of this computer.

    Args:
        text: address of the cluster.
        own: this process's node.
    """
    watch = ProcessWatch()
    watch.add_check(
        say("watch.directory-silent", "The Ray cluster at {address} does not answer any more.", address=text),
        _Listener(address(text)),
    )
    watch.add_check(OWN_NODE_ENDED, _Listener(Address(own.address, own.port)))
    return watch


class _Listener:
    """A place where somebody listens: False once nobody has for some seconds."""

    def __init__(self, place: Address) -> None:
        self._place = place
        self._looked = self._heard = time.monotonic()

    def __call__(self) -> bool:
        now = time.monotonic()
        if now - self._looked < _LOOK_SECONDS:
            return True
        self._looked = now
        if listens(self._place.host, self._place.port):
            self._heard = now
        return now - self._heard < _SILENT_SECONDS
