"""The figures of a responsiveness measurement, and a short one with the real engine."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.responsiveness import TARGET_MS, Block, figures

REPO = Path(__file__).resolve().parents[2]


def test_that_the_longest_block_and_the_longest_own_work_are_told_apart() -> None:
    blocks = [Block(1.0, 1.0, "a")] * 997 + [Block(80.0, 2.0, "waiting"), Block(30.0, 29.0, "drawing")]
    found = figures(blocks)
    assert (found["longest_ms"], found["longest"][0]["doing"]) == (80.0, "waiting")
    assert (found["longest_own_work_ms"], found["own_work_while"]) == (29.0, "drawing")
    assert (found["ticks"], found["above_target"], found["percentile_99_9_ms"]) == (999, 1, 80.0)


@pytest.mark.engine
def test_that_training_leaves_the_window_responsive(tmp_path: Path, home: Path) -> None:
    """Nothing as long as a round is computed in the window's thread. How many milliseconds it takes is for the
    benchmark to say, on a machine whose speed is known: here ten times its target is allowed, of the thread's own work.
    """
    command = [sys.executable, "-m", "benchmarks.responsiveness", "--quick", "--output", str(tmp_path)]
    subprocess.run(command, cwd=REPO, check=True, capture_output=True, timeout=280)
    result = json.loads((tmp_path / "responsiveness.json").read_text(encoding="utf-8"))
    assert result["state"] == "done"
    assert result["training"]["ticks"] > 50
    assert result["training"]["longest_own_work_ms"] < 10 * TARGET_MS
