"""A Ray cluster of several nodes on this computer's loopback interface, for measurements and tests.

Each node is the program `ray start`, as an administrator calls it, at an address of its own, 127.0.0.1, 127.0.0.2 and
so on: of several nodes at one address, Ray takes any for a driver's. `ray start` turns 127.0.0.1 into an address that
others can reach; `ray_command` does what it does and leaves the address as it is.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
# Of the cluster's directory, milliseconds and times: a silent node counts as lost after some seconds.
_HEALTH = {"initial_delay_ms": 500, "period_ms": 500, "timeout_ms": 2000, "failure_threshold": 4}


class Cluster:
    """Nodes that were started here.

    Attributes:
        address: HOST:PORT.
        nodes: the program of each node that runs, by name.
        hosts: the address of each node that was started, by name.
    """

    def __init__(self, folder: Path) -> None:
        """Take a folder for Ray's files; its path must be short, because sockets are in it."""
        from fl.organisations.trial import free_ports  # a node, which is a program of this file, does without

        self.nodes: dict[str, subprocess.Popen[str]] = {}
        self.hosts: dict[str, str] = {}
        self._folder = folder
        self.address = f"127.0.0.1:{free_ports(1)[0]}"

    def head(self, *words: str) -> None:
        """Start the first node, `north`, with the cluster's directory; `words` are more options of `ray start`."""
        port = self.address.rpartition(":")[2]
        place = [f"--port={port}", f"--temp-dir={self._folder}", "--include-dashboard=false"]
        self._start("north", "--head", *place, *words)

    def more(self, name: str, *words: str) -> None:
        """Start another node."""
        self._start(name, f"--address={self.address}", *words)

    def kill(self, name: str) -> None:
        """End a node as a power cut does: all its processes at once."""
        family = self.processes(name)
        del self.nodes[name]
        for process in family:
            try:
                process.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        psutil.wait_procs(family, 10)

    def end(self) -> None:
        """End all nodes."""
        for name in list(self.nodes):
            self.kill(name)

    def processes(self, name: str) -> list[psutil.Process]:
        """Return the processes of a node."""
        own = psutil.Process(self.nodes[name].pid)
        return [own, *own.children(recursive=True)]

    def actors(self, name: str) -> list[psutil.Process]:
        """Return the processes of actors on a node."""
        return [one for one in self.processes(name) if _words(one).startswith("ray::Actor")]

    def actors_left(self) -> set[str]:
        """Return the processes of actors that still live on the nodes after ten seconds."""
        actors = [one for name in self.nodes for one in self.actors(name)]
        _, left = psutil.wait_procs(actors, 10)
        return {_words(process) for process in left}

    def _start(self, name: str, *words: str) -> None:
        """Start a node, and return when it runs."""
        health = {f"RAY_health_check_{what}": str(value) for what, value in _HEALTH.items()}
        ray = "import sys; from benchmarks.two_nodes import ray_command; sys.exit(ray_command())"
        host = self.hosts[name] = f"127.0.0.{len(self.hosts) + 1}"
        command = [sys.executable, "-c", ray, "start", f"--node-ip-address={host}", "--block"]
        self.nodes[name] = program = subprocess.Popen(
            [*command, f"--node-name={name}", *words],
            env={**os.environ, "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "1", "RAY_USAGE_STATS_ENABLED": "0", **health},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            start_new_session=True,
        )
        said = []
        for line in program.stdout or ():
            said.append(line)
            if "Ray runtime started" in line:
                return
        raise RuntimeError("".join(said))


@contextmanager
def nodes(north: int, south: int) -> Iterator[Cluster]:
    """Run two nodes inside, `north` and `south`, which offers a resource called party-2.

    Args:
        north: logical CPUs of the first.
        south: of the other.
    """
    with tempfile.TemporaryDirectory(prefix="r", dir="/tmp") as short:
        made = Cluster(Path(short))
        try:
            made.head(f"--num-cpus={north}")
            made.more("south", f"--num-cpus={south}", '--resources={"party-2": 1}')
            yield made
        finally:
            made.end()


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""


def ray_command() -> int:
    """Run `ray` with the words of the command line, on the address that they name."""
    from ray._private import services
    from ray.scripts import scripts

    services.resolve_ip_for_localhost = lambda address: address
    return int(scripts.main() or 0)
