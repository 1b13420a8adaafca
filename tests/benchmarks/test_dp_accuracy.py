"""The benchmark of accuracy under differential privacy, in its quick form."""

import json


def test_that_the_quick_benchmark_writes_a_table_and_a_plot(run_benchmark, tmp_path):
    run_benchmark("dp_accuracy", "--quick", "--out", tmp_path)
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
