"""The start of SecretFlow: the runtimes by name, parties and server as PYUs, and everything cleaned up afterwards."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import stat
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from data.errors import SettingsError
from data.sentences import say
from fl.errors import LostSessionError, SessionError
from fl.federation.ahead import RAY_FAULTS, RayAhead
from fl.federation.ray_process import MODEL
from fl.federation.watch import ProcessWatch, kind_of
from fl.lean_start import lean_ray
from fl.settings.base import RuntimeName

if TYPE_CHECKING:
    from secretflow import PYU

    from fl.federation.placement import Placement

SERVER = "server"
ROOT = Path(__file__).resolve().parents[2]
# Party names cost nothing until a process runs under them, and SecretFlow must know them all when it starts.
NAMES_AT_LEAST = 8

# Read by TensorFlow and JAX when they are imported, in every process.
_FOR_EVERYBODY = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",  # oneDNN reorders float sums from run to run
    "JAX_PLATFORMS": "cpu",
}
# Read by Ray when it is imported or starts processes.
_ENVIRONMENT = {
    # Every listener on 127.0.0.1: Ray's ports are unauthenticated and whoever reaches them can run code. Despite its
    # name it works on Linux.
    "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_worker_niceness": "0",  # Ray's default of 15 starves the parties on a busy desktop
    "RAY_DEDUP_LOGS": "1",
    **_FOR_EVERYBODY,
}


_ahead: RayAhead | None = None  # what `start_ahead` began and `start` has not taken


def party_names(n: int) -> list[str]:
    """Return party-1 ... party-n."""
    return [f"party-{i}" for i in range(1, n + 1)]


def threads_per_party(threads: int, parties: int) -> int:
    """Return `threads`, or for 0 the machine's usable cores divided among the parties, at least 1."""
    return threads or max(1, len(os.sched_getaffinity(0)) // parties)


def prepare_environment() -> None:
    """Set what Ray and TensorFlow read at import. Call before importing SecretFlow; what the user set is kept."""
    for name, value in _ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    # Ray forks; JAX, which SecretFlow imports, warns of it at every fork. The child execs at once, so nothing can
    # deadlock.
    warnings.filterwarnings("ignore", message=r"os\.fork\(\) was called", category=RuntimeWarning)
    # Workers import fl.federation.worker: they must find the project wherever the driver was started from.
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if str(ROOT) not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join([str(ROOT), *filter(None, paths)])


@dataclass
class Session:
    """A running SecretFlow with its parties.

    Attributes:
        runtime: its name.
        parties: PYUs of the parties.
        server: PYU of the server.
        ahead: what started Ray, where it was started ahead.
        watch: over Ray's processes, in a simulation and on a cluster.
        placement: on a cluster, who runs on which node.
    """

    runtime: RuntimeName
    parties: list[PYU]
    server: PYU
    ahead: RayAhead | None = None
    watch: ProcessWatch | None = None
    placement: Placement | None = None

    def close(self) -> None:
        """Shut SecretFlow down, with every process it started."""
        import secretflow as sf

        if self.watch is not None and self.watch.broken:
            self.watch.kill_all()
            sf.shutdown(barrier_on_shutdown=False)
        else:
            if self.watch is not None:
                self.watch.end()
            sf.shutdown()
        if self.ahead is not None:
            self.ahead.end()
        if self.runtime == "simulation":
            # Its name ends with the pid that started it.
            for folder in _ray_folder().glob(f"session_*_{os.getpid()}"):
                _end_leftovers(folder)


def start(runtime: RuntimeName, parties: Sequence[str], at_once: int | None = None, address: str = "") -> Session:
    """Start SecretFlow with these parties and a server. One session at a time in a process.

    Args:
        runtime: "simulation" starts Ray on the loopback interface, one process per party; "in-process" runs everything
            in this process one after the other, with no isolation between parties, for tests and quick looks; "cluster"
            uses a Ray cluster that runs already, and starts or ends nothing of it.
        parties: their names.
        at_once: how many of them get a process at once; None for all.
        address: HOST:PORT of the cluster.

    Raises:
        SettingsError: a name is taken twice, or is the server's.
        SessionError: SecretFlow or Ray did not start, or the cluster cannot be used.
    """
    names = (*parties, SERVER)
    if len(set(names)) != len(names):
        raise SettingsError(
            say(
                "federation.party-names-differ",
                "Party names must differ from each other and from '{server}': {parties}.",
                server=SERVER,
                parties=", ".join(parties),
            )
        )
    prepare_environment()
    import secretflow as sf

    # Ray prints its own banner and SecretFlow sets up the root logger; both belong in our log file, not on the screen.
    logging.getLogger("ray").setLevel(logging.ERROR)
    ahead = watch = placement = None
    if runtime == "cluster":
        watch, placement = _enter_cluster(names, address)
    elif runtime == "in-process":
        sf.init(list(names), debug_mode=True, logging_level="warning")
    else:
        ahead, watch = _start_ray(names, 1 + (len(parties) if at_once is None else at_once))
    return Session(runtime, [sf.PYU(name) for name in parties], sf.PYU(SERVER), ahead, watch, placement)


def join(addresses: Mapping[str, str], member: str) -> Session:
    """Join a session between organisations, of which this process is one member.

    Args:
        addresses: of all members by name, the server among them; the same names in the same order at each.
        member: this one.

    Raises:
        SessionError: not everybody connected.
    """
    prepare_environment()
    import secretflow as sf

    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        sf.init(
            cluster_config={
                "parties": {name: {"address": address} for name, address in addresses.items()},
                "self_party": member,
            },
            ray_mode=False,
            cross_silo_comm_backend="brpc_link",
            logging_level="warning",
        )
    finally:
        # SecretFlow puts its own handler in the place of all others.
        root.handlers, root.level = handlers, level
    signal.signal(signal.SIGINT, _broken_off)
    return Session("organisations", [sf.PYU(name) for name in addresses if name != SERVER], sf.PYU(SERVER))


def _broken_off(*_: object) -> None:
    """Raise what broke a session between organisations: SecretFlow says so by a signal to its own process."""
    from secretflow.distributed.fed.global_context import get_global_context

    from fl.federation.dropouts import broken

    context = get_global_context(assert_none=False)
    raise broken(KeyboardInterrupt() if context is None else context.get_last_exception() or KeyboardInterrupt())


def party(name: str) -> PYU:
    """Return the PYU of a party by its name."""
    import secretflow as sf

    return sf.PYU(name)


def start_ahead(runtime: RuntimeName, parties: int, model: str) -> None:
    """Begin to start the processes of a session, while the caller does what it has to do before it calls `start`.

    What goes wrong is said by `start`.

    Args:
        runtime: only "simulation" has processes.
        parties: how many get a process.
        model: what they will train.
    """
    global _ahead
    if runtime == "simulation" and _ahead is None:
        prepare_environment()
        logging.getLogger("ray").setLevel(logging.ERROR)
        names = (*party_names(max(NAMES_AT_LEAST, parties)), SERVER)
        os.environ[MODEL] = model
        _ahead = RayAhead(names, _ray_options(names, 1 + parties))


def end_ahead() -> None:
    """End what `start_ahead` began, where no session took it over: a program that goes on without one."""
    global _ahead
    started, _ahead = _ahead, None
    if started is not None:
        started.end()


def _start_ray(names: tuple[str, ...], processes: int) -> tuple[RayAhead | None, ProcessWatch]:
    import secretflow as sf

    global _ahead
    started, _ahead = _ahead, None
    if started is not None and started.names != names:
        started.end()
        started = None
    watch = ProcessWatch() if started is None else started.watch
    try:
        with watch.used():
            if started is not None:
                started.wait()
            with _own_sigterm(), lean_ray(lambda info: watch.add(kind_of(info), info.process)):
                sf.init(
                    list(names),
                    address="local",
                    logging_level="warning",
                    ignore_reinit_error=started is not None,
                    **_ray_options(names, processes),
                )
    except LostSessionError:
        watch.kill_all()
        raise
    except RAY_FAULTS as error:
        raise SessionError(
            say("federation.secretflow-not-start-ray", "SecretFlow could not start Ray: {reason}", reason=error),
            say("federation.logs", "Its logs are in {folder}.", folder=_ray_folder()),
        ) from error
    return started, watch


@contextmanager
def _own_sigterm() -> Iterator[None]:
    """Keep what this program does at SIGTERM, in the place of which Ray puts an end without a word, inside."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, before)


def _enter_cluster(names: tuple[str, ...], address: str) -> tuple[ProcessWatch, Placement]:
    """Connect to a Ray cluster, and choose a node for each, the server's first."""
    import secretflow as sf

    from fl.federation import cluster, placement

    here = cluster.own_address(address)
    try:
        with _own_sigterm():
            sf.init(
                list(names),
                address=address,
                logging_level="warning",
                log_to_driver=False,
                _node_ip_address=here,
            )
    except RAY_FAULTS as error:
        raise SessionError(
            say(
                "cluster.not-connected",
                "SecretFlow could not connect to the Ray cluster at {address}: {reason}",
                address=address,
                reason=str(error) or type(error).__name__,
            )
        ) from error
    watch = None
    try:
        in_order = (SERVER, *(name for name in names if name != SERVER))
        chosen = placement.place(placement.nodes_now(), in_order)
        watch = cluster.watch_over(address, chosen.own)
        with watch.used():
            roots = cluster.check_nodes(list(chosen.nodes.values()))
    except BaseException:
        if watch is not None:
            watch.end()
        sf.shutdown(barrier_on_shutdown=False)
        raise
    placement.put_in_place(chosen, roots, {name: os.environ[name] for name in _FOR_EVERYBODY})
    return watch, chosen


def _ray_options(names: tuple[str, ...], processes: int) -> dict[str, Any]:
    """Return what `ray.init` is told, by SecretFlow or by `fl.federation.ahead`, beside the parties."""
    folder = _ray_folder()
    _remove_old_sessions(folder)
    return {
        # Logical CPUs cost nothing, but every actor holds one for life, and when they run out the next task waits for
        # ever without a word: worker and masker per party, pool processes, and the server's.
        "num_cpus": 4 * len(names) + 8,
        "log_to_driver": False,
        "_temp_dir": str(folder),
        "_system_config": {
            # Ray starts so many processes as soon as it runs, and would start only one for each core otherwise.
            "worker_maximum_startup_concurrency": processes,
            # Ray ends a process that is not up by then, and waits for it all the same, without end. A busy machine
            # has needed more than the minute that is usual.
            "worker_register_timeout_seconds": 600,
            # Nobody looks at Ray's record of tasks, of which it keeps 100,000, three kB each.
            "task_events_report_interval_ms": 0,
        },
    }


def _ray_folder() -> Path:
    """Return a private folder for Ray's sockets and logs.

    It is short, because a Unix socket's path holds at most 107 bytes.
    """
    folder = Path(tempfile.gettempdir()) / f"secretrec-ray-{os.getuid()}"
    if len(str(folder)) > 40:
        folder = Path("/tmp") / folder.name  # noqa: S108  # the folder's owner is checked below
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    # Everybody may make a file or a link of that name in the folder above, before us and leading anywhere.
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise SessionError(
            say("federation.belongs-user", "{folder} is not a folder of this user.", folder=folder),
            say("federation.remove-tmpdir-folder-your", "Remove it, or set TMPDIR to a folder of your own."),
        )
    folder.chmod(0o700)
    return folder


def _remove_old_sessions(folder: Path) -> None:
    """Delete what ended sessions left: Ray never does. A session's folder name ends with the pid that started it."""
    for old in folder.glob("session_*"):
        pid = old.name.rpartition("_")[2]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            _end_leftovers(old)
            shutil.rmtree(old, ignore_errors=True)


def _end_leftovers(session_folder: Path) -> None:
    """End what is left of a session that is over: on a busy machine Ray's agents notice it only after a minute."""
    for process in psutil.process_iter(["cmdline", "uids"]):
        words, uids = process.info["cmdline"] or [], process.info["uids"]
        if uids and uids.real == os.getuid() and any(str(session_folder) in word for word in words):
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue
