import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_that_the_import_benchmark_runs_and_gives_its_figures_as_json() -> None:
    command = [sys.executable, "-m", "benchmarks.import_speed", "--rows", "20000"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=120)
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["rows"] == 20_000
    assert result["import"]["rows"] == result["read"]["rows"] > 5_000
    assert 0 < result["import"]["peak_mib"] < 4_096
