"""The command `runs` as a person meets it, and what else the command line does with runs that are there."""

import json
from contextlib import contextmanager

import pytest

from data.errors import StorageError
from data.own.options import ImportOptions
from fl.jobs.context import JobContext
from fl.jobs.own_files import import_file
from fl.protocol.commands import ImportFile
from fl.runs.run_folder import RunFolder
from fl.settings.train import TrainSettings
from tests.round_records import a_round

FACTS = {"fingerprint": "abc", "versions": {}, "n_items": 3}


def make(name, hr=None, **settings):
    folder = RunFolder.create(TrainSettings(name=name, **settings), FACTS)
    folder.add_round(a_round(1, 0.4))
    folder.set_state("done")
    if hr is not None:
        folder.write_result({"run": name, "hr@10": hr})
    return folder


def names(result):
    return [run["name"] for run in json.loads(result.stdout.splitlines()[-1])["runs"]]


def test_that_runs_are_searched_and_sorted(command_line):
    make("beta", 0.5, model="fcf")
    make("alpha", 0.7, model="pfedrec")
    make("gamma", 0.6, model="fcf")
    command_line("runs", "note", "gamma", "the one of Tuesday")
    assert names(command_line("runs", "list", "--sort", "name", "--json")) == ["alpha", "beta", "gamma"]
    assert names(command_line("runs", "--sort", "hr", "--json")) == ["alpha", "gamma", "beta"]
    assert names(command_line("runs", "--search", "FCF", "--sort", "name", "--json")) == ["beta", "gamma"]
    assert names(command_line("runs", "--search", "tuesday", "--json")) == ["gamma"]
    said = command_line("runs", "--search", "tuesday").stdout
    assert "the one of Tuesday" in said
    assert "Runs: 1 of 3, 0.0 MB" in said
    assert command_line("runs", "--search", "nothing").stdout == "No run has 'nothing' in it.\n"


def test_that_a_damaged_run_is_one_line_and_the_others_are_listed(command_line):
    make("good", 0.5)
    broken = make("broken")
    (broken.path / "config.json").write_text('{"settings": {"epochs": -1}}')
    lines = command_line("runs").stdout.splitlines()
    (line,) = (one for one in lines if one.startswith("broken"))
    assert "cannot be read" in line
    assert any(one.startswith("good") and "0.5000" in one for one in lines)
    assert len(lines) == 5


@pytest.fixture
def nothing_starts(monkeypatch):
    monkeypatch.setattr("fl.cli.training._start_ahead", lambda *_: pytest.fail("processes are started"))
    monkeypatch.setattr("fl.cli.training.answer_to", lambda *_, **__: pytest.fail("the job begins"))


@pytest.mark.usefixtures("nothing_starts")
@pytest.mark.parametrize("more", [("--dataset", "demo"), ("--resume", "one", "--dataset-update")])
def test_that_a_taken_name_is_told_before_anything_is_started(command_line, more):
    make("one")
    result = command_line("train", "--name", "one", *more)
    assert (result.returncode, result.stderr) == (
        2,
        "Error: A run called 'one' exists already. Choose another name.\n",
    )


@pytest.mark.usefixtures("nothing_starts")
def test_that_a_home_in_which_nothing_can_be_made_is_told_before_anything_is_started(command_line, monkeypatch):
    monkeypatch.setenv("SECRETREC_HOME", "/proc/self/home")  # there even root makes no folder
    result = command_line("train", "--dataset", "demo")
    assert (result.returncode, "Cannot make a run folder in /proc/self/home/runs" in result.stderr) == (1, True)


def test_that_a_run_is_renamed_noted_and_deleted(command_line):
    make("one")
    assert command_line("runs", "rename", "one", "two").stdout == "Run one is called two now.\n"
    assert command_line("runs", "note", "two").stdout == "Run two has no note.\n"
    command_line("runs", "note", "two", "good")
    assert command_line("runs", "note", "two").stdout == "good\n"
    refused = command_line("runs", "delete", "two")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Add --yes" in refused.stderr
    make("three")
    result = command_line("runs", "delete", "two", "three", "--yes", "--json")
    assert json.loads(result.stdout) == {"deleted": ["two", "three"]}
    assert RunFolder.all() == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["rename", "one"], "runs rename RUN NAME"),
        (["delete"], "runs delete RUN ..."),
        (["list", "one"], "runs list"),
        (["delete", "none", "--yes"], "There is no run called 'none'"),
        (["rename", "one", "../two"], "cannot be the name of a run"),
        (["export", "one", "/nowhere/one.zip"], "Cannot write /nowhere/one.zip"),
        (["import", "/nowhere/one.zip"], "There is no file /nowhere/one.zip"),
    ],
)
def test_that_what_cannot_be_is_said(command_line, words, sentence):
    make("one")
    result = command_line("runs", *words)
    assert result.returncode in (1, 2)
    assert sentence in result.stderr
    assert [run.name for run in RunFolder.all()] == ["one"]


def test_that_an_export_says_what_is_in_it(command_line, tmp_path):
    make("one")
    path = str(tmp_path / "one.zip")
    assert "are not in it" in command_line("runs", "export", "one", path).stdout
    assert "give it only to those" in command_line("runs", "export", "one", path, "--with-private").stdout
    assert command_line("runs", "import", path, "--name", "two").stdout.startswith("Run two is here.\n")


def test_that_a_training_takes_the_settings_of_a_run(command_line, monkeypatch):
    make("one", model="pfedrec", dim=12, seed=7)
    asked = []

    @contextmanager
    def ask(command, *_, **__):
        asked.append(command)
        raise StorageError("no further")
        yield

    monkeypatch.setattr("fl.cli.training.answer_to", ask)
    command_line("train", "--like", "one", "--dim", "8")
    settings = asked[0].settings
    assert (settings.model, settings.dim, settings.seed, settings.name) == ("pfedrec", 8, 7, "")


def test_that_a_data_set_that_runs_need_is_removed_only_after_a_yes(command_line, tmp_path):
    table = tmp_path / "films.csv"
    table.write_text("user,item\n" + "".join(f"{user},{item}\n" for user in range(6) for item in range(8)))
    import_file(ImportFile(path=str(table), name="films", options=ImportOptions()), JobContext("job", lambda _: None))
    make("one", dataset="films")
    make("other")
    refused = command_line("datasets", "remove", "films")
    assert refused.returncode == 2
    assert "Runs were trained on it: one." in refused.stderr
    result = command_line("datasets", "remove", "films", "--yes", "--json")
    assert json.loads(result.stdout) == {"removed": "films", "runs": ["one"]}
    assert command_line("datasets", "remove", "films", "--yes").returncode == 1
