"""The local step beside another library's: measured in turns, and the ratio is that of the medians."""

import json
import sys

import pytest

from benchmarks import local_step


def test_that_the_steps_are_measured_beside_the_peer(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(local_step, "_PEER", "import sys\nfor _ in sys.stdin: print(0.5, flush=True)")
    monkeypatch.setattr("models.threads._most", 1)
    words = ["--datasets", "demo", "--repeats", "2", "--threads", "1", "--python", sys.executable]
    assert local_step.main([*words, "--output", str(tmp_path)]) == 0
    assert "| demo | 32 | implicit | 0.5 |" in capsys.readouterr().out
    (found,) = json.loads((tmp_path / "local_step.json").read_text())["results"]
    for name, seconds in found["seconds"].items():
        assert seconds["n"] == 2
        assert found["times_implicit"][name] == pytest.approx(seconds["median"] / 0.5, abs=0.006)


def test_that_a_missing_peer_is_told_with_what_brings_it(tmp_path, capsys):
    with pytest.raises(SystemExit):
        local_step.main(["--python", str(tmp_path / "none")])
    assert "make peers" in capsys.readouterr().err
