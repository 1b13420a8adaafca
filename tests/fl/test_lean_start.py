"""What is left out at the start stays out, and says so when somebody uses it."""

import subprocess
import sys
from pathlib import Path

import pytest

from fl.lean_start import LeftOutModule, without_spare_daemons

ROOT = Path(__file__).resolve().parents[2]


def test_that_what_is_left_out_can_be_imported_but_not_used():
    module = LeftOutModule("secretflow.component.core")
    with pytest.raises(ImportError, match=r"secretflow\.component\.core\.Registry is left out"):
        module.Registry()


def test_that_the_parties_program_loads_no_database_and_no_search():
    script = "import fl, sys, secretflow, fl.worker, fl.new_fl_model; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert result.returncode == 0, result.stderr
    loaded = set(result.stdout.split())
    assert "secretflow_fl.ml.nn.fl.fl_model" in loaded
    for unused in ("duckdb", "sqlglot", "ray.tune", "sklearn", "statsmodels", "numba"):
        assert unused not in loaded, unused


def test_that_ray_gets_its_daemons_back():
    from ray._private.node import Node

    before = Node.start_monitor
    with without_spare_daemons():
        assert Node.start_monitor is not before
        assert Node.start_monitor(None) is None
    assert Node.start_monitor is before
