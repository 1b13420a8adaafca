"""What models declare of themselves: words, settings, and where they compute."""

import subprocess
import sys

import pytest
from pydantic import ValidationError

from data.setting import declared
from fl.settings.train import TrainSettings
from models.base import LocalModel
from models.fcf import FCFSettings
from models.fedrap import FedRAPSettings
from models.pfedrec import PFedRecSettings
from models.registry import MODELS
from tests.models.small_data import hyper_of, small_party


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_that_a_model_says_what_it_is_and_what_it_can_be_told(model):
    assert MODELS[model.name] is model
    assert model.title
    assert model.sentence.endswith(".")
    assert model.usual_view("leak-free") == model.views[0]
    assert model.usual_view("published") in model.views
    assert set(declared(model.settings)) == set(model.settings.model_fields), "each is declared with its words"
    for name, setting in declared(model.settings).items():
        in_form = TrainSettings.declared()[name]
        assert (in_form.label, in_form.help, in_form.default) == (setting.label, setting.help, setting.default)
        assert (in_form.group, in_form.advanced) == ("Model", True)
        assert in_form.belongs({"model": model.name})
        assert not in_form.belongs({"model": "another"})


@pytest.mark.parametrize("model", MODELS.values(), ids=lambda model: model.name)
def test_that_what_computes_is_found_by_its_name(model):
    local = model.load_local()
    assert issubclass(local, LocalModel)
    assert local(small_party(), hyper_of(model.name)).n_users == small_party().n_users
    assert callable(model.load_newcomer())
    assert (model.reason_kind == "share") == bool(model.contributions)
    if model.contributions:
        assert callable(model.load_contributions())


def test_that_declarations_import_nothing_heavy():
    heavy = "{'numpy', 'tensorflow', 'numba', 'scipy', 'pandas', 'secretflow', 'PyQt5'}"
    script = f"import sys, fl.settings.train, models.registry; print(sorted(set(sys.modules) & {heavy}))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert found.strip() == "[]"


@pytest.mark.parametrize(
    ("own", "samples", "passes", "weight"),
    [
        (FCFSettings(alpha=0.2), 100, 1, 0.2),
        (PFedRecSettings(negatives=4, local_epochs=3), 500, 3, 0.0),
        (FedRAPSettings(negatives=2, local_epochs=10), 300, 10, 0.0),
    ],
)
def test_that_settings_answer_what_the_program_asks_of_them(own, samples, passes, weight):
    assert (own.samples(100), own.passes, own.unobserved_weight) == (samples, passes, weight)
    assert own.settled(100, 10, 20).model_fields_set == own.model_fields_set


def test_that_own_settings_are_checked_and_cannot_change():
    with pytest.raises(ValidationError, match="Extra inputs"):
        FCFSettings(negatives=3)
    with pytest.raises(ValidationError, match="turns the signs"):
        FedRAPSettings(item_learning_rate=20.0, weight_decay=0.05)
    with pytest.raises(ValidationError, match="frozen"):
        FCFSettings().alpha = 1.0


def test_that_own_settings_stand_among_the_others_in_files_and_those_of_other_models_are_ignored():
    given = {"model": "fedrap", "item_learning_rate": 5, "alpha": 0.7, "item_lr_scale": -1}
    settings = TrainSettings(**given)
    assert settings.own.item_learning_rate == 5
    written = settings.model_dump()
    assert written == settings.flat()
    assert "own" not in written
    assert written["item_learning_rate"] == 5
    assert "alpha" not in written
    assert TrainSettings(**written) == settings
    assert TrainSettings.model_validate_json(settings.model_dump_json()) == settings
