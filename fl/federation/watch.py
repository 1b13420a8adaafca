"""The watch over Ray's own two processes, without which no call to a party ever returns.

When one of them dies, Ray is silent for up to a minute, or for ever, and then ends this process without a word. So they
are looked at four times a second, and a job that runs meanwhile ends with `LostSessionError`, wherever it waits. They
are this program's own, or those of a cluster that somebody else runs. Where the job cannot be reached, because Ray
itself waits for the dead process and hears no signal, the program ends: by its own hand, or, where Ray keeps Python's
lock as well, by that of a guard (`fl.federation.guard`).
"""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from types import FrameType
from typing import Any, Final

import psutil

from data.sentences import Said, say
from fl.errors import RESUME_RUN, LostSessionError

log = logging.getLogger(__name__)

_SECONDS = 0.25
_PATIENCE = 4.0  # seconds in which the main thread must have heard of a loss
_MORE = 2.0  # seconds more that the guard has patience: it sees a loss sooner, and is the last to act
_UNTIL_SEEN = 10.0  # seconds in which a loss is seen for certain
_CHILDREN_EVERY = 4  # looks
_GUARD: Final = Path(__file__).with_name("guard.py")
_SIGNAL: Final = signal.SIGUSR2  # to this process's main thread
_watching: list[ProcessWatch] = []  # whose loss ends what goes on now
_NAMES = {
    "gcs_server": say("watch.gcs", "Ray's directory of processes (gcs_server)"),
    "raylet": say("watch.raylet", "Ray's starter of processes (raylet)"),
}


def _log(error: LostSessionError) -> None:
    log.critical("%s", error)


_GONE = say("watch.program", "The program ended without a word, and Ray's processes with it.")

# Told of a loss at once, by a thread of its own: the main thread may not be reached, and then the program ends.
last_words: Callable[[LostSessionError], object] = _log
ending = False  # whether a signal ends the program, which may have come to all of Ray's processes as well
last_stream = 2  # the descriptor at which the person reads, for the guard


class ProcessWatch:
    """A watch over processes, from the first moment of those that this one started.

    Attributes:
        lost: that one of them died, a sentence; "" while all live.
        starting: whether Ray is being started by another thread, which would end the program without a word.
    """

    def __init__(self) -> None:
        self.lost: Said | str = ""
        self.starting = False
        self._checks: dict[Said, Callable[[], bool]] = {}
        self._processes: dict[str, Popen[bytes]] = {}
        self._below: set[psutil.Process] = set()
        self._over = threading.Event()
        self._seen = threading.Event()
        self._heard = False
        self._lock = threading.Lock()
        self._guard: Popen[bytes] | None = None
        self._guards = threading.Lock()  # of the lines to it
        threading.Thread(target=self._look, name="ray-watch", daemon=True).start()

    def add(self, kind: str, process: Popen[bytes]) -> None:
        """Watch a process, where it is one without which nothing goes on."""
        if kind in _NAMES:
            loss = say("watch.died", "{process} died.", process=_NAMES[kind])
            self._processes[kind] = process
            self.add_check(loss, lambda: process.poll() is None)
            self._to_guard(f"watch {process.pid} Error: {_loss(loss)}")

    def add_check(self, loss: Said, lives: Callable[[], bool]) -> None:
        """Watch something by a question that is asked four times a second.

        Args:
            loss: the sentence that says that it is lost.
            lives: whether it is not; must answer within a second or so.
        """
        self._checks[loss] = lives

    @contextmanager
    def used(self) -> Iterator[None]:
        """Raise LostSessionError in the main thread when a process dies, inside; elsewhere nobody is told.

        Raises:
            LostSessionError: a process died, here or before.
        """
        self._check()
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(_SIGNAL, _interrupt)
        with self._lock:
            _watching.append(self)
        try:
            with named_loss():
                self._check()
                yield
        finally:
            self.hear()  # nobody waits for Ray here any more
            with self._lock:
                _watching.remove(self)
            signal.signal(_SIGNAL, before)

    @property
    def broken(self) -> bool:
        """Whether Ray's processes are dead, or may be: nobody should wait for them."""
        return bool(self.lost) or ending

    def sees_loss(self) -> bool:
        """Return whether a loss was seen, or is within some seconds."""
        return self._seen.wait(_UNTIL_SEEN)

    def end(self) -> None:
        """Look no more: the processes are about to be ended."""
        self._over.set()
        self._to_guard("over")

    def kill_all(self) -> None:
        """End every process that is left, and what they started."""
        self.end()
        own = [psutil.Process(one.pid) for one in self._processes.values() if one.poll() is None]
        for process in (*self._below, *own):
            try:
                process.kill()
            except psutil.NoSuchProcess:  # psutil knows a pid that was given to another process since
                continue

    def _check(self) -> None:
        if self.lost:
            self.hear()
            raise _loss(self.lost)

    def _look(self) -> None:
        looks = 0
        while not self._over.wait(_SECONDS):
            for loss, lives in list(self._checks.items()):
                if not lives():
                    self.lost = loss
                    self._seen.set()
                    self._tell()
                    return
            if looks % _CHILDREN_EVERY == 0 and "raylet" in self._processes:
                self._remember_children(self._processes["raylet"].pid)
            looks += 1

    def _tell(self) -> None:
        """Interrupt the main thread where it uses this session; end the program where it does not hear."""
        with self._lock:
            used = self in _watching
            if not used and not self.starting:
                self._to_guard("over")  # whoever uses it next is told
                return
            if not self._heard:
                # Where Ray holds Python's lock meanwhile, no thread of Python's could end the program any more.
                faulthandler.dump_traceback_later(_PATIENCE, exit=True, file=sys.__stderr__ or sys.stderr)
            if used:
                signal.pthread_kill(threading.main_thread().ident or 0, _SIGNAL)
        self._to_guard("told")
        last_words(_loss(self.lost))

    def hear(self) -> None:
        """Note that the main thread heard of the loss: an interrupt alone may end in Ray, which then waits again."""
        with self._lock:
            if self.lost:
                self._heard = True
                self._to_guard("over")
                faulthandler.cancel_dump_traceback_later()

    def _to_guard(self, line: str) -> None:
        """Give the guard a line, see `fl.federation.guard`; the first one starts it, and after "over" it is gone."""
        if not hasattr(os, "pidfd_open") or (self._guard is None and not line.startswith("watch")):
            return
        with self._guards:
            if self._guard is None:
                if self._over.is_set():  # what starts now, whoever ended the watch ends too
                    return
                # In a session of its own, so that Ctrl+C does not reach it; and without the folders of packages, which
                # it does not need.
                words = [sys.executable, "-I", "-S", str(_GUARD), str(os.getpid()), str(_PATIENCE + _MORE)]
                self._guard = Popen(  # noqa: S603  # a file of ours
                    words, bufsize=0, stdin=PIPE, stdout=DEVNULL, stderr=last_stream, start_new_session=True
                )
                line = f"gone Error: {_loss(_GONE)}\n{line}"
            pipe = self._guard.stdin
            if pipe is None or pipe.closed:
                return
            with suppress(BrokenPipeError):
                pipe.write(f"{line}\n".encode())
            if line == "over":
                pipe.close()
                with suppress(TimeoutExpired):  # of a guard that somebody stopped
                    self._guard.wait(1)

    def _remember_children(self, pid: int) -> None:
        """Remember what the raylet started: when it is gone, nothing says whose they were."""
        try:
            self._below = set(psutil.Process(pid).children(recursive=True))
        except psutil.NoSuchProcess:
            return


def _interrupt(number: int, frame: FrameType | None) -> None:
    # What Ray waits with swallows every other exception of a signal.
    raise KeyboardInterrupt


def _loss(sentence: Said | str) -> LostSessionError:
    return LostSessionError(sentence, RESUME_RUN)


@contextmanager
def named_loss() -> Iterator[None]:
    """Turn the interrupt by which a watch ends what goes on into LostSessionError; the person's stays as it is."""
    try:
        try:
            yield
        except OSError as error:
            # Ray's own, which has no number, says that its pipe to the node broke, maybe before the watch has seen why.
            if error.errno is None and any(watch.sees_loss() for watch in _watching):
                raise KeyboardInterrupt from error
            raise
    except KeyboardInterrupt as interrupt:
        for watch in _watching:
            if watch.lost:
                watch.hear()
                if not ending:
                    raise _loss(watch.lost) from interrupt
        raise


def kind_of(info: Any) -> str:
    """Return the kind of a process that `ray._private.services.start_ray_process` started, by its command."""
    words = info.process.args if isinstance(info.process.args, list) else []
    return next((kind for kind in _NAMES if words and str(words[0]).endswith("/" + kind)), "")
