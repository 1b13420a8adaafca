"""The things SecretFlow and Ray start or import that SecretRec never uses, left out: a third of start and memory.

Measured on ML-100K with 4 parties: importing SecretFlow and TensorFlow took 4.0 s of processor time and 305 MB in each
of 6 processes, 2.9 s and 236 MB without these packages; Ray's three daemons took 3 s and 140 MB, its two agents 1.4 s.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path
from subprocess import list2cmdline
from types import ModuleType
from typing import Any

# `import secretflow` imports all of it. These are its pipeline components (with DuckDB and readers for databases), its
# vertical and split learning, statistics and hyper-parameter search (Ray Tune).
_UNUSED = (
    "secretflow.component",
    "secretflow.kuscia",
    "secretflow.ml",
    "secretflow.preprocessing",
    "secretflow.stats",
    "secretflow.tune",
    "secretflow_fl.component",
    "secretflow_fl.ml.nn.fl.backend.tensorflow.strategy",
    "secretflow_fl.ml.nn.sl",
    "secretflow_fl.preprocessing",
    "secretflow_fl.tune",
)
# Between organisations there are no Ray, no SPU and no HEU, and values travel by a link of our own. JAX, half of which
# is a compiler, walks through nested values, and pandas waits for tables that nobody makes.
_UNUSED_BETWEEN_ORGANISATIONS = (
    "fed",
    "heu",
    "jax",
    "ray",
    "secretflow.data",
    "secretflow.device.device.heu",
    "secretflow.device.device.spu",
    "secretflow.device.kernels.heu",
    "secretflow.device.kernels.spu",
    "secretflow.distributed.fed.proxy.brpc_link",
    "secretflow.distributed.fed.proxy.grpc",
    "secretflow.security.aggregation.secure_aggregator",
    "secretflow_fl.data",
    "secretflow_fl.device",
    "secretflow_fl.ic",
    "secretflow_fl.security",
    "secretflow_fl.utils",
    "spu",
)

# The autoscaler's monitor, the dashboard, and the forwarding of workers' output, which is switched off: no cluster is
# scaled, and nobody looks at a dashboard that listens on 127.0.0.1 for a few minutes.
_DAEMONS = ("start_monitor", "start_api_server", "start_log_monitor")

# The raylet starts two agents, for the dashboard and for environments that tasks ask for, and ends when one of them
# does. Nobody asks either, so it gets something to watch over that only waits, and ends by itself when the raylet was
# killed and can end nobody. Ray adds words of its own at the end.
_AGENTS = ("--dashboard_agent_command=", "--runtime_env_agent_command=")
_JAX_COMPILER = "jax._src.compiler"
_PROCESSES = "--python_worker_command="
_OUR_PROGRAM = Path(__file__).parent / "federation" / "ray_process.py"
_WAIT = "sh -c 'exec tail --pid=$PPID -f /dev/null' agent"


class _LeftOut(type):
    """The class of what is left out: it can be named, caught, and asked whether something is one, but not made."""

    def __getattr__(cls, name: str) -> Any:
        return _left_out(f"{cls.__module__}.{cls.__name__}", name)


def _left_out(place: str, name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)

    def refuse(*arguments: object, **named: object) -> None:
        raise ImportError(f"{place}.{name} is left out of SecretRec's processes, see fl.lean_start.")

    bases = (Exception,) if name.endswith("Error") else ()
    return _LeftOut(name, bases, {"__module__": place, "__init__": refuse})


class LeftOutModule(ModuleType):
    """A stand-in for a package that is left out. Any name can be imported from it, but none can be used."""

    __path__: list[str] = []  # noqa: RUF012  # a package, to the import system

    def __getattr__(self, name: str) -> Any:
        return _left_out(self.__name__, name)


class _Stand(MetaPathFinder, Loader):
    """A finder of stand-ins for packages and all that is in them."""

    def __init__(self, packages: Sequence[str]) -> None:
        self._packages = frozenset(packages)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        parts = fullname.split(".")
        left_out = any(".".join(parts[:end]) in self._packages for end in range(1, len(parts) + 1))
        return ModuleSpec(fullname, self, is_package=True) if left_out else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return LeftOutModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave it as it is."""


def leave_out_unused() -> None:
    """Have a stand-in where each unused package would be imported. Packages that were imported before stay."""
    sys.meta_path.insert(0, _Stand(_UNUSED))
    if _JAX_COMPILER not in sys.modules:
        sys.meta_path.insert(0, _TidyFinder())


def leave_out_between_organisations() -> None:
    """Likewise, for the process of one session of a member, what only other runtimes use: 1 of 1.5 s, and 190 MB."""
    from jaxlib.xla_extension import pytree

    sys.meta_path.insert(0, _Stand(_UNUSED_BETWEEN_ORGANISATIONS))
    known = pytree.default_registry()

    def mapped(function: Callable[..., Any], tree: Any, *rest: Any, is_leaf: Any = None) -> Any:
        leaves, shape = known.flatten(tree, is_leaf)
        return shape.unflatten(map(function, leaves, *map(shape.flatten_up_to, rest)))

    # What `jax.tree_util` itself makes of JAX's compiled part; SecretFlow uses no more of JAX here.
    import jax

    trees: Any = ModuleType("jax.tree_util")
    trees.tree_flatten = known.flatten
    trees.tree_leaves = lambda tree, is_leaf=None: known.flatten(tree, is_leaf)[0]
    trees.tree_map = mapped
    trees.tree_unflatten = lambda shape, leaves: shape.unflatten(leaves)
    jax.tree_util = sys.modules["jax.tree_util"] = trees


class _TidyFinder(MetaPathFinder):
    """A finder of the one module of JAX that makes a temporary folder when it is imported, which nobody deletes.

    JAX keeps configurations for graphics cards there, and computes on none here. Folders of processes that are killed,
    as Ray ends its own, cannot be deleted when they end.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _JAX_COMPILER:
            return None
        sys.meta_path.remove(self)
        found = find_spec(fullname)
        if found is not None and found.loader is not None:
            load = found.loader.exec_module

            def load_tidily(module: ModuleType) -> None:
                load(module)
                made = getattr(module, "_compile_and_write_autotune_config", None)
                with suppress(OSError, AttributeError):  # of another version of JAX
                    Path(made.autotune_configs_dir).rmdir()  # type: ignore[union-attr]

            found.loader.exec_module = load_tidily  # type: ignore[method-assign]
        return found


@contextmanager
def lean_ray(started: Callable[[Any], object]) -> Iterator[None]:
    """Let Ray start only what runs tasks, inside, and our program for its processes.

    An unknown version of Ray starts with everything.

    Args:
        started: told of every process that Ray starts, as `ray._private.services.start_ray_process` returns it.
    """
    from ray._private import services
    from ray._private.node import Node

    before = {name: getattr(Node, name) for name in _DAEMONS if hasattr(Node, name)}
    start = services.start_ray_process
    for name in before:
        setattr(Node, name, _nothing)

    def start_lean(command: list[str], *more: Any, **named: Any) -> Any:
        info = start([_lean(word) for word in command], *more, **named)
        started(info)
        return info

    services.start_ray_process = start_lean
    try:
        yield
    finally:
        services.start_ray_process = start
        for name, method in before.items():
            setattr(Node, name, method)


def _lean(word: str) -> str:
    """Return a word of the command that starts the raylet, as it is here."""
    for name in _AGENTS:
        if word.startswith(name):
            return name + _WAIT
    if word.startswith(_PROCESSES):
        import ray._private.workers

        theirs = Path(ray._private.workers.__file__).with_name("setup_worker.py")
        return word.replace(list2cmdline([theirs]), list2cmdline([_OUR_PROGRAM]))
    return word


def _nothing(*arguments: object, **named: object) -> None:
    """Do nothing, in place of a method that starts a daemon."""
