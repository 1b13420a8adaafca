"""The benchmark of aggregators stays alive: a tiny version runs and writes its figures."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_that_every_aggregator_is_measured_beside_plain(tmp_path):
    words = [
        "--sizes",
        "40x4",
        "--parties",
        "3",
        "--repeats",
        "2",
        "--runtime",
        "in-process",
        "--output",
        str(tmp_path),
    ]
    words += ["--rounds", "demo"]
    result = subprocess.run(
        [sys.executable, "-m", "benchmarks.aggregation_cost", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=280,
    )
    assert result.returncode == 0, result.stderr
    assert "| 40x4 | 3 | masked |" in result.stdout
    assert "| demo | 3 | verified |" in result.stdout
    report = json.loads((tmp_path / "aggregation_cost.json").read_text())
    bytes_of = {row["aggregator"]: row["bytes_per_value"] for row in report["sums"]}
    # In one process there is no SPU. 160 values and 5 totals: 4 bytes each in plain, 8 with SecretFlow's masks.
    assert set(bytes_of) == {"masked", "verified", "secure", "heu", "robust", "plain"}
    assert bytes_of["plain"] == round(165 * 4 / 160, 3)
    assert bytes_of["secure"] == round(165 * 8 / 160, 3)
    for row in report["sums"]:
        assert 0 < row["seconds"]["min"] <= row["seconds"]["median"] <= row["seconds"]["max"]
    assert all(row["times_plain"] > 0 for row in report["sums"])
    assert {row["aggregator"] for row in report["rounds"]} == set(bytes_of)
