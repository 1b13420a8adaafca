"""The speed benchmarks stay alive: a tiny version of each runs and writes its figures."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(module, *words):
    result = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{module}", *words], capture_output=True, text=True, cwd=ROOT, timeout=240
    )
    assert result.returncode == 0, result.stderr
    return result


def test_that_the_speed_benchmark_measures_every_model(tmp_path):
    words = ["--datasets", "demo", "--rounds", "2", "--runtime", "in-process", "--parties", "2", "--output", tmp_path]
    result = run("speed", *map(str, words))
    assert "| demo | pfedrec | 2 |" in result.stdout
    report = json.loads((tmp_path / "speed.json").read_text())
    assert int(report["machine"]["cores"]) >= 1
    for measured in report["results"]:
        assert 0 < measured["round_seconds"]["min"] <= measured["round_seconds"]["median"]
        assert measured["round_seconds"]["n"] == 2
        assert measured["peak_pss_gib"] > 0
    pfedrec = next(measured for measured in report["results"] if measured["model"] == "pfedrec")
    assert pfedrec["times_faster_than_naive"] > 1


def test_that_the_scale_benchmark_grows_its_data(tmp_path):
    words = ["--interactions", "3000", "6000", "--users-per-million", "20000", "--items", "500", "--rounds", "1"]
    result = run("scale", *words, "--runtime", "in-process", "--models", "pfedrec", "--output", str(tmp_path))
    assert "| pfedrec |" in result.stdout
    sizes = [measured["interactions"] for measured in json.loads((tmp_path / "scale.json").read_text())["results"]]
    assert len(sizes) == 2
    assert sizes[0] < sizes[1]
