"""Three organisations on one computer, each a real program with its own file: one trial of ML-100K's size. In the
middle of it one party's session is killed; then it is looked at from all sides.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
from pathlib import Path

import numpy as np
import pytest

from data.catalogue import from_interactions
from data.interactions import build
from data.synthetic import generate
from fl.aggregation.masking.messages import Advert, Agreement, SealedShares, UnmaskShares, Upload
from fl.federation.session import ROOT, SERVER
from fl.organisations.trial import DATASET, Trial, divide
from fl.runs.run_folder import RunFolder
from fl.settings.train import TrainSettings
from tests.fl.organisations import one_process
from tests.listening import listening

pytestmark = pytest.mark.engine

PARTIES = ("alice", "bob", "carol")
ROUNDS, KILL_AT = 6, 3
SETTINGS = TrainSettings(dataset="demo", parties=3, aggregator="verified", epochs=ROUNDS, seed=11, dim=16)
# What each program imports first: it keeps a copy of everything that is about to be sent.
WATCH = """
import os, pickle, threading
def watch():
    from fl.organisations import wire
    encode = wire.encode
    path = os.path.join(os.environ["SECRETREC_HOME"], "wire.bin")
    def watched(number, value):
        parts = encode(number, value)
        with open(path, "ab") as file:
            pickle.dump(b"".join(parts), file)
        return parts
    wire.encode = watched
import sys
if "fl.engine.member_session" in " ".join(sys.orig_argv):
    sys.path.insert(0, os.environ["WATCHED_ROOT"])
    watch()
"""


def own_parts():
    """Users of ML-100K's number with telling ids, dealt out to the parties."""
    made = generate(943, 1682, 100_000, seed=3)
    users = np.array([f"customer-{number:06d}" for number in range(made.n_users)], object)
    whole = build("x", made.user, made.item, made.timestamp, users, made.item_ids, made.titles, made.genres)
    return whole, divide(whole, PARTIES, SETTINGS.seed)


@pytest.fixture(scope="module")
def trial(tmp_path_factory):
    """The finished trial, with `sessions` of it as the server's audit log has them."""
    folder = tmp_path_factory.mktemp("trial")
    watch = folder / "watch"
    watch.mkdir()
    (watch / "sitecustomize.py").write_text(WATCH)
    before = {name: os.environ.get(name) for name in ("PYTHONPATH", "WATCHED_ROOT")}
    os.environ.update(PYTHONPATH=str(watch), WATCHED_ROOT=str(ROOT))
    whole, parts = own_parts()
    made = Trial(folder / "t", PARTIES, parts, SETTINGS, catalogue=from_interactions(whole))
    killed = []

    def kill_bob(member, line):
        if member == "bob" and line.startswith(f"Round {KILL_AT} ") and not killed:
            killed.append(line)
            made.listening = {name: listening(program.process.pid) for name, program in made.programs.items()}
            children = Path(f"/proc/{made.programs['bob'].process.pid}/task").glob("*/children")
            (pid,) = {int(word) for path in children for word in path.read_text().split()}
            os.kill(pid, signal.SIGKILL)

    try:
        made.start_all(kill_bob)
        codes = made.wait(240)
    finally:
        made.end()
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
    assert killed
    assert codes == dict.fromkeys((SERVER, *PARTIES), 0), {n: p.lines[-5:] for n, p in made.programs.items()}
    return made


@pytest.fixture(scope="module")
def simulated():
    """The same parts trained in one process: records of rounds, and test figures at the best one."""
    whole, parts = own_parts()
    return one_process.train(whole, parts, PARTIES, SETTINGS)


def run_of(trial, member):
    (folder,) = (trial.home(member) / "runs").iterdir()
    return RunFolder(folder)


def sent_by(trial, member):
    """Every value that a member sent, and the bytes of all."""
    values, raw = [], b""
    from fl.organisations import wire

    with (trial.home(member) / "wire.bin").open("rb") as file:
        while True:
            try:
                message = pickle.load(file)
            except EOFError:
                return values, raw
            raw += message
            values.append(wire.decode(memoryview(message), member, 1 << 30)[1])


def test_that_the_figures_are_the_simulations_to_the_last_digit(trial, simulated):
    history, figures = simulated
    for member in (SERVER, *PARTIES):
        records = run_of(trial, member).rounds()
        assert [record.round for record in records] == list(range(1, ROUNDS + 1))
        assert [record.loss for record in records] == history["loss"]
        for name in ("hr@10", "ndcg@10"):
            assert [record.valid[name] for record in records] == history[f"val_{name}"]
        result = run_of(trial, member).result()
        assert result["rounds"] == ROUNDS
        if result["best_round"] == ROUNDS:
            assert {name: result[name] for name in figures} == figures


def test_that_a_killed_session_repeats_one_round_at_most(trial):
    sessions = [line for line in trial.audit(SERVER) if line["what"] == "session"]
    assert [line["number"] for line in sessions] == [1, 2]
    assert sessions[0]["round"] == 0
    assert sessions[1]["round"] >= KILL_AT
    ended = [line for line in trial.audit("bob") if line["what"] == "session ended"]
    assert [line["outcome"] for line in ended] == ["broken", "finished"]
    assert "died (-9)" in ended[0]["why"]


def test_that_each_member_keeps_its_own_parts_and_nobody_elses(trial):
    for member in PARTIES:
        folder = run_of(trial, member).path
        assert [path.name for path in (folder / "parties").iterdir()] == [member]
        assert run_of(trial, member).state() == "done"
        assert not list((folder / "server").glob("*.json"))
        assert run_of(trial, member).settings().dataset == DATASET
    assert not (run_of(trial, SERVER).path / "parties").exists()


def test_that_a_member_listens_at_its_own_address_of_the_federation_file_only(trial):
    places = {name: {("127.0.0.1", trial.ports[name])} for name in (SERVER, *PARTIES)}
    places[SERVER].add(("127.0.0.1", trial.ports["meeting"]))  # TLS on both: test_link.py, test_meeting_place.py
    assert trial.listening == places


def test_that_nothing_of_users_is_on_the_wire(trial):
    """Of what a party sends, only uploads depend on its data, and they are uniform noise."""
    for member in PARTIES:
        values, raw = sent_by(trial, member)
        assert b"customer-" not in raw
        kinds = set()
        for value in values:
            for one in value if isinstance(value, list | tuple) and value else [value]:
                kinds.add(type(one).__name__)
                assert isinstance(one, Upload | Advert | SealedShares | Agreement | UnmaskShares | int | str | bytes)
                if isinstance(one, str):
                    assert one == ""
                if isinstance(one, bytes):
                    assert len(one) == 32
                if isinstance(one, int):
                    assert 0 <= one < 1 << 40
                if isinstance(one, Upload):
                    for block in one.blocks:
                        if block.size > 1000:
                            bits = np.unpackbits(np.ascontiguousarray(block).view(np.uint8))
                            assert abs(bits.mean() - 0.5) < 0.01
        assert {"Upload", "Advert", "SealedShares", "Agreement", "UnmaskShares", "int"} <= kinds


def test_that_the_audit_log_has_every_message_and_no_value(trial):
    for member in (SERVER, *PARTIES):
        lines = trial.audit(member)
        sent = [line for line in lines if line["what"] == "sent"]
        messages, _ = sent_by(trial, member)
        assert len(sent) == len(messages)
        assert all(set(line) == {"at", "what", "to", "kind", "bytes", "protection"} for line in sent)
        assert all(line["protection"].endswith("signed; TLS 1.3") for line in sent)
        assert {line["to"] for line in sent} <= {SERVER, *PARTIES} - {member}
        if member != SERVER:
            masked = [line for line in sent if line["kind"] == "masked message"]
            assert {line["to"] for line in masked} == {SERVER}
            assert max(line["bytes"] for line in masked) > 1682 * 16 * 4
        assert (lines[0]["what"], lines[-1]["what"]) == ("started", "stopped")


def test_that_the_log_holds_what_brpc_says_and_the_screen_does_not(trial):
    for member in (SERVER, *PARTIES):
        assert not any("brpc" in line for line in trial.programs[member].lines)
        assert "brpc" in (trial.home(member) / "logs" / "member-session.output").read_text()


def test_that_a_party_alone_has_lists_for_its_own_users_and_the_server_for_nobody(trial, command_line, monkeypatch):
    monkeypatch.setenv("SECRETREC_HOME", str(trial.home("carol")))
    run = run_of(trial, "carol").name
    user = json.loads((run_of(trial, "carol").path / "parties" / "carol" / "users.json").read_text())["ids"][0]
    listed = command_line("recommend", "--run", run, "--user", user, "--top-k", "5", "--json")
    assert listed.returncode == 0, listed.stderr
    assert len(json.loads(listed.stdout.splitlines()[-1])["items"]) == 5
    evaluated = command_line("evaluate", "--run", run)
    assert evaluated.returncode == 0, evaluated.stderr
    monkeypatch.setenv("SECRETREC_HOME", str(trial.home(SERVER)))
    assert "this is the server's part" in command_line("recommend", "--run", run, "--user", user).stderr
