"""The benchmark of accuracy by the number of users under differential privacy, in its quick form."""

import json


def test_that_the_quick_benchmark_writes_a_table_and_a_plot(run_benchmark, tmp_path):
    run_benchmark("dp_users", "--quick", "--out", tmp_path)
    found = json.loads((tmp_path / "dp_users.json").read_text("utf-8"))["results"]
    assert [(one["users"], one["target_epsilon"]) for one in found] == [
        (200, 8.0),
        (200, None),
        (400, 8.0),
        (400, None),
    ]
    text = (tmp_path / "dp_users.md").read_text("utf-8")
    assert text.count("| 200 |") == text.count("| 400 |") == 2
    assert "no noise" in (tmp_path / "dp_users-synthetic.svg").read_text("utf-8")
