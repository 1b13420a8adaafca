"""The accuracy benchmark, in its quick form: one command, a table and a JSON file."""

import json


def test_that_the_quick_benchmark_writes_its_tables(run_benchmark, tmp_path):
    run_benchmark("accuracy", "--quick", "--threads", 1, "--out", tmp_path)
    text = (tmp_path / "accuracy.md").read_text("utf-8")
    for part in (
        "Measured 20",
        "tensorflow 2.12",
        "### A scorer that learns nothing",
        "| ease | 10 |",
        "±",
        "seeds 2024 to 2025",
    ):
        assert part in text, part
    found = json.loads((tmp_path / "accuracy.json").read_text("utf-8"))
    assert [section["table"] for section in found["sections"]] == ["leak", "leak-free"]
    rows = {row["scorer"]: row for row in found["sections"][1]["comparison"]["rows"]}
    assert rows["ease"]["metrics"]["hr"]["mean"] > rows["popularity"]["metrics"]["hr"]["mean"]
    assert {"fcf", "pfedrec"} <= set(rows)
