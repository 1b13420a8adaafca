"""The benchmark of aggregators stays alive: a tiny version runs and writes its figures."""

import json


def test_that_every_aggregator_is_measured_beside_plain(run_benchmark, tmp_path):
    words = ["--sizes", "40x4", "--parties", 3, "--repeats", 2, "--runtime", "in-process", "--rounds", "demo"]
    out = run_benchmark("aggregation_cost", *words, "--output", tmp_path).out
    assert "| 40x4 | 3 | masked |" in out
    assert "| demo | 3 | verified |" in out
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
