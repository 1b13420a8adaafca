"""The benchmark of accuracy under differential privacy, in its quick form."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_that_the_quick_benchmark_writes_a_table_and_a_plot(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.dp_accuracy", "--quick", "--out", str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "dp_accuracy.json").read_text("utf-8"))["results"]
    assert [result["target_epsilon"] for result in found] == [2.0, 8.0, None]
    for result in found[:2]:
        (run,) = result["runs"]
        assert 0.97 * result["target_epsilon"] < run["epsilon"] <= result["target_epsilon"]
    assert found[0]["runs"][0]["noise_multiplier"] > found[1]["runs"][0]["noise_multiplier"]
    text = (tmp_path / "dp_accuracy.md").read_text("utf-8")
    assert text.count("| demo | FCF |") == 3
    assert "<svg" in (tmp_path / "dp_accuracy-demo.svg").read_text("utf-8")
    assert not list((tmp_path / "runs").glob("*"))
