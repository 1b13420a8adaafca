"""Small federations of real programs: what is not seen in the one long trial, among it the commands of compose.yaml."""

from __future__ import annotations

import shutil

import pytest
import yaml

from data.catalogue import from_interactions
from data.synthetic import generate
from fl.federation.session import ROOT, SERVER
from fl.organisations.trial import NAMES, Trial, divide
from fl.privacy.accountant import Accountant
from fl.privacy.settings import privacy_of
from fl.runs.run_folder import RunFolder
from fl.settings.base import build
from fl.settings.federation import FederationRules
from fl.settings.train import TrainSettings
from tests.fl.organisations import one_process

pytestmark = pytest.mark.engine

WHOLE = generate(90, 60, 800, seed=5, n_clusters=6)
ROUNDS = 2


def run_of(trial, member):
    (folder,) = (trial.home(member) / "runs").iterdir()
    return RunFolder(folder)


class ComposedTrial(Trial):
    """A trial whose members are started by the words of compose.yaml: /data is each one's own folder."""

    def start(self, member, hear=None):
        home = self.home(member)
        kit = home / ("films/kits/server" if member == SERVER else member)
        kit.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(self.kit(member), kit)
        return super().start(member, hear)

    def command(self, member):
        services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
        python, program, *words = services[member]["command"]
        assert (python, program) == ("python", "TheMain.py")
        home = str(self.home(member))
        return [*(word.replace("/data", home) for word in words), "--threads", "1", "--json"]


def trained(folder, n_parties, kind=Trial, *, allow_plain=False, **settings):
    """Train; return the finished trial, its settings and the parties' parts."""
    chosen = build(
        TrainSettings,
        {
            "dataset": "mine",
            "parties": n_parties,
            "epochs": ROUNDS,
            "dim": 4,
            "seed": 7,
            "early_stopping": 0,
            **settings,
        },
    )
    rules = FederationRules(allow_plain=allow_plain, restarts=0)
    parts = divide(WHOLE, NAMES[:n_parties], chosen.seed)
    made = kind(folder / "t", NAMES[:n_parties], parts, chosen, rules, from_interactions(WHOLE))
    try:
        made.start_all()
        codes = made.wait(120)
    finally:
        made.end()
    assert not any(codes.values()), {name: program.lines[-5:] for name, program in made.programs.items()}
    return made, chosen, parts


def check_figures(made, settings, parts):
    history, figures = one_process.train(WHOLE, parts, made.parties, settings)
    for member in (SERVER, *made.parties):
        records = run_of(made, member).rounds()
        assert [record.loss for record in records] == history["loss"]
        assert [record.valid["ndcg@10"] for record in records] == history["val_ndcg@10"]
    result = made.result()
    if result["best_round"] == ROUNDS:
        assert {name: result[name] for name in figures} == figures


def test_that_fedrap_trains_by_the_commands_of_compose_without_protection_where_all_agreed(tmp_path):
    made, settings, parts = trained(tmp_path, 3, ComposedTrial, allow_plain=True, model="fedrap", aggregator="plain")
    check_figures(made, settings, parts)
    for party in made.parties:  # and the log says so, of every table
        tables = [line for line in made.audit(party) if line["what"] == "sent" and line["kind"].startswith("table")]
        assert len(tables) > ROUNDS
        assert all(line["protection"].startswith("none: ") for line in tables)


def test_that_noise_is_accounted_for_by_all_members_alike(tmp_path):
    made, settings, _ = trained(tmp_path, 2, model="pfedrec", aggregator="masked", dp="user", target_epsilon=20.0)
    accountant = Accountant(privacy_of(settings, WHOLE.n_users, 2))
    for member in (SERVER, *made.parties):
        records = run_of(made, member).rounds()
        assert [record.epsilon for record in records] == [accountant.epsilon(number) for number in (1, 2)]
        assert [record.valid for record in records] == [record.valid for record in run_of(made, SERVER).rounds()]
