"""The settings of a training that contradict each other, and the refusal of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import SettingsError
from data.sentences import join, refusal, say
from fl.settings.addresses import address
from fl.settings.aggregators import AGGREGATORS, WITH_SMALLER_UPDATES, problem_of
from fl.settings.words import VIEWS
from models.registry import MODELS

if TYPE_CHECKING:
    from fl.settings.train import TrainSettings

# For the optimiser `secant`, which divides by it what is rounded. ML-100K without recency, validation HR@10 of rounds 2
# to 5: with 1e-5 65.0, 67.2, 68.0, 68.8 (70.4 in the end), with 1e-6 64.7, 61.1, 55.2, 50.9.
LEAST_REG = 1e-5


def check_together(settings: TrainSettings) -> None:
    """Refuse values that each may be chosen, but not together.

    Raises:
        PydanticCustomError: with the sentence and the settings to which it applies.
    """
    _aggregator_can_work(settings)
    if settings.runtime == "cluster":
        _cluster_has_an_address(settings.address)
    _upload_can_be_smaller(settings)
    _model_has_what_is_asked(settings)
    _curvature_is_known(settings)
    if settings.dp != "none":
        _privacy_can_be_accounted(settings)


def _aggregator_can_work(settings: TrainSettings) -> None:
    problem = problem_of(settings.aggregator_choice, settings.parties, settings.runtime)
    if problem:
        raise refusal(*problem)


def _cluster_has_an_address(text: str) -> None:
    try:
        address(text)
    except SettingsError as error:
        said = say(
            "settings.no-cluster-address",
            "the address of the cluster is HOST:PORT, as ray start --head said it, for example 10.0.0.5:6379",
        )
        raise refusal(said, "address", "runtime") from error


def _upload_can_be_smaller(settings: TrainSettings) -> None:
    if settings.upload_bits == 32 and settings.row_fraction == 1:
        return
    if not AGGREGATORS[settings.aggregator].smaller_updates:
        able = WITH_SMALLER_UPDATES
        said = say(
            "settings.no-smaller-uploads",
            "upload bits, row fraction: only the aggregators {others} and {last} can sum smaller updates. Choose "
            "one of them, or 32 bits and all rows",
            others=", ".join(able[:-1]),
            last=able[-1],
        )
        raise refusal(said, "upload_bits" if settings.upload_bits < 32 else "row_fraction", "aggregator")
    if settings.upload_bits < 32 and settings.dp != "none":
        said = say(
            "settings.few-bits-with-noise",
            "upload bits: with differential privacy each party's noise would be rounded before it is summed, and "
            "epsilon would not hold. Choose 32 bits; the row fraction may stay",
        )
        raise refusal(said, "upload_bits", "dp")


def _model_has_what_is_asked(settings: TrainSettings) -> None:
    model = MODELS[settings.model]
    if settings.item_view not in ("auto", *model.views):
        said = say(
            "settings.no-such-items",
            "{model} has no {view} items to score with. Choose auto or {views}",
            model=model.title,
            view=VIEWS[settings.item_view],
            views=join((VIEWS[view] for view in model.views), " or "),
        )
        raise refusal(said, "item_view", "model")
    if model.message == "gradient" and settings.averaging == "samples":
        said = say(
            "settings.gradient-by-samples",
            "averaging by samples does not apply to {model}, whose gradients are divided by the weights of the "
            "items. Choose uniform",
            model=model.title,
        )
        raise refusal(said, "averaging", "model")
    if settings.clients_per_round > 1 and not settings.clients_per_round.is_integer():
        said = say(
            "settings.clients-not-whole",
            "clients per round: above 1 it is a number of users, which must be whole (got {number})",
            number=settings.clients_per_round,
        )
        raise refusal(said, "clients_per_round")


def _curvature_is_known(settings: TrainSettings) -> None:
    if settings.server_optimizer != "secant":
        return
    if not settings.own.reg_of_items:
        said = say(
            "settings.no-curvature",
            "server optimiser secant: it reads the curvature off the gradients of users who are solved exactly, and "
            "{model} sends none. Choose fedavg or fedadam",
            model=MODELS[settings.model].title,
        )
        raise refusal(said, "server_optimizer", "model")
    if settings.own.reg_of_items < LEAST_REG:
        said = say(
            "settings.no-curvature-in-rounding",
            "server optimiser secant: with a regularisation below {least}, rounding hides the curvature that it reads "
            "off the sum. Choose a larger one, or fedadam",
            least=LEAST_REG,
        )
        raise refusal(said, "server_optimizer", "reg")
    if settings.dp != "none":
        said = say(
            "settings.no-curvature-in-noise",
            "server optimiser secant: with differential privacy the noise hides the curvature that it reads off the "
            "sum. Choose fedavg",
        )
        raise refusal(said, "server_optimizer", "dp")
    if settings.row_fraction < 1:
        said = say(
            "settings.no-curvature-in-a-part",
            "server optimiser secant: a part of the items' rows does not tell the curvature, and its few rounds send "
            "less than a part of many. Choose row fraction 1, or fedadam",
        )
        raise refusal(said, "server_optimizer", "row_fraction")


def _privacy_can_be_accounted(settings: TrainSettings) -> None:
    if settings.row_length > settings.dim:
        said = say(
            "settings.private-tables",
            "differential privacy: noise in the {n} numbers that {model} sends of each item would leave nothing of the "
            "order of items. Choose {other}, or weight of the order 0",
            n=settings.row_length,
            model=MODELS[settings.model].title,
            other=MODELS["fcf"].title,
        )
        raise refusal(said, "dp", "model")
    if settings.averaging == "samples":
        said = say(
            "settings.private-by-samples",
            "differential privacy bounds what each user adds, so users weigh the same. Choose uniform",
        )
        raise refusal(said, "averaging", "dp")
    if not AGGREGATORS[settings.aggregator].sums:
        said = say(
            "settings.private-without-sum",
            "differential privacy accounts for noise on a sum, and the {aggregator} aggregator gives none. Choose "
            "masked",
            aggregator=settings.aggregator,
        )
        raise refusal(said, "aggregator", "dp")
    if settings.clients_per_round != 1 and settings.client_sampling != "poisson":
        said = say(
            "settings.private-fixed-number",
            "with differential privacy each party draws its users in secret, each independently of the others. "
            "Choose poisson, or 1 for all users in every round",
        )
        raise refusal(said, "client_sampling", "clients_per_round", "dp")
    if settings.noise_multiplier == 0 and settings.target_epsilon == 0:
        said = say(
            "settings.private-without-noise",
            "differential privacy needs a privacy budget or a noise multiplier above 0",
        )
        raise refusal(said, "noise_multiplier", "target_epsilon")
