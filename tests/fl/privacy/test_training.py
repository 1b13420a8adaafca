"""Differential privacy in whole rounds on real SecretFlow in one process."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from data.clients import ClientSampling
from data.errors import SettingsError, StorageError
from fl.privacy.accountant import Accountant
from fl.privacy.budget import Budget
from fl.privacy.mechanism import Privacy
from fl.privacy.noise import SecretNoise
from fl.privacy.settings import privacy_of
from fl.protocol.commands import ResumeCommand, TrainCommand
from fl.runs.storage import round_file
from fl.settings.base import build
from fl.settings.train import TrainSettings
from models.base import LocalUpdate
from models.clipping import Clip
from models.registry import MODELS
from tests.fl.small_rules import rules_for
from tests.models.small_data import hyper_of, small_parties, small_party

ALPHA = hyper_of("fcf").own.alpha
SILENT = Privacy("user", 0.5, 1e-6, 1e-5, helpers=2)
NOISY = Privacy("user", 0.5, 3.0, 1e-5, helpers=2)


def set_up(federate, privacy, model="fcf", aggregator="masked", n_parties=3, clients=None, **rules):
    federation, devices = federate(n_parties, aggregator)
    parts = small_parties(n_parties)
    rules = rules_for(model, privacy=privacy, clients=clients or ClientSampling(), **rules)
    federation.set_up(dict(zip(devices, parts, strict=True)), rules)
    return federation


def items_of(folder, number):
    from fl.runs.storage import read_arrays

    return read_arrays(folder / "server" / round_file(number))["items"]


@pytest.mark.parametrize("model", ["fcf", "pfedrec", "fedrap"])
@pytest.mark.parametrize("aggregator", ["masked", "verified", "secure", "plain"])
def test_that_the_server_steps_by_the_clipped_sum_over_a_public_number(federate, tmp_path, model, aggregator):
    data = small_party()
    start = MODELS[model].load_local().initial_items(data.n_items, hyper_of(model))
    clipped = MODELS[model].load_local()(data, hyper_of(model)).train_round(start, 1, None, Clip(0.5)).item_update
    divisor = -ALPHA * data.n_users if model == "fcf" else data.n_users
    federation = set_up(federate, SILENT, model, aggregator)
    history = federation.fit(epochs=1, audit_log_dir=tmp_path)
    # 3e-4: steps of the fixed point of 32 bits, whose range is 256 a user.
    np.testing.assert_allclose(items_of(tmp_path, 1), start + clipped / divisor, atol=3e-4)
    assert "loss" not in history
    assert history["epsilon"][0] > 1e9  # so little noise protects nobody


@pytest.mark.parametrize("n_parties", [3, 4])
def test_that_the_table_moves_by_noise_of_the_promised_size(federate, tmp_path, n_parties):
    data = small_party()
    start = MODELS["fcf"].load_local().initial_items(data.n_items, hyper_of("fcf"))
    federation = set_up(federate, replace(NOISY, clip_norm=1e-3, helpers=3), n_parties=n_parties)
    federation.fit(epochs=1, audit_log_dir=tmp_path, validation_data=False)
    noise = (items_of(tmp_path, 1) - start) * ALPHA * data.n_users
    expected = 3.0 * 1e-3 * math.sqrt(n_parties / 3)
    assert noise.std() == pytest.approx(expected, rel=5 / math.sqrt(2 * noise.size))


def test_that_two_runs_with_the_same_seed_have_different_noise(federate, tmp_path):
    for name in ("a", "b"):
        set_up(federate, NOISY).fit(epochs=1, audit_log_dir=tmp_path / name)
    assert not np.array_equal(items_of(tmp_path / "a", 1), items_of(tmp_path / "b", 1))


@pytest.mark.parametrize("method", ["user", "local"])
def test_that_epsilon_of_every_round_is_that_of_the_accountant(federate, tmp_path, method):
    privacy = replace(NOISY, method=method)
    history = set_up(federate, privacy).fit(epochs=3, audit_log_dir=tmp_path)
    account = Accountant(privacy)
    assert history["epsilon"] == [account.epsilon(rounds) for rounds in (1, 2, 3)]
    stored = json.loads((tmp_path / "privacy.json").read_text())
    assert (stored["releases"], stored["epsilon"]) == (3, account.epsilon(3))


def test_that_training_ends_before_the_budget_is_exceeded(federate, tmp_path):
    account = Accountant(NOISY)
    privacy = replace(NOISY, target_epsilon=0.5 * (account.epsilon(2) + account.epsilon(3)))
    history = set_up(federate, privacy).fit(epochs=10, audit_log_dir=tmp_path)
    assert len(history["epsilon"]) == 2
    assert history["epsilon"][-1] <= privacy.target_epsilon
    again = set_up(federate, privacy)
    again.load_model(tmp_path, 2)
    with pytest.raises(SettingsError, match="above the target of"):
        again.fit(epochs=10, initial_epoch=2, audit_log_dir=tmp_path)


def test_that_a_round_that_crashed_after_sending_is_counted(federate, tmp_path, monkeypatch):
    federation = set_up(federate, NOISY)
    federation.fit(epochs=1, audit_log_dir=tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(federation.checkpoints, "save", lambda *_: (_ for _ in ()).throw(StorageError("no space")))
        with pytest.raises(StorageError):
            federation.fit(epochs=2, initial_epoch=1, audit_log_dir=tmp_path)
    history = federation.fit(epochs=2, initial_epoch=1, audit_log_dir=tmp_path)
    assert history["epsilon"] == [Accountant(NOISY).epsilon(3)]


def test_that_an_account_of_another_mechanism_is_refused(tmp_path):
    Budget(NOISY, tmp_path).begin_round()
    with pytest.raises(StorageError, match="noise multiplier differ"):
        Budget(replace(NOISY, noise_multiplier=2.0), tmp_path)
    (tmp_path / "privacy.json").write_text("[]")
    with pytest.raises(StorageError, match="damaged"):
        Budget(NOISY, tmp_path)


def test_that_users_are_drawn_in_secret_and_nobody_is_told_how_many(federate, tmp_path, monkeypatch):
    import fl.federation.server

    seen, unpack = [], fl.federation.server.unpack_totals
    monkeypatch.setattr(fl.federation.server, "unpack_totals", lambda raw: seen.append(np.array(raw)) or unpack(raw))
    drawn = replace(SILENT, sampling=0.5)
    tables = []
    for name in ("a", "b", "c"):
        federation = set_up(federate, drawn, clients=ClientSampling(0.5, "poisson"))
        federation.fit(epochs=1, audit_log_dir=tmp_path / name)
        tables.append(items_of(tmp_path / name, 1))
    assert len(seen) == 3
    assert all(not total.any() for total in seen)
    # The same seed, yet other users: the three draws of 9 users can agree once in 2^18 times.
    assert not (np.allclose(tables[0], tables[1], atol=1e-4) and np.allclose(tables[0], tables[2], atol=1e-4))


def test_that_items_counts_are_not_revealed_in_training(federate, monkeypatch):
    from fl.federation.worker import PartyWorker

    monkeypatch.setattr(PartyWorker, "item_counts", lambda self: pytest.fail("asked for exact counts"))
    set_up(federate, NOISY).fit(epochs=1)


def test_that_figures_stay_possible_whatever_the_noise(federate):
    history = set_up(federate, replace(NOISY, noise_multiplier=50.0)).fit(epochs=5)
    for name in ("val_hr@10", "val_ndcg@10"):
        assert all(0.0 <= value <= 1.0 for value in history[name])


def test_that_a_diverged_update_is_refused_before_noise_hides_it(federate, monkeypatch):
    from fl.errors import PartyError
    from models.base import LocalUpdate
    from models.fcf_local import LocalFCF

    federation = set_up(federate, NOISY)
    monkeypatch.setattr(
        LocalFCF, "train_round", lambda self, items, *_: LocalUpdate(np.full_like(items, np.nan), 3, 3, 0.0)
    )
    with pytest.raises(PartyError, match="not finite"):
        federation.fit(epochs=1)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"averaging": "samples", "model": "pfedrec"}, "users weigh the same. Choose uniform"),
        ({"clients_per_round": 0.5}, "Choose poisson, or 1 for all users"),
        ({"target_epsilon": 0, "noise_multiplier": 0}, "needs a privacy budget or a noise multiplier"),
        ({"aggregator": "robust", "parties": 3}, "noise on a sum, and the robust aggregator gives none"),
        ({"clip_norm": 0}, "clip norm: must be greater than 0"),
    ],
)
def test_that_settings_that_cannot_be_accounted_are_explained(values, sentence):
    for dp in ("user", "local"):
        with pytest.raises(SettingsError) as caught:
            build(TrainSettings, {"dp": dp, **values})
        assert sentence in str(caught.value)


def test_that_with_noise_no_party_sits_out_because_few_were_drawn():
    drawn = {"clients_per_round": 0.5, "client_sampling": "poisson", "min_clients_per_party": 7}
    assert build(TrainSettings, drawn).least_clients == 7
    assert build(TrainSettings, {"dp": "user", **drawn}).least_clients == 1


def test_that_the_least_noise_for_the_budget_is_found():
    settings = build(TrainSettings, {"dp": "user", "epochs": 20, "target_epsilon": 4.0})
    privacy = privacy_of(settings, 500, 2)
    assert privacy.target_epsilon == 4.0
    assert 3.9 < Accountant(privacy).epsilon(20) <= 4.0
    assert privacy_of(settings, 500, 2, multiplier=9.0).noise_multiplier == 9.0  # resumed: as it began
    assert privacy_of(build(TrainSettings, {}), 500, 2) is None


def test_that_with_colluding_parties_the_honest_rest_alone_adds_the_whole_noise():
    settings = build(TrainSettings, {"dp": "user", "noise_multiplier": 1.0, "clip_norm": 2.0, "dp_colluding": 2})
    privacy = privacy_of(settings, 500, 5)
    assert (privacy.helpers, privacy.colluding) == (3, 2)
    nothing = LocalUpdate(np.zeros((200, 50), np.float32), 0, 0, 0.0)
    parts = [privacy.noised_update(nothing, 10, SecretNoise()).item_update.astype(np.float64) for _ in range(5)]
    # What is left of the sum of 5 when 2 parties take theirs off: deviation 2, to 5 standard errors.
    assert np.std(sum(parts[2:])) == pytest.approx(2.0, abs=5 * 2.0 / np.sqrt(2 * 10_000))
    with pytest.raises(SettingsError, match="Count with at most 4 colluding parties"):
        privacy_of(settings.model_copy(update={"dp_colluding": 5}), 500, 5)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"delta": 0.01}, "must be below 1 / 500 users = 0.002"),
        ({"noise_multiplier": 0.5, "target_epsilon": 1.0}, "One round alone costs epsilon"),
    ],
)
def test_that_a_budget_that_promises_nothing_is_refused(values, sentence):
    with pytest.raises(SettingsError, match=sentence):
        privacy_of(build(TrainSettings, {"dp": "user", **values}), 500, 2)


@pytest.mark.parametrize("dp", ["user", "local"])
def test_that_a_run_shows_and_stores_its_epsilon(context, dp):
    from fl.jobs.training import resume, train
    from fl.runs.run_folder import RunFolder

    values = {"dp": dp, "epochs": 3, "runtime": "in-process", "name": "run", "target_epsilon": 6.0}
    done = train(TrainCommand(settings=build(TrainSettings, values)), context)
    rounds = [event for event in context.events if event.type == "round_done"]
    assert [event.record.loss for event in rounds] == [None] * 3
    assert sorted(event.record.epsilon for event in rounds) == [event.record.epsilon for event in rounds]
    assert 5.0 < done.result["epsilon"] <= 6.0
    assert done.result["epsilon"] == rounds[-1].record.epsilon
    assert (done.result["dp"], done.result["delta"]) == (dp, 1e-5)
    assert [r.epsilon for r in RunFolder.find("run").rounds()] == [event.record.epsilon for event in rounds]
    # Nothing exact before the end: no item counts for a baseline, and a sentence instead.
    (started,) = [event for event in context.events if event.type == "train_started"]
    assert started.popularity == {}
    assert any("popularity baseline is measured when training is over" in note for note in started.notes)
    assert done.result["popularity_hr@10"] > 0
    if dp == "user":
        assert done.result["epsilon_of_a_party"] > 1.3 * done.result["epsilon"]  # of 2 parties, half of the variance
        assert any(f"epsilon is {done.result['epsilon_of_a_party']:.3g}" in note for note in started.notes)
    # With the noise it began with, more rounds would exceed the budget.
    with pytest.raises(SettingsError, match="above the target of 6"):
        resume(ResumeCommand(run="run", epochs=6), context)
