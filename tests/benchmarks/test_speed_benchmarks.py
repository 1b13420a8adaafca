"""The speed benchmarks stay alive: a tiny version of each runs and writes its figures."""

import json


def test_that_the_speed_benchmark_measures_every_model(run_benchmark, tmp_path):
    words = ["--datasets", "demo", "--rounds", "2", "--runtime", "in-process", "--parties", "2", "--output", tmp_path]
    out = run_benchmark("speed", *words).out
    assert "| demo | pfedrec | 2 |" in out
    report = json.loads((tmp_path / "speed.json").read_text())
    assert int(report["machine"]["cores"]) >= 1
    for measured in report["results"]:
        assert 0 < measured["round_seconds"]["min"] <= measured["round_seconds"]["median"]
        assert measured["round_seconds"]["n"] == 2
        assert measured["peak_pss_gib"] > 0
    pfedrec = next(measured for measured in report["results"] if measured["model"] == "pfedrec")
    assert pfedrec["times_faster_than_naive"] > 1


def test_that_the_scale_benchmark_grows_its_data(run_benchmark, tmp_path):
    words = ["--interactions", "3000", "6000", "--users-per-million", "20000", "--items", "500", "--rounds", "1"]
    out = run_benchmark("scale", *words, "--runtime", "in-process", "--models", "pfedrec", "--output", tmp_path).out
    assert "| pfedrec |" in out
    sizes = [measured["interactions"] for measured in json.loads((tmp_path / "scale.json").read_text())["results"]]
    assert len(sizes) == 2
    assert sizes[0] < sizes[1]


def test_that_the_sweep_over_parties_measures_each_and_is_drawn(run_benchmark, tmp_path):
    words = ["--datasets", "demo", "--models", "fcf", "--parties", "1", "3", "--rounds", "1", "--runtime", "in-process"]
    out = run_benchmark("parties", *words, "--output", tmp_path).out
    assert "| demo | fcf | 1 |" in out
    assert "| demo | fcf | 3 |" in out
    run_benchmark("plots", "--results", tmp_path, "--output", tmp_path)
    assert "FCF" in (tmp_path / "parties-demo.svg").read_text()


def test_that_the_profile_finds_every_part_of_a_round(run_benchmark, tmp_path):
    words = ["--datasets", "demo", "--models", "pfedrec", "fcf", "--rounds", "2", "--parties", "2"]
    run_benchmark("profile_round", *words, "--output", tmp_path)
    profile, of_fcf = json.loads((tmp_path / "profile.json").read_text())["results"]
    for part, milliseconds in profile["milliseconds"].items():
        assert milliseconds > 0, part
        assert of_fcf["milliseconds"][part] > 0 or part in ("negative sampling", "order of samples")
    assert sum(profile["milliseconds"].values()) < 2 * profile["round_milliseconds"]
