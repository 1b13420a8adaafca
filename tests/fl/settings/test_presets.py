"""Presets fill in what was not given, and only that; the settings' own defaults are those of the default model."""

import pytest

from data.errors import SettingsError
from fl.settings.base import build
from fl.settings.compare import CompareSettings
from fl.settings.presets import (
    ANY,
    DEFAULT_DATASET,
    DEFAULT_MODEL,
    PRESETS,
    PRIVATE,
    PUBLISHED,
    preset,
    with_presets,
)
from fl.settings.train import TrainSettings
from models.registry import MODELS


def test_that_every_model_has_a_preset():
    assert set(MODELS) <= {model for model, dataset in PRESETS if dataset == ANY}


@pytest.mark.parametrize("table", [PRESETS, PUBLISHED, PRIVATE])
def test_that_a_preset_chooses_only_what_its_model_has(table):
    for (model, _), row in table.items():
        assert set(row) <= set(TrainSettings(model=model).flat())


@pytest.mark.parametrize(("model", "dataset"), [pair for pair in PRESETS if pair[1] != ANY] + [("pfedrec", "my-file")])
def test_that_what_is_not_given_comes_from_the_preset(model, dataset):
    settings = TrainSettings(model=model, dataset=dataset)
    for name, value in preset(model, dataset).items():
        assert settings.flat()[name] == value


def test_that_the_published_protocol_takes_the_settings_of_the_papers():
    assert TrainSettings(model="pfedrec", dataset="ml-100k", protocol="published").dim == 32  # Zhang et al. 2023
    published = TrainSettings(model="fedrap", dataset="ml-1m", protocol="published")
    assert published.own.item_learning_rate == 1000  # the authors' log
    assert TrainSettings(model="fedrap", dataset="ml-1m").own.item_learning_rate != 1000
    # A model without a published table has one preset.
    assert preset("fcf", "ml-1m", protocol="published") == preset("fcf", "ml-1m")


def test_that_what_is_given_wins():
    assert with_presets({"model": "pfedrec", "epochs": 3})["epochs"] == 3
    settings = TrainSettings(model="pfedrec", epochs=3, server_optimizer="fedyogi")
    assert (settings.epochs, settings.server_optimizer, settings.own.learning_rate) == (3, "fedyogi", 0.1)


def test_that_another_optimiser_brings_its_own_rate_and_rounds():
    usual = TrainSettings(model="fcf", dataset="ml-100k")
    assert (usual.server_optimizer, usual.server_learning_rate, usual.epochs) == ("secant", 1.0, 10)
    adam = TrainSettings(model="fcf", dataset="ml-100k", server_optimizer="fedadam")
    assert (adam.server_learning_rate, adam.epochs) == (0.1, 50)
    assert TrainSettings(model="fcf", server_optimizer="fedadam", epochs=3).epochs == 3
    assert TrainSettings(model="fcf", dp="user").server_optimizer == "fedavg"
    assert TrainSettings(model="pfedrec", server_optimizer="fedyogi").epochs == 100


def test_that_a_small_privacy_budget_brings_fewer_rounds_and_smaller_steps():
    def rounds_and_rate(**values):
        found = TrainSettings(model="fcf", dataset="ml-1m", dp="user", **values)
        return found.epochs, found.server_learning_rate

    assert rounds_and_rate() == rounds_and_rate(target_epsilon=8) == rounds_and_rate(target_epsilon=4.1) == (10, 20.0)
    assert rounds_and_rate(target_epsilon=1) == rounds_and_rate(target_epsilon="0.5") == (5, 5.0)
    assert rounds_and_rate(target_epsilon=1.5) == (5, 6.0)
    assert rounds_and_rate(target_epsilon=0, noise_multiplier=1) == (10, 20.0)  # no limit
    assert rounds_and_rate(target_epsilon=1, epochs=7) == (7, 5.0)
    with pytest.raises(SettingsError, match="target epsilon"):
        build(TrainSettings, {"model": "fcf", "dataset": "ml-1m", "dp": "user", "target_epsilon": "much"})


@pytest.mark.parametrize(
    ("values", "model"),
    [
        ({}, "seqfcf"),
        ({"dataset": "ml-100k"}, "seqfcf"),
        ({"dataset": "amazon-video"}, "seqfcf"),
        ({"dataset": "ml-1m"}, "fcf"),
        ({"dataset": "shop"}, "fcf"),
        ({"dp": "user"}, "fcf"),
        ({"dp": "local"}, "fcf"),
        ({"protocol": "published"}, "fcf"),
        ({"dataset": "ml-100k", "model": "pfedrec"}, "pfedrec"),
    ],
)
def test_that_without_a_model_it_is_the_one_that_is_best_on_the_data_set(values, model):
    found = TrainSettings(**values)
    assert found.model == model
    assert found == TrainSettings(**{**values, "model": model})  # with its preset


@pytest.mark.parametrize("kind", [TrainSettings, CompareSettings])
@pytest.mark.parametrize("dataset", [[], {}, None, 7])
def test_that_a_data_set_that_is_no_name_is_refused_with_a_sentence(kind, dataset):
    with pytest.raises(SettingsError, match="dataset: must be a valid string"):
        build(kind, {"dataset": dataset})


def test_that_a_comparison_without_models_takes_the_same_and_with_none_takes_none():
    assert CompareSettings().models == ("seqfcf",)
    assert CompareSettings(dataset="ml-1m").models == CompareSettings(protocol="published").models == ("fcf",)
    assert CompareSettings(models=()).models == ()


def test_that_the_defaults_shown_are_those_of_the_default_model():
    shown = {name: one.default for name, one in TrainSettings.declared().items()}
    usual = TrainSettings().model_dump()
    assert usual == {name: shown[name] for name in usual}
    assert (shown["model"], shown["dataset"]) == (DEFAULT_MODEL, DEFAULT_DATASET)


def test_that_frozen_settings_read_back_the_same():
    settings = TrainSettings(model="pfedrec", dataset="ml-1m", dim=8)
    assert TrainSettings(**settings.model_dump()) == settings


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"model": "fcf", "item_view": "fine-tuned"},
            "FCF has no fine-tuned items to score with. Choose auto",
        ),
        ({"model": "fcf", "averaging": "samples"}, "averaging by samples does not apply to FCF"),
        ({"clients_per_round": 2.5}, "above 1 it is a number of users, which must be whole (got 2.5)"),
        ({"clients_per_round": 0}, "clients per round: must be greater than 0"),
        ({"lr_decay": 1.5}, "lr decay: must be less than or equal to 1"),
        ({"server_optimizer": "adam"}, "server optimizer: must be 'fedavg'"),
        ({"early_stopping": -1}, "early stopping: must be greater than or equal to 0"),
        ({"model": "fedrap", "weight_decay": 0.1}, "item learning rate times weight decay must be below 1"),
        ({"model": "fedrap", "item_view": "fine-tuned"}, "FedRAP has no fine-tuned items to score with"),
        ({"alpha": -1}, "alpha: must be greater than or equal to 0"),
        ({"model": "pfedrec", "server_optimizer": "secant"}, "and PFedRec sends none. Choose fedavg or fedadam"),
        ({"server_optimizer": "secant", "dp": "user"}, "the noise hides the curvature that it reads off the sum"),
        ({"server_optimizer": "secant", "row_fraction": 0.5}, "a part of the items' rows does not tell the curvature"),
        (
            {"server_optimizer": "secant", "reg": 1e-6},
            "with a regularisation below 1e-05, rounding hides the curvature",
        ),
    ],
)
def test_that_values_that_contradict_each_other_are_explained(values, sentence):
    with pytest.raises(SettingsError) as caught:
        build(TrainSettings, values)
    assert sentence in str(caught.value)


def test_that_a_weight_left_to_the_data_is_filled_in_once():
    from fl.settings.hyper_parameters import settled
    from tests.models.small_data import small_split

    split = small_split()
    left_open = TrainSettings(dataset="my-file", alpha=0)
    filled = settled(left_open, split)
    density = len(split.items) / (split.n_users * split.n_items)
    assert filled.own.alpha == pytest.approx(1.2 * density**0.5, rel=0.05)
    assert settled(filled, split) is filled
    assert TrainSettings(dataset="my-file").own.alpha == 0
    assert settled(TrainSettings(dataset="my-file", alpha=0.5), split).own.alpha == 0.5
