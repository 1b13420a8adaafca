"""Ray's own processes are killed: whoever waits hears of it, and nothing is left."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from fl.errors import LostSessionError
from fl.federation import watch as watches
from fl.federation.watch import ProcessWatch, kind_of, named_loss

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def process():
    made = subprocess.Popen(["tail", "-f", "/dev/null"])
    yield made
    made.kill()
    made.wait()


def kill_and_wait(process):
    process.kill()
    threading.Event().wait(20)


def break_pipe_of(process):
    process.kill()
    raise OSError("Broken pipe")  # as Ray says it, without a number


@pytest.mark.parametrize("kind", ["raylet", "gcs_server"])
def test_that_a_wait_ends_when_a_process_dies(process, kind):
    watch = ProcessWatch()
    watch.add(kind, process)
    before, started = signal.getsignal(signal.SIGUSR2), time.monotonic()
    with pytest.raises(LostSessionError, match=f"{kind}.* died. Resume the run"), watch.used(), named_loss():
        kill_and_wait(process)
    assert time.monotonic() - started < 10
    assert signal.getsignal(signal.SIGUSR2) == before
    with pytest.raises(LostSessionError), watch.used():
        pass  # it is not forgotten


@pytest.mark.parametrize("use", ["made.used()", "starting(made)"])
def test_that_a_program_that_ray_holds_says_so_and_ends(use):
    """Ray waits for its dead directory of processes in C++, where no signal of Python's is heard."""
    script = f"""
import contextlib
import signal, subprocess, threading
from fl.federation import watch
watch._PATIENCE = 0.3
watch.last_words = lambda error: print(error, flush=True)
process = subprocess.Popen(["tail", "-f", "/dev/null"])
made = watch.ProcessWatch()
made.add("gcs_server", process)
@contextlib.contextmanager
def starting(made):
    made.starting = True
    yield
with {use}:
    signal.pthread_sigmask(signal.SIG_BLOCK, {{signal.SIGUSR2}})
    process.kill()
    threading.Event().wait(30)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stdout.count("(gcs_server) died. Resume the run")) == (1, 1), done.stderr


def test_that_a_guard_ends_a_program_in_which_no_line_of_python_runs():
    """Ray holds Python's lock for some of the time in which it waits for its dead directory of processes."""
    script = """
import ctypes, subprocess
from fl.federation import watch
watch._PATIENCE = 0.3
made = watch.ProcessWatch()
gcs = subprocess.Popen(["tail", "-f", "/dev/null"])
raylet = subprocess.Popen(["sh", "-c", "tail -f /dev/null & echo $!; wait"])
made.add("gcs_server", gcs)
made.add("raylet", raylet)
with made.used():
    gcs.kill()
    ctypes.PyDLL(None).sleep(30)  # which keeps the lock
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert (done.returncode, done.stderr.count("Error: ")) == (-signal.SIGKILL, 1)
    assert "(gcs_server) died. Resume the run" in done.stderr
    assert not psutil.pid_exists(int(done.stdout)) or psutil.Process(int(done.stdout)).status() == "zombie"


def test_that_a_guard_ends_what_a_killed_program_leaves():
    script = """
import os, subprocess
from fl.federation import watch
made = watch.ProcessWatch()
raylet = subprocess.Popen(["sh", "-c", "tail -f /dev/null & echo $!; wait"], stdout=subprocess.PIPE)
made.add("raylet", raylet)
print(raylet.stdout.readline().decode(), end="", flush=True)
os.read(0, 1)
"""
    program = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    left = psutil.Process(int(program.stdout.readline()))
    program.kill()
    program.communicate()
    left.wait(10)


@pytest.mark.parametrize(("end", "told"), [("os._exit(1)", 1), ("os.kill(os.getpid(), 9)", 0)])
def test_that_a_guard_has_the_word_where_ray_ends_the_program(end, told):
    """Ray, in touch with a node that dies, may exit from outside of Python; who kills the program needs no word."""
    script = f"""
import os, subprocess
from fl.federation import watch
watch._SECONDS = 60  # this program sees no loss itself: Ray leaves it no time
made = watch.ProcessWatch()
raylet = subprocess.Popen(["tail", "-f", "/dev/null"])
made.add("raylet", raylet)
raylet.kill()
raylet.wait()
{end}
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert done.returncode in (1, -signal.SIGKILL)
    # Which of the two ended first, the guard knows where it was awake in between.
    sentence = r"Error: (Ray's .* \(raylet\) died|The program ended without a word, .*)\. Resume the run"
    assert len(re.findall(sentence, done.stderr)) == told


def test_that_nobody_is_interrupted_who_asks_for_nothing(process):
    watch = ProcessWatch()
    watch.add("raylet", process)
    process.kill()
    deadline = time.monotonic() + 10
    while not watch.lost and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    assert watch.lost


def test_that_the_persons_own_interrupt_stays_one(process):
    watch = ProcessWatch()
    watch.add("raylet", process)
    with pytest.raises(KeyboardInterrupt), watch.used():
        raise KeyboardInterrupt
    watch.end()


def test_that_all_is_ended_also_what_they_started():
    parent = subprocess.Popen(["sh", "-c", "tail -f /dev/null & wait"])
    watch = ProcessWatch()
    watch.add("raylet", parent)
    deadline = time.monotonic() + 10
    while not (children := psutil.Process(parent.pid).children()) and time.monotonic() < deadline:
        threading.Event().wait(0.05)
    watch._remember_children(parent.pid)
    watch.kill_all()
    parent.wait(10)
    assert not psutil.wait_procs(children, timeout=10)[1]


def test_that_rays_processes_are_known_by_their_command():
    def started(*words):
        return SimpleNamespace(process=SimpleNamespace(args=list(words)))

    assert kind_of(started("/x/ray/core/src/ray/raylet/raylet", "--a")) == "raylet"
    assert kind_of(started("/x/ray/core/src/ray/gcs/gcs_server", "--a")) == "gcs_server"
    assert kind_of(started("/usr/bin/python", "x.py")) == ""


def test_that_no_guard_begins_behind_the_end_of_a_watch(process):
    """Ray that is ended while it starts goes on to start processes; a guard would take their end for a loss."""
    watch, before = ProcessWatch(), psutil.Process().children()
    watch.end()
    watch.add("gcs_server", process)
    assert psutil.Process().children() == before


def test_that_rays_broken_pipe_is_the_loss_that_is_seen_a_moment_later(process):
    watch = ProcessWatch()
    watch.add("raylet", process)
    with pytest.raises(LostSessionError, match=r"raylet.* died\. Resume the run"), watch.used(), named_loss():
        break_pipe_of(process)


def test_that_a_broken_pipe_without_a_loss_and_a_full_disk_stay_what_they_are(process, monkeypatch):
    watch = ProcessWatch()
    watch.add("raylet", process)
    with pytest.raises(OSError, match="No space"), watch.used(), named_loss():
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(watches, "_UNTIL_SEEN", 0.1)
    with pytest.raises(OSError, match="Broken pipe"), watch.used(), named_loss():
        raise OSError("Broken pipe")  # as Ray says it, without a number
    watch.end()
