"""What is declared of settings: words for each, a place for each, and where each has a meaning."""

import pytest

from data.setting import EVERYDAY, grouped
from fl.settings.compare import CompareSettings
from fl.settings.federation import FederationRules
from fl.settings.of_jobs import (
    AuditSettings,
    CheatSettings,
    EvaluateSettings,
    NewUserSettings,
    RecommendAllSettings,
    RecommendSettings,
    ReportSettings,
)
from fl.settings.train import TrainSettings

KINDS = (
    TrainSettings,
    CompareSettings,
    EvaluateSettings,
    AuditSettings,
    CheatSettings,
    RecommendSettings,
    NewUserSettings,
    RecommendAllSettings,
    ReportSettings,
    FederationRules,
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_that_every_setting_says_what_it_is_and_where_it_stands(kind):
    for name, setting in kind.declared().items():
        assert setting.label, name
        assert setting.help.endswith("."), name
        assert setting.group, name
        assert set(setting.words) <= set(setting.choices), name


def test_that_every_choice_of_a_training_has_words():
    for name, setting in TrainSettings.declared().items():
        assert set(setting.words) == set(setting.choices), name


def test_that_everyday_settings_come_first_and_are_not_folded_away():
    groups = grouped(TrainSettings.declared())
    assert list(groups) == [EVERYDAY, "Federation", "Differential privacy", "Model", "Run"]
    for group, settings in groups.items():
        assert {one.advanced for one in settings} == {group != EVERYDAY}


@pytest.mark.parametrize(
    ("name", "given", "belongs"),
    [
        ("epochs", {}, True),
        ("alpha", {"model": "fcf"}, True),
        ("alpha", {"model": "pfedrec"}, False),
        ("negatives", {"model": "fcf"}, False),
        ("negatives", {"model": "pfedrec"}, True),
        ("negatives", {"model": "fedrap"}, True),
        ("item_lr_scale", {"model": "fedrap"}, False),
        ("sparsity_weight", {"model": "fedrap"}, True),
        ("spu_protocol", {"aggregator": "spu"}, True),
        ("spu_protocol", {"aggregator": "masked"}, False),
        ("trim_fraction", {"aggregator": "robust"}, True),
        ("upload_bits", {"aggregator": "verified"}, True),
        ("upload_bits", {"aggregator": "secure"}, False),
        ("delta", {"dp": "none"}, False),
        ("delta", {"dp": "local"}, True),
        ("clip_norm", {"dp": "user"}, True),
    ],
)
def test_that_a_setting_has_a_meaning_only_where_it_is_used(name, given, belongs):
    values = TrainSettings().flat() | given
    assert TrainSettings.declared()[name].belongs(values) is belongs


def test_that_declarations_carry_what_a_form_needs():
    epochs, name = (TrainSettings.declared()[one] for one in ("epochs", "name"))
    assert (epochs.label, epochs.title, epochs.flag) == ("&Epochs", "Epochs", "--epochs")
    assert (epochs.unit, epochs.step, epochs.bounds) == ("rounds", 10, {"ge": 1, "le": 100_000})
    assert (name.placeholder, name.choices, name.required) == ("automatic", (), False)
    declared = EvaluateSettings.declared()
    assert declared["run"].required
    assert (declared["protocol"].optional, declared["protocol"].choices) == (True, ("leak-free", "published"))
    assert declared["k"].is_list
