"""What a run folder tells of its run, read without TensorFlow; and the command that reports it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import StorageError
from fl.protocol import events as ev
from fl.protocol.commands import DescribeRuns
from fl.runs.records import Evaluation, MetricRow
from fl.runs.run_detail import describe
from fl.runs.run_folder import RunFolder
from fl.runs.storage import write_json
from fl.runs.upkeep import rename
from fl.settings.of_jobs import EvaluateSettings
from fl.settings.train import TrainSettings
from tests.fl.asking import ask
from tests.round_records import a_round

ROOT = Path(__file__).resolve().parents[3]
FACTS = {
    "fingerprint": "abc",
    "n_users": 300,
    "n_items": 400,
    "n_train": 11_368,
    "versions": {"python": "3.10"},
    "machine": {"processor": "Some CPU"},
    "claim": "The server sees sums.",
}


@pytest.fixture
def folder():
    """Two rounds, the second one better."""
    made = RunFolder.create(TrainSettings(name="run", epochs=2), FACTS)
    for number, hr in ((1, 0.25), (2, 0.5)):
        made.add_round(a_round(number, hr, hr / 2, loss=0.7 / number, seconds=1.5))
    made.set_state("done")
    return made


def test_that_rounds_are_told_as_they_were_written(folder):
    lost = a_round(3, epsilon=1.5, dropped={"party-2": "its process died"})
    folder.add_round(lost)
    told = describe(folder).rounds
    assert (told[1].loss, told[1].valid["hr@10"], told[1].bytes_up, told[1].bytes_down) == (0.35, 0.5, 10, 20)
    assert told[2] == lost
    started = ev.TrainStarted(
        job="j",
        run="run",
        settings=folder.settings(),
        first_round=4,
        n_users=300,
        n_items=400,
        n_train=11_368,
        notes=(),
        popularity={},
        earlier=told,
    )
    assert ev.EVENTS.validate_json(started.model_dump_json()) == started


def evaluation(best_round=2, protocol="leak-free", hr=0.75):
    row = MetricRow(scorer="model", item_view="global", k=10, hr=hr, ndcg=0.5, full_hr=0.25, full_ndcg=0.125)
    return Evaluation(
        settings=EvaluateSettings(run="run"),
        protocol=protocol,
        seed=2024,
        fingerprint="abc",
        n_users=300,
        best_round=best_round,
        rows=(row,),
        warning="",
    )


def test_that_a_run_tells_settings_rounds_and_facts(folder):
    folder.write_result({"hr@10": 0.5, "run": "run", "nested": {"x": 1}, "odd": float("nan"), "none": None})
    found = describe(folder)
    assert [(one.round, one.loss, one.valid["hr@10"]) for one in found.rounds] == [(1, 0.7, 0.25), (2, 0.35, 0.5)]
    assert found.info.best_round == 2
    assert found.settings.epochs == 2
    assert (found.fingerprint, found.n_train) == ("abc", 11_368)
    assert found.result == {"hr@10": 0.5, "run": "run", "none": None}
    assert found.evaluations == ()
    assert found.audit is None


def test_that_the_last_evaluation_of_each_protocol_is_kept_and_the_own_one_comes_first(folder):
    folder.write_evaluation(evaluation(hr=0.1))
    folder.write_evaluation(evaluation(hr=0.2))
    folder.write_evaluation(evaluation(hr=0.3, protocol="published"))
    found = describe(folder).evaluations
    assert [(one.protocol, one.rows[0].hr) for one in found] == [("leak-free", 0.2), ("published", 0.3)]


def test_that_an_evaluation_of_a_round_that_is_no_longer_the_best_is_left_out(folder):
    folder.write_evaluation(evaluation(best_round=1))
    assert describe(folder).evaluations == ()


def test_that_a_renamed_run_takes_its_evaluation_along(folder):
    folder.write_evaluation(evaluation())
    renamed = describe(rename(folder, "other"))
    assert renamed.info.name == renamed.settings.name == renamed.evaluations[0].settings.run == "other"


def test_that_what_an_older_version_did_not_record_is_empty():
    old = RunFolder.create(TrainSettings(name="old"), {})
    found = describe(old)
    assert (found.machine, found.rounds) == ({}, ())


def test_that_an_audit_is_told(folder):
    write_json(folder.path / "audit.json", {"attack": "membership", "auc": [0.5, 0.6]})
    assert describe(folder).audit == {"attack": "membership", "auc": [0.5, 0.6]}


@pytest.mark.parametrize("damage", ["not json", "[]", '{"protocol": 5}'])
def test_that_a_damaged_evaluation_is_named(folder, damage):
    (folder.path / "evaluation-leak-free.json").write_text(damage)
    with pytest.raises(StorageError, match=r"evaluation-leak-free\.json"):
        describe(folder)


def test_that_runs_that_cannot_be_described_do_not_hide_the_others(folder):
    bad = RunFolder.create(TrainSettings(name="bad"), {})
    (bad.path / "config.json").write_text('{"format": 1}')
    answer = ask(DescribeRuns(runs=("run", "bad", "gone")))
    assert [one.info.name for one in answer.runs] == ["run"]
    assert answer.problems["gone"].startswith("There is no run called 'gone'.")
    assert "bad" in answer.problems


def test_that_the_command_writes_a_report_without_loading_tensorflow_or_qt(folder, tmp_path):
    program = (
        "import sys; from fl.cli.main import main; code = main(sys.argv[1:]);"
        "heavy = {'tensorflow', 'secretflow', 'ray', 'PyQt5'} & set(sys.modules);"
        "sys.exit(code or 10 * len(heavy))"
    )
    output = tmp_path / "report.html"
    done = subprocess.run(
        [sys.executable, "-c", program, "report", "--run", "run", "--output", str(output), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    assert answer["path"] == str(output)
    assert answer["missing"][0].startswith("Test figures of the training")
    assert "<h1>run</h1>" in output.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["--run", "gone", "--output", "x.html"], 1, "There is no run called 'gone'"),
        (["--run", "run", "--output", "x.doc"], 2, "the file name must end in .html or .pdf"),
    ],
)
def test_that_a_report_that_cannot_be_made_is_explained(folder, command_line, words, code, sentence):
    done = command_line("report", *words)
    assert done.returncode == code
    assert sentence in done.stderr
