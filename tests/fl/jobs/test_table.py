"""The table of jobs: every command is in it, and every handler is what the table says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import get_type_hints

import pytest

from fl.jobs.context import JobContext
from fl.jobs.table import FINAL, JOBS, handler_of
from fl.protocol.commands import JobCommand
from fl.protocol.events import JobEvent

ROOT = Path(__file__).resolve().parents[3]


def test_that_every_command_that_starts_a_job_is_in_the_table_once() -> None:
    commands = [job.command for job in JOBS]
    assert len(set(commands)) == len(commands)
    assert set(commands) == set(JobCommand.__subclasses__())


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.command.__name__)
def test_that_a_handler_takes_the_command_and_returns_the_answer(job) -> None:
    taken = get_type_hints(handler_of(job))
    assert list(taken.items()) == [("command", job.command), ("context", JobContext), ("return", job.answer)]
    assert issubclass(job.answer, JobEvent)
    assert job.answer in FINAL


def test_that_the_table_is_light() -> None:
    program = (
        "import fl.jobs.table, sys; print(*{'numpy', 'pandas', 'tensorflow', 'secretflow', 'ray'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.split() == []
