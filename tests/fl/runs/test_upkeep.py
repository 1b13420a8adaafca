"""Runs that a person renames, notes and deletes, and how much of the disk they take."""

import os

import pytest

from data import paths
from data.errors import SettingsError, StorageError, UnknownNameError
from fl.runs.notes import MOST_CHARACTERS, read_note, write_note
from fl.runs.run_folder import RunFolder
from fl.runs.upkeep import delete, rename
from fl.settings.train import TrainSettings
from tests.round_records import a_round

FACTS = {"fingerprint": "abc", "versions": {}}


def test_that_a_renamed_run_keeps_everything():
    folder = RunFolder.create(TrainSettings(name="old"), FACTS)
    folder.add_round(a_round(1, 0.4))
    folder.set_state("done")
    folder.write_result({"run": "old", "hr@10": 0.4})
    renamed = rename(folder, "new name")
    assert [info.name for info in RunFolder.all()] == ["new name"]
    found = RunFolder.find("new name")
    assert found.settings().name == renamed.name == "new name"
    assert found.result() == {"run": "new name", "hr@10": 0.4}
    assert [r.round for r in found.rounds()] == [1]
    with pytest.raises(UnknownNameError):
        RunFolder.find("old")


def test_that_a_rename_that_cannot_be_changes_nothing():
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)
    RunFolder.create(TrainSettings(name="two"), FACTS)
    with pytest.raises(SettingsError, match="exists already"):
        rename(folder, "two")
    for bad in ("../out", "", "a/b", "ends."):
        with pytest.raises(SettingsError, match="cannot be the name"):
            rename(folder, bad)
    with folder.lock(), pytest.raises(SettingsError, match="being trained"):
        rename(RunFolder.find("one"), "three")
    assert sorted(info.name for info in RunFolder.all()) == ["one", "two"]
    assert rename(folder, "one").path == folder.path


def test_that_a_deleted_run_is_gone_and_the_others_are_not():
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)
    RunFolder.create(TrainSettings(name="two"), FACTS)
    (folder.path / "parties" / "party-1").mkdir(parents=True)
    (folder.path / "parties" / "party-1" / "users.json").write_text("{}")
    delete(RunFolder.locate("one"))
    assert [path.name for path in paths.runs_dir().iterdir()] == ["two"]


def test_that_a_run_that_is_trained_is_not_deleted():
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)
    with folder.lock(), pytest.raises(SettingsError, match="'one' is being trained"):
        delete(RunFolder.locate("one"))
    assert RunFolder.find("one").settings().name == "one"


def test_that_a_damaged_run_can_be_noted_and_deleted():
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)
    (folder.path / "config.json").write_text("{")
    with pytest.raises(StorageError):
        RunFolder.find("one")
    write_note(RunFolder.locate("one").path, "what was this?")
    info = RunFolder.all()[0]
    assert (info.note, info.dataset) == ("what was this?", "")
    assert info.problem
    assert "\n" not in info.problem
    delete(RunFolder.locate("one"))
    assert RunFolder.all() == []


def test_that_a_link_is_deleted_and_what_it_leads_to_is_not(tmp_path):
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)
    folder.path.rename(tmp_path / "elsewhere")
    folder.path.symlink_to(tmp_path / "elsewhere")
    delete(RunFolder.locate("one"))
    assert (tmp_path / "elsewhere" / "config.json").exists()
    assert not os.path.lexists(folder.path)


def test_that_what_cannot_be_deleted_is_named(monkeypatch):
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path / "server"))

    monkeypatch.setattr("shutil.rmtree", refuse)
    with pytest.raises(StorageError, match=r"'one' cannot be deleted: .*server: Permission denied"):
        delete(folder)
    assert RunFolder.all() == []


@pytest.mark.parametrize("name", ["..", "../runs/one", "", "one/server", "."])
def test_that_nothing_but_a_run_is_deleted(name):
    RunFolder.create(TrainSettings(name="one"), FACTS)
    with pytest.raises(UnknownNameError):
        RunFolder.locate(name)


def test_that_a_note_is_kept_with_the_run_and_goes_along_with_its_name():
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)
    write_note(folder.path, "  with the new films\nsecond line  ")
    renamed = rename(folder, "two")
    assert read_note(renamed.path) == "with the new films\nsecond line"
    assert RunFolder.all()[0].note == "with the new films\nsecond line"
    write_note(renamed.path, " ")
    assert not (renamed.path / "note.txt").exists()
    with pytest.raises(SettingsError, match="10001"):
        write_note(renamed.path, "a" * (MOST_CHARACTERS + 1))


def test_that_the_list_says_what_a_run_takes_of_the_disk():
    folder = RunFolder.create(TrainSettings(name="one"), FACTS)
    before = folder.info().bytes
    (folder.path / "server").mkdir()
    (folder.path / "server" / "round-000001.safetensors").write_bytes(b"1" * 12_345)
    assert before > 0
    assert folder.info().bytes == before + 12_345
