"""What earlier versions wrote is read, says what it said then, and is gone on with; see make.py beside this file."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from data import paths
from fl.organisations import kit, requests
from fl.runs.run_folder import FORMAT, READABLE, RunFolder
from fl.runs.storage import check_arrays, read_json, read_records
from tests.fl.golden.make import RESUMED_TO, RUN, SWEEP, USER

HERE = Path(__file__).parent


@pytest.fixture(params=sorted(HERE.glob("home-*.zip")), ids=lambda path: path.stem)
def answers(request, tmp_path):
    """What a version answered; what it wrote lies in this test's home."""
    with zipfile.ZipFile(request.param) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "home").rename(paths.home())
    return json.loads((tmp_path / "answers.json").read_text("utf-8"))


@pytest.fixture
def ask(command_line):
    """What a command answers with --json."""

    def command(*words):
        done = command_line(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return command


def assert_says(found, wanted):
    """Compare what was answered, but for what only the newer version says."""
    if isinstance(wanted, dict):
        for name, value in wanted.items():
            assert_says(found[name], value)
    else:
        assert found == wanted


def test_that_there_is_a_home_of_every_format():
    assert [path.stem for path in sorted(HERE.glob("home-*.zip"))] == [f"home-{number}" for number in READABLE]


def test_that_runs_and_data_of_a_version_are_listed_and_answer_as_they_did(answers, ask):
    runs = {run["name"]: run for run in ask("runs", "list")["runs"]}
    assert {name: run["problem"] for name, run in runs.items()} == dict.fromkeys(runs, "")
    assert (runs[RUN]["rounds"], runs[RUN]["state"]) == (2, "done")
    assert_says(ask("evaluate", "--run", RUN, "--k", "5", "10"), answers["evaluate"])
    assert_says(ask("recommend", "--run", RUN, "--user", USER, "--top-k", "5"), answers["recommend"])
    if "sweep" in answers:
        assert_says(ask("sweep", "--name", SWEEP, "--show"), answers["sweep"])


def test_that_a_run_of_a_version_goes_on_to_the_figures_it_had_then(answers, ask):
    ask("train", "--resume", RUN, "--epochs", str(RESUMED_TO))
    assert_says(ask("evaluate", "--run", RUN, "--k", "5", "10"), answers["resumed"])
    folder = RunFolder.find(RUN)
    assert folder.config()["format"] == FORMAT
    for path in folder.path.rglob("*"):
        if path.suffix in (".json", ".jsonl", ".safetensors"):
            assert b'"seal": "' in path.read_bytes(), path
            {".json": read_json, ".jsonl": read_records, ".safetensors": check_arrays}[path.suffix](path)


def test_that_an_exported_run_of_a_version_is_imported(answers, ask, tmp_path):
    if not (tmp_path / "golden.zip").exists():
        pytest.skip("that version exported none")
    ask("runs", "import", str(tmp_path / "golden.zip"), "--name", "copy")
    wanted = json.loads(json.dumps(answers["recommend"]).replace(f'"{RUN}"', '"copy"'))
    assert_says(ask("recommend", "--run", "copy", "--user", USER, "--top-k", "5"), wanted)


def test_that_what_members_of_a_federation_sent_each_other_is_read(answers):
    films = paths.home() / "films"
    start_up = kit.read_start_up(films / "kits" / "alice")
    assert start_up.file.digest == answers["federation"]["shown"]["digest"]
    (path,) = films.rglob("*request*")
    assert requests.read(path, start_up.file.id).code == answers["federation"]["joined"]["code"]
