"""Run folders: nothing half-written, nothing lost, bad ones explained."""

import errno
import json
import os

import numpy as np
import pytest

from data import paths
from data.errors import SettingsError, StorageError, UnknownNameError
from fl.runs.rounds import RoundRecord, best_record
from fl.runs.run_folder import RunFolder
from fl.runs.storage import read_arrays, write_arrays, write_bytes, write_json
from fl.settings.base import build
from fl.settings.train import TrainSettings
from tests.round_records import a_round

FACTS = {"fingerprint": "abc", "versions": {}}


def test_that_a_new_run_is_listed_with_its_frozen_settings():
    settings = TrainSettings(epochs=7, name="mine")
    folder = RunFolder.create(settings, FACTS)
    assert RunFolder.find("mine").settings() == settings
    folder.add_round(a_round(1, 0.4))
    folder.add_round(a_round(2, 0.3))
    info = RunFolder.all()[0]
    assert (info.name, info.state, info.rounds, info.epochs, info.best_round) == ("mine", "running", 2, 7, 1)
    assert info.metrics["valid_hr@10"] == 0.4


def test_that_the_intervals_of_a_training_are_kept_beside_its_result():
    folder = RunFolder.create(TrainSettings(name="mine"), FACTS)
    assert folder.intervals() == {}
    folder.write_intervals({"hr@10": (0.25, 0.5)})
    assert RunFolder.find("mine").intervals() == {"hr@10": (0.25, 0.5)}
    (folder.path / "intervals.json").write_text('{"hr@10": 3}')
    assert folder.intervals() == {}


def test_that_unnamed_runs_get_different_names():
    names = [RunFolder.create(TrainSettings(), FACTS).name for _ in range(3)]
    assert len(set(names)) == 3
    assert all(name.startswith("demo-") for name in names)


def test_that_a_taken_name_is_refused():
    RunFolder.create(TrainSettings(name="mine"), FACTS)
    with pytest.raises(SettingsError, match="'mine' exists already"):
        RunFolder.create(TrainSettings(name="mine"), FACTS)


def test_that_a_run_with_settings_of_an_earlier_version_is_read_without_them():
    folder = RunFolder.create(TrainSettings(epochs=7, name="old"), FACTS)
    config = folder.config()
    config["settings"] |= {"tamper_round": 3, "tamper_kind": "replay"}
    write_json(folder.path / "config.json", config)
    assert RunFolder.find("old").settings() == TrainSettings(epochs=7, name="old")
    assert RunFolder.all()[0].problem == "no round was finished"
    with pytest.raises(SettingsError, match="tamper round"):
        build(TrainSettings, {"tamper_round": 3})


def test_that_a_run_that_is_older_than_a_setting_is_read_as_it_was_trained():
    folder = RunFolder.create(TrainSettings(model="fcf", dataset="ml-1m", dp="user", name="old"), FACTS)
    assert folder.settings().own.item_start == "genres"
    config = folder.config()
    del config["settings"]["item_start"]
    write_json(folder.path / "config.json", config)
    assert RunFolder.find("old").settings().own.item_start == "random"


def test_that_an_unknown_run_names_those_there_are():
    with pytest.raises(UnknownNameError, match=r"no run called 'x'\. Train one first"):
        RunFolder.find("x")
    RunFolder.create(TrainSettings(name="mine"), FACTS)
    for name in ("x", "../runs/mine", "mine/server"):
        with pytest.raises(UnknownNameError, match="Known runs: mine"):
            RunFolder.find(name)


def test_that_a_run_of_another_version_is_explained_and_still_listed():
    folder = RunFolder.create(TrainSettings(name="old"), FACTS)
    config = folder.config()
    (folder.path / "config.json").write_text(json.dumps({**config, "format": 99}))
    with pytest.raises(StorageError, match=r"'old' was written by another version of SecretRec \(format 99"):
        RunFolder.find("old")
    assert "another version" in RunFolder.all()[0].problem


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}'])
def test_that_a_damaged_config_does_not_hide_the_other_runs(damage):
    RunFolder.create(TrainSettings(name="good"), FACTS).add_round(a_round(1, 0.2))
    bad = RunFolder.create(TrainSettings(name="bad"), FACTS)
    (bad.path / "config.json").write_text(damage)
    problems = {info.name: info.problem for info in RunFolder.all()}
    assert problems["good"] == ""
    assert problems["bad"]


def test_that_a_line_cut_by_a_crash_is_not_a_round():
    folder = RunFolder.create(TrainSettings(name="mine"), FACTS)
    folder.add_round(a_round(1, 0.2))
    with (folder.path / "metrics.jsonl").open("a") as file:
        file.write('{"round": 2, "lo')
    assert len(folder.rounds()) == 1
    folder.add_round(a_round(2, 0.3))
    assert [r.round for r in folder.rounds()] == [1, 2]


def test_that_a_run_whose_process_is_gone_is_interrupted():
    folder = RunFolder.create(TrainSettings(name="mine"), FACTS)
    assert folder.state() == "running"
    config = folder.config()
    # The pid lives, but it started at another time: it was given to somebody else since.
    config["process"] = {"pid": os.getpid(), "started": config["process"]["started"] - 1000}
    write_json(folder.path / "config.json", config)
    assert folder.state() == "interrupted"


def test_that_one_run_is_not_trained_twice_at_a_time():
    folder = RunFolder.create(TrainSettings(name="mine"), FACTS)
    with folder.lock(), pytest.raises(SettingsError, match="'mine' is being trained"), folder.lock():
        pass
    with folder.lock():
        pass


@pytest.mark.parametrize(
    ("figures", "best"),
    [
        ([(0.3, 0.1), (0.5, 0.1), (0.4, 0.9)], 2),
        ([(0.5, 0.1), (0.5, 0.2)], 2),  # equal HR: NDCG decides
        ([(0.5, 0.2), (0.5, 0.2)], 1),  # equal both: the earlier
    ],
)
def test_that_validation_picks_the_best_round(figures, best):
    assert best_record([a_round(i, *pair) for i, pair in enumerate(figures, start=1)]).round == best
    assert best_record([]) is None


@pytest.mark.parametrize(
    ("noise", "best"),
    # The highest is that of round 2; two deviations of a difference below it is 2.83 times the noise.
    [(0.0, 2), (0.005, 2), (0.011, 3), (0.06, 3), (0.07, 4)],
)
def test_that_noise_picks_the_last_round_that_is_not_clearly_worse(noise, best):
    records = [a_round(i, hr, noise=noise) for i, hr in enumerate([0.50, 0.58, 0.55, 0.40], start=1)]
    assert best_record(records).round == best
    assert RoundRecord.model_validate_json(records[0].line()).noise == noise


def test_that_arrays_come_back_as_they_were(tmp_path):
    arrays = {"w": np.arange(6, dtype=np.float32).reshape(2, 3), "round": np.array([4])}
    write_arrays(tmp_path / "a" / "x.safetensors", arrays)
    back = read_arrays(tmp_path / "a" / "x.safetensors")
    assert set(back) == set(arrays)
    for name, array in arrays.items():
        np.testing.assert_array_equal(back[name], array)
        assert back[name].dtype == array.dtype


def test_that_a_full_disk_leaves_the_old_file_and_nothing_half_written(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_bytes(path, b"old")

    def no_space(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StorageError, match="No space left on device"):
        write_bytes(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["file"]


def test_that_a_full_disk_at_the_start_leaves_no_run(monkeypatch):
    def no_space(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(StorageError, match="No space left"):
        RunFolder.create(TrainSettings(name="mine"), FACTS)
    assert list(paths.runs_dir().iterdir()) == []


def test_that_a_config_without_settings_and_a_line_that_is_no_round_are_named():
    folder = RunFolder.create(TrainSettings(name="bad"), FACTS)
    folder.add_round(a_round(1, 0.2))
    with (folder.path / "metrics.jsonl").open("a") as file:
        file.write('{"note": "not a round"}\n')
    with pytest.raises(StorageError, match=r"metrics\.jsonl, line 2, of run .bad. is damaged"):
        folder.rounds()
    for settings in ({}, {"settings": []}, {"settings": {"parties": -1}}):
        (folder.path / "config.json").write_text(json.dumps({"format": 1, **settings}))
        with pytest.raises(StorageError, match=r"config\.json is damaged: it holds no settings of a run"):
            folder.settings()
