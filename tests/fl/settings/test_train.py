"""Settings: limits, and sentences a person can act on."""

import pytest

from data.errors import SettingsError
from fl.settings.base import build
from fl.settings.of_jobs import EvaluateSettings, RecommendSettings
from fl.settings.train import TrainSettings


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"epochs": 0}, "epochs: must be greater than or equal to 1 (got 0)."),
        ({"epochs": "ten"}, "epochs: must be a valid integer, unable to parse string as an integer (got 'ten')."),
        ({"batch_size": 0}, "batch size: must be greater than or equal to 1 (got 0)."),
        (
            {"batch_size": "big"},
            "batch size: must be a valid integer, unable to parse string as an integer (got 'big').",
        ),
        ({"batch_size": 2.5}, "batch size: must be a valid integer, got a number with a fractional part (got 2.5)."),
        ({"parties": 65}, "parties: must be less than or equal to 64 (got 65)."),
        ({"model": "pfedrec", "learning_rate": 0}, "learning rate: must be greater than 0 (got 0)."),
        ({"name": "../up"}, "name: use letters, digits, space, dot, dash and underscore"),
        ({"name": "ends with dot."}, "name: use letters"),
        ({"colour": "red"}, "colour: Extra inputs are not permitted (got 'red')."),
        ({"parties": 1}, "secure aggregation needs at least 2 parties"),
    ],
)
def test_that_a_bad_value_is_explained(values, sentence):
    with pytest.raises(SettingsError) as caught:
        build(TrainSettings, values)
    assert sentence in str(caught.value)


def test_that_every_bad_field_is_named_at_once():
    with pytest.raises(SettingsError, match=r"epochs: .*batch size: "):
        build(TrainSettings, {"epochs": -1, "batch_size": -1})


def test_that_text_from_the_command_line_becomes_numbers():
    settings = build(TrainSettings, {"model": "pfedrec", "epochs": "7", "learning_rate": "0.5"})
    assert (settings.epochs, settings.own.learning_rate) == (7, 0.5)


def test_that_settings_cannot_change_after_they_were_checked():
    with pytest.raises(ValueError, match="frozen"):
        TrainSettings().epochs = 3


@pytest.mark.parametrize(
    ("values", "view"),
    [
        ({}, "global"),
        ({"protocol": "published"}, "fine-tuned"),
        ({"protocol": "published", "item_view": "global"}, "global"),
        ({"item_view": "fine-tuned"}, "fine-tuned"),
    ],
)
def test_that_users_score_as_in_the_paper_only_under_the_published_protocol(values, view):
    assert TrainSettings(model="pfedrec", **values).resolved_item_view == view


def test_that_ks_are_sorted_and_checked():
    assert EvaluateSettings(run="x", k=(20, 5, 5)).k == (5, 20)
    with pytest.raises(SettingsError, match="every K must be between 1 and 1000"):
        build(EvaluateSettings, {"run": "x", "k": (0,)})
    with pytest.raises(SettingsError, match="run: String should have at least 1 character"):
        build(RecommendSettings, {"run": "", "user": "1"})
