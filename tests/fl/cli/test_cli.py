"""The command line as a person meets it: exit codes, sentences, and one JSON object on the last line."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fl.cli.table import COMMANDS

ROOT = Path(__file__).resolve().parents[3]


def process(*words, **environment):
    """Run TheMain.py as a person would; the test's own home is inherited."""
    return subprocess.run(
        [sys.executable, str(ROOT / "TheMain.py"), *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=240,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def last_object(result):
    return json.loads(result.stdout.strip().splitlines()[-1])


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["train", "--dataset", "movielens"], 1, "movielens"),
        (["train", "--model", "svd"], 2, "model: must be 'fcf'"),
        (["train", "--dataset", "ml-100k"], 1, "'ml-100k' has not been fetched yet. Run: TheMain.py datasets fetch"),
        (["train", "--epochs", "0"], 2, "epochs: must be greater than or equal to 1 (got '0')."),
        (["train", "--batch-size", "0"], 2, "batch size: must be greater than or equal to 1 (got '0')."),
        (["train", "--batch-size", "big"], 2, "batch size: must be a valid integer"),
        (["train", "--parties", "1"], 2, "secure aggregation needs at least 2 parties"),
        (["train", "--resume", "x", "--dim", "3"], 2, "drop --dim"),
        (["train", "--resume", "x"], 1, "There is no run called 'x'."),
        (["evaluate", "--run", "x"], 1, "There is no run called 'x'."),
        (["recommend", "--run", "x", "--user", "1"], 1, "There is no run called 'x'."),
        (["recommend", "--run", "x", "--items", "1,2"], 1, "There is no run called 'x'."),
        (["recommend", "--run", "x", "--items", ","], 2, "items: "),
        (["recommend", "--run", "x"], 2, "one of the arguments --user --items is required"),
        (["recommend", "--run", "x", "--user", "1", "--basket"], 2, "--basket needs items"),
        (["recommend", "--run", "x", "--items", "1", "--scope", "all"], 2, "--scope does not go with --items"),
        (["datasets", "fetch"], 2, "Say which data set to fetch"),
        (["datasets", "fetch", "x"], 1, "'x'"),
        (["datasets", "fetch", "ml-100k"], 2, "Add --yes to accept the licence above."),
        (["datasets", "fetch", "ml-100k", "--from", "/nowhere"], 1, "/nowhere: there is no such file or folder."),
        (["nonsense"], 2, "invalid choice: 'nonsense'"),
        (["evaluate"], 2, "Name what to evaluate: a run (--run NAME), or lists (--lists FILE)."),
        # A beginning of an option's name is no option: it would be taken for --seeds, seven trainings.
        (["compare", "--seed", "7"], 2, "unrecognized arguments: --seed 7 (is --seeds or"),
        (["federation", "join", "--kit", "x", "--jso"], 2, "unrecognized arguments: --jso (is --json meant?)"),
    ],
)
def test_that_bad_input_gets_a_sentence_and_leaves_nothing(home, command_line, words, code, sentence):
    result = command_line(*words)
    assert sentence in result.stderr
    assert result.returncode == code
    assert "Traceback" not in result.stderr
    left = {path.name for path in (home / "secretrec").rglob("*") if path.is_file() and "logs" not in path.parts}
    assert left <= {".ml-100k.lock"}  # an empty file that keeps two downloads apart


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["recommend", "--run", "x", "--user", "-7"], "There is no run called 'x'."),
        (["recommend", "--run", "x", "--user", "--seven"], "There is no run called 'x'."),
        (["recommend", "--run", "x", "--items", "-5,-3"], "There is no run called 'x'."),
        (["recommend", "--run", "x", "--items", "-dash, 3"], "There is no run called 'x'."),
        (["datasets", "inspect", "/nowhere", "--rating", "-", "--user", "-id"], "/nowhere: there is no such file."),
        (["recommend", "--run", "x", "--user", "--json"], "--user: expected one argument"),
    ],
)
def test_that_a_value_may_begin_with_a_dash(command_line, words, said):
    assert said in command_line(*words).stderr


@pytest.mark.parametrize("words", [["datasets", "list"], ["--help"], ["train", "--help"]])
def test_that_a_closed_pipe_ends_the_program_quietly(home, words):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w") as closed:
        ended = subprocess.run(
            [sys.executable, str(ROOT / "TheMain.py"), *words], stdout=closed, stderr=subprocess.PIPE, text=True,
            cwd=ROOT, env=os.environ, timeout=60, check=False,
        )  # fmt: skip
    assert ended.stderr == ""
    assert ended.returncode == 141


def test_that_more_parties_than_users_are_refused(home, monkeypatch):
    from data import demo

    assert demo.N_USERS == 300  # more than the 64 parties that settings allow, so only a smaller set can show it
    from data.errors import SettingsError
    from data.loading import load

    split = load("demo", "leak-free", 1)
    with pytest.raises(SettingsError, match="301 parties were asked for, but the data set has only 300 users"):
        split.divide([f"p{i}" for i in range(301)], 1)


def test_that_an_error_is_json_when_json_was_asked_for(command_line):
    result = command_line("train", "--epochs", "0", "--json")
    assert "epochs: must be" in last_object(result)["error"]


def test_that_help_answers_without_loading_anything_heavy(command_line):
    code = "import sys; from fl.cli.main import make_parser; make_parser(None).format_help(); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert not {"tensorflow", "secretflow", "ray", "pandas", "PyQt5", "pydantic"} & set(loaded.split())
    for words in ([], *([name] for name in COMMANDS)):
        result = command_line(*words, "--help")
        assert result.returncode == 0
        assert "usage: TheMain.py" in result.stdout


def test_that_lists_work_on_an_empty_home(command_line):
    result = command_line("runs")
    assert (result.returncode, result.stdout) == (0, "No runs yet. Train one: TheMain.py train\n")
    found = last_object(command_line("datasets", "--json"))["datasets"]
    assert {"demo": "ready", "ml-100k": "missing"}.items() <= {d["name"]: d["status"] for d in found}.items()


def test_that_no_display_is_explained():
    result = process(DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert result.returncode == 1
    assert "cannot open its window" in result.stderr
    assert "TheMain.py --help" in result.stderr


def test_that_a_whole_session_in_one_process_works(command_line):
    trained = command_line(
        "train", "--model", "pfedrec", "--runtime", "in-process", "--epochs", "2", "--name", "mine", "--json"
    )
    assert trained.returncode == 0, trained.stderr
    assert "Round 2 of 2" in trained.stderr
    assert last_object(trained)["run"] == "mine"
    assert "demo" in command_line("runs").stdout
    answer = last_object(
        command_line("recommend", "--run", "mine", "--user", "3", "--top-k", "4", "--scope", "all", "--json")
    )
    assert answer["user"] == "3"
    assert [item["rank"] for item in answer["items"]] == [1, 2, 3, 4]
    assert {"rank", "item", "title", "score"} <= set(answer["items"][0])
    newcomer = command_line("recommend", "--run", "mine", "--items", "3,17", "--top-k", "2", "--json")
    assert [item["rank"] for item in last_object(newcomer)["items"]] == [1, 2]
    assert "SecretFlow" not in newcomer.stderr
    basket = command_line("recommend", "--run", "mine", "--items", "3,17", "--basket")
    assert "What goes with these items" in basket.stdout
    figures = last_object(command_line("evaluate", "--run", "mine", "--k", "5", "10", "--json"))
    assert {row["k"] for row in figures["rows"]} == {5, 10}
    unknown = command_line("recommend", "--run", "mine", "--user", "nobody")
    assert "has no user 'nobody'" in unknown.stderr


@pytest.mark.engine
def test_that_training_across_processes_gives_the_figures_of_one_process(command_line):
    common = ["--model", "pfedrec", "--epochs", "3", "--parties", "2", "--threads", "1", "--json"]
    apart = process("train", *common, "--name", "apart")
    assert apart.returncode == 0, apart.stderr
    together = command_line("train", *common, "--name", "together", "--runtime", "in-process")
    names = ("hr@10", "ndcg@10", "full_hr@10", "full_ndcg@10", "valid_hr@10", "popularity_hr@10")
    a, b = last_object(apart), last_object(together)
    assert {name: a[name] for name in names} == pytest.approx({name: b[name] for name in names}, abs=1e-6)


@pytest.mark.engine
def test_that_the_first_interrupt_stops_after_the_round_and_keeps_the_model(home):
    words = ["train", "--model", "pfedrec", "--runtime", "in-process", "--epochs", "100000", "--name", "mine", "--json"]
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "TheMain.py"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    for line in process.stderr:
        if line.startswith("Round 2 "):
            break
    process.send_signal(2)
    started = time.monotonic()
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert "Stopping after this round" in err
    assert json.loads(out.strip().splitlines()[-1])["stopped_early"] is True
    assert time.monotonic() - started < 60
