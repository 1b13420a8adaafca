"""The benchmark of accuracy against bytes, in its quick form."""

import json

import pytest


def test_that_the_quick_benchmark_writes_a_table_and_a_plot(run_benchmark, tmp_path):
    run_benchmark("compression", "--quick", "--out", tmp_path)
    found = json.loads((tmp_path / "compression.json").read_text("utf-8"))["results"]
    assert [(r["row_fraction"], r["bits"]) for r in found] == [(0.5, 8), (0.5, 32), (1.0, 8), (1.0, 32)]
    sent = [r["runs"][0]["bytes_round"] for r in found]
    # Signature, totals and shares for unmasking are sent whatever the bits.
    assert sent[0] < sent[2] < sent[1] < sent[3]
    assert (sent[3] - sent[2]) / sent[3] == pytest.approx(0.75, abs=0.05)
    # The first of the four rounds is whole.
    assert found[2]["runs"][0]["bytes_run"] == pytest.approx(3 * sent[2] + sent[3], rel=0.01)
    assert (tmp_path / "compression.md").read_text("utf-8").count("| demo | FCF |") == 4
    assert "<svg" in (tmp_path / "compression-demo-fcf.svg").read_text("utf-8")
