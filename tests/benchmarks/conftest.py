"""Benchmarks as `python -m` runs them, in this process: a process for each would import TensorFlow and SecretFlow anew,
which takes longer than what the tests measure.
"""

from __future__ import annotations

import logging
import os
import runpy
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import pytest

from fl.federation import session

session.prepare_environment()


class Ran(NamedTuple):
    """What a program printed on standard output and standard error."""

    out: str
    err: str


@pytest.fixture
def run_benchmark(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """A function that runs `python -m benchmarks.NAME WORD...`, and fails the test unless the program ends well."""

    def run(name: str, *words: object) -> Ran:
        capfd.readouterr()
        monkeypatch.setattr(sys, "argv", [name, *map(str, words)])
        with _streams_of_a_program(), warnings.catch_warnings():
            # That it was imported before, by a test or another program: it is executed anew, as it should be.
            warnings.filterwarnings("ignore", "'benchmarks.* found in sys.modules", RuntimeWarning)
            with pytest.raises(SystemExit) as end:
                runpy.run_module(f"benchmarks.{name}", run_name="__main__", alter_sys=True)
        ran = Ran(*capfd.readouterr())
        assert end.value.code == 0, ran.err
        return ran

    return run


@contextmanager
def _streams_of_a_program() -> Iterator[None]:
    """Streams that are file descriptors 1 and 2, which programs divert for good; all is put back at the end."""
    before = sys.stdout, sys.stderr
    kept = os.dup(1), os.dup(2)
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    with (
        open(1, "w", encoding="utf-8", buffering=1, closefd=False) as out,
        open(2, "w", encoding="utf-8", buffering=1, closefd=False) as err,
    ):
        sys.stdout, sys.stderr = out, err
        try:
            yield
        finally:
            out.flush()
            err.flush()
            sys.stdout, sys.stderr = before
            for number, copy in enumerate(kept, start=1):
                os.dup2(copy, number)
                os.close(copy)
            for handler in [one for one in root.handlers if one not in handlers]:
                root.removeHandler(handler)
                handler.close()
            root.setLevel(level)
