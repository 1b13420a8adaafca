"""The rules of every round of a run: one value that the server, the parties and a replay are given whole."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

from data.clients import ClientSampling
from fl.aggregation.compression import Compression
from fl.privacy.mechanism import Privacy
from fl.settings.hyper_parameters import hyper_parameters
from fl.settings.train import ServerOptimizerName, TrainSettings
from models.descriptor import HyperParameters, Message
from models.registry import MODELS


@dataclass(frozen=True)
class RoundRules:
    """The rules by which parties train and send, and by which the server uses the sum.

    Attributes:
        model: name in `models.registry`.
        hyper: what the model is told.
        optimizer: name in `fl.federation.server_optimizers`.
        learning_rate: the server's step size; 1 with FedAvg is plain averaging.
        clients: how the users of a round are drawn.
        norm_limit: largest norm of one user's part of a party's update, see `fl.aggregation.validation.norm_problem`;
            with differential privacy messages are clipped instead.
        compression: how updates are sent.
        privacy: how the parties clip and add noise before anything is masked; None for neither.
        n_users: users of all parties; filled in by `NewFLModel.set_up`.
        n_numbers: one more than the highest number of a user; filled in likewise.
        limit: largest absolute value that may be uploaded, by the aggregator in use; filled in likewise.
    """

    model: str
    hyper: HyperParameters[Any]
    optimizer: ServerOptimizerName = "fedavg"
    learning_rate: float = 1.0
    clients: ClientSampling = field(default_factory=ClientSampling)
    norm_limit: float = 0.0
    compression: Compression = field(default_factory=Compression)
    privacy: Privacy | None = None
    n_users: int = 0
    n_numbers: int = 0
    limit: float = math.inf

    @property
    def numbers(self) -> int:
        """The numbers that those who take part in a round are drawn from; those of forgotten users belong to nobody."""
        return max(self.n_numbers, self.n_users)

    @property
    def message(self) -> Message:
        """Kind of the parties' update, see `models.descriptor.Model`."""
        return MODELS[self.model].message

    @property
    def by_samples(self) -> bool:
        """Whether users' changes are weighted with their number of samples instead of with 1."""
        return self.hyper.averaging == "samples"

    def server_rate(self, round_number: int) -> float:
        """Return the server's step size in a round.

        It decays for models that send gradients. Where clients take steps of their own, theirs decay and this stays.
        """
        return self.learning_rate * (self.hyper.decay(round_number) if self.message == "gradient" else 1.0)


def rules_of(settings: TrainSettings, privacy: Privacy | None = None) -> RoundRules:
    """Return the rules that a run's settings ask for."""
    return RoundRules(
        model=settings.model,
        hyper=hyper_parameters(settings),
        optimizer=settings.server_optimizer,
        learning_rate=settings.server_learning_rate,
        clients=clients_of(settings),
        norm_limit=settings.norm_limit,
        compression=Compression(settings.upload_bits, settings.row_fraction, settings.parties, settings.seed),
        privacy=privacy,
    )


def clients_of(settings: TrainSettings) -> ClientSampling:
    """Return how the users of a round are drawn."""
    return ClientSampling(settings.clients_per_round, settings.client_sampling, settings.least_clients)
