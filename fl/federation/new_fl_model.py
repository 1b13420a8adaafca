"""Federated training in which only item-embedding parameters are aggregated.

`NewFLModel` is SecretFlow's `FLModel` with another `fit`. One epoch is one communication round: every party trains its
users on the global item embeddings, the sum over parties of their item messages (what changed, or a gradient) is
computed by the aggregator, the server takes a step by the average over users, the new embeddings go back. Scoring
functions stay in the workers; they are not even offered for aggregation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from secretflow import PYU, reveal
from secretflow.device import PYUObject
from secretflow_fl.ml.nn import FLModel
from secretflow_fl.ml.nn.fl.strategy_dispatcher import register_strategy

from data.errors import SettingsError
from data.genres import Genres
from data.partition import PartyData
from data.sentences import say
from fl.aggregation.base import CountingAggregator
from fl.aggregation.compression import FULL_BITS
from fl.errors import AggregationError, PartyError
from fl.federation.checkpoints import Checkpoints
from fl.federation.parties import Parties
from fl.federation.questions import Questions
from fl.federation.rules import RoundRules
from fl.federation.server import ServerActor
from fl.federation.worker import PartyWorker
from fl.privacy.budget import Budget
from fl.privacy.mechanism import Privacy
from fl.runs.rounds import RoundRecord
from models.descriptor import View
from models.evaluation import VALIDATION, Evaluated, EvaluationRequest
from models.metrics import means
from models.registry import MODELS

log = logging.getLogger(__name__)

STRATEGY = "secretrec_items_only"
# Here and not in `fl.federation.worker`, so that the parties' processes need not load SecretFlow's FLModel.
register_strategy(PartyWorker, strategy_name=STRATEGY, backend="tensorflow")


class Callback(Protocol):
    """A listener that is told of each round and may end training."""

    def on_epoch_begin(self, round_number: int) -> None:
        """Hear that a round begins. It may raise CancelledError: nothing of the round has happened."""

    def on_epoch_end(self, record: RoundRecord) -> bool:
        """Hear that a round is finished and its checkpoint is on disk. Return True to stop training here."""


class NewFLModel(FLModel):
    """A federation that trains; it serves any number of runs one after the other.

    Attributes:
        parties: workers, server and aggregator.
        checkpoints: the model on disk.
        questions: what can be asked about the model.
    """

    def __init__(
        self,
        server: PYU,
        device_list: Sequence[PYU],
        aggregator: CountingAggregator,
        threads: int = 1,
        random_seed: int | None = None,
        strategy: str = STRATEGY,
        server_actor: Callable[..., Any] = ServerActor,
        **options: object,
    ) -> None:
        """Start one worker per party and the server's.

        Args:
            server: where the aggregate and the item embeddings live.
            device_list: the parties.
            aggregator: see `fl.aggregation`.
            threads: of each party.
            random_seed: SecretFlow's; everything random here is seeded by `HyperParameters.seed`.
            strategy: of the workers, as it was registered with SecretFlow.
            server_actor: makes the server's actor on a device.
            options: what else the workers are made with.
        """
        super().__init__(
            server=server,
            device_list=list(device_list),
            model=None,
            aggregator=aggregator,
            strategy=strategy,
            backend="tensorflow",
            random_seed=random_seed,
            threads=threads,
            **options,
        )
        self.parties = Parties(self._workers, server_actor(device=server), aggregator)
        self.checkpoints = Checkpoints(self.parties)
        self.questions = Questions(self.parties)
        self._rules: RoundRules | None = None
        self.report: dict[str, Any] = {}  # what the server said of the last round
        self._items: PYUObject | None = None  # of the last round, which the parties have; None before there is one

    # --- set-up ---------------------------------------------------------------------------------------------------

    def set_up(
        self,
        x: Mapping[PYU, PartyData],
        rules: RoundRules,
        evaluation: Mapping[PYU, PartyData] | None = None,
        counts: NDArray[np.int64] | None = None,
    ) -> None:
        """Give each party its data and an untrained model, and the server fresh item embeddings.

        A model that sends gradients also makes the parties send their item counts, once: the server divides by the sum.

        Args:
            x: each party's data.
            rules: what every round is like.
            evaluation: the same users split by another protocol, to evaluate under that one; None takes `x`.
            counts: item counts that were summed before, [n_items], and are not summed again; None where there are none.

        Raises:
            SettingsError: `x` does not name exactly the parties of this federation.
        """
        parties = self.parties
        if set(x) != set(parties.workers):
            raise SettingsError(
                say(
                    "federation.given-parties",
                    "Data was given for {x}, but the parties are {workers}.",
                    x=sorted(map(str, x)),
                    workers=sorted(map(str, parties.workers)),
                )
            )
        parties.users = {device: data.n_users for device, data in x.items()}
        last = max((int(data.users.max(initial=-1)) for data in x.values()), default=-1)
        known = self._known(
            replace(rules, n_numbers=last + 1), sum(parties.users.values()), sum(len(data.items) for data in x.values())
        )
        parties.reveal_each(lambda device, worker: worker.set_up(x[device], (evaluation or x)[device], known))
        if counts is not None:
            self.questions.know_counts(self.server(np.asarray)(np.asarray(counts, np.float64)))
        anybody = next(iter(x.values()))
        self._set_up_server(anybody.n_items, anybody.labels)

    def _known(self, rules: RoundRules, n_users: int, n_train: int) -> RoundRules:
        """Begin with new data of so many users and train interactions in all; return the rules with all filled in."""
        parties, self.parties.n_users, self._items = self.parties, n_users, None
        self.questions.forget()
        parties.aggregator.prepare(int(rules.hyper.own.samples(n_train)) if rules.by_samples else n_users)
        parties.aggregator.bound(0.0 if rules.privacy is not None else rules.norm_limit, rules.by_samples)
        parties.aggregator.compress(rules.compression.bits)
        self._rules = known = replace(rules, n_users=n_users, limit=parties.aggregator.limit())
        return known

    def _set_up_server(self, n_items: int, labels: Genres) -> None:
        """Give the server fresh item embeddings and, for a model that sends gradients, the summed item counts."""
        known, parties = self._need_rules(), self.parties
        with parties.named_failures():
            start = MODELS[known.model].load_local().initial_items(n_items, known.hyper, labels)
            reveal(parties.server.set_up(start, known))
            if known.message == "gradient" and known.privacy is None:
                reveal(parties.server.take_counts(self.questions.item_counts()))

    def _need_rules(self) -> RoundRules:
        if self._rules is None:
            raise SettingsError(say("federation.call-up-fit", "Call set_up() before fit()."))
        return self._rules

    def prepare(self, model: str) -> None:
        """Make the parties load what that model computes with, so that a training begins at once."""
        self.parties.reveal_each(lambda _, worker: worker.prepare(model))

    def wait_until_ready(self) -> None:
        """Return when every party's process has started.

        Raises:
            PartyError: a process could not start.
        """
        self.parties.reveal_each(lambda _, worker: worker.ready())

    @property
    def privacy(self) -> Privacy | None:
        """The mechanism of differential privacy that was set up, or None."""
        return None if self._rules is None else self._rules.privacy

    def use_aggregator(self, aggregator: CountingAggregator) -> None:
        """Replace the aggregator, and end the old one's processes."""
        self.parties.use(aggregator)
        self._rules = None  # parties check uploads against the aggregator's range: set up again

    # --- training -------------------------------------------------------------------------------------------------

    def fit(  # FLModel's signature
        self,
        x: Mapping[PYU, PartyData] | None = None,
        y: None = None,
        batch_size: int | None = None,
        epochs: int = 1,
        callbacks: Sequence[Callback] = (),
        validation_data: bool = True,
        random_seed: int | None = None,
        audit_log_dir: str | Path | None = None,
        initial_epoch: int = 0,
        round_timeout: float = 0.0,
        retries: int = 0,
        on_refused: Callable[[AggregationError, int], object] | None = None,
    ) -> dict[str, list[float]]:
        """Train for rounds initial_epoch + 1 .. epochs.

        Args:
            x: each party's data; None goes on with the data and state of `set_up` or `load_model`.
            y: not used: labels are which items a user interacted with.
            batch_size: samples per local gradient step and user; None keeps the one of `set_up`.
            epochs: number of the last communication round.
            callbacks: told of every round.
            validation_data: evaluate on the parties' validation items after each round.
            random_seed: seed of sampling; None keeps the one of `set_up`.
            audit_log_dir: run folder to write a checkpoint to after every round; None writes none.
            initial_epoch: rounds done before, when resuming from a checkpoint.
            round_timeout: seconds that a party may train in a round before the others go on without it; 0 waits.
            retries: how often a round is tried again whose sum was refused; the parties are as before it then.
            on_refused: told of each refused sum that is tried again, and of its round.

        Returns:
            One value per round: "loss", and "val_<metric>" for each validation figure. With differential privacy no
            "loss", but "epsilon"; rounds end before they would exceed the target.

        Raises:
            SessionError: too few parties are left for the aggregator; the last checkpoint is whole.
            PartyError: a party failed or refuses to send its update; nothing of the round was applied.
            AggregationError: the aggregate cannot be right; nothing of the round was applied.
            SettingsError: no model was set up before.
        """
        if y is not None:
            raise SettingsError(
                say("federation.fit-takes-no-labels", "fit() takes no labels: interactions are their own.")
            )
        rules, budget = self._need_rules(), None
        hyper = rules.hyper
        asked = replace(
            hyper,
            batch_size=hyper.batch_size if batch_size is None else batch_size,
            seed=hyper.seed if random_seed is None else random_seed,
        )
        if x is not None:
            self.set_up(x, replace(rules, hyper=asked))
            rules = self._need_rules()
        elif asked != hyper:
            raise SettingsError(
                say(
                    "federation.batch-size-random-seed",
                    "batch_size and random_seed can change only together with the data: pass x.",
                )
            )

        folder = None if audit_log_dir is None else Path(audit_log_dir)
        if rules.privacy is not None:
            budget = Budget(replace(rules.privacy, figures=validation_data), folder, initial_epoch)
        history: dict[str, list[float]] = {}
        for round_number in range(initial_epoch + 1, epochs + 1):
            for callback in callbacks:
                callback.on_epoch_begin(round_number)
            tries_left = retries
            while True:
                if budget is not None:
                    budget.begin_round()  # each try is sent, so each one counts
                try:
                    record = self._round(rules, round_number, validation_data, folder, round_timeout)
                    break
                except (PartyError, AggregationError) as error:
                    self._items = None
                    with self.parties.named_failures():
                        reveal(self.parties.each(lambda _, worker: worker.rollback()))
                    # What a party refuses to send, it would refuse again: only a refused sum is worth another try.
                    if isinstance(error, PartyError) or tries_left <= 0:
                        raise
                    log.warning("round %d is tried again: %s", round_number, error)
                    if on_refused is not None:
                        on_refused(error, round_number)
                    tries_left -= 1
            if budget is not None:
                noise = rules.privacy.noise_of_figures(rules.n_users) if rules.privacy and validation_data else 0.0
                record = record.model_copy(update={"loss": None, "epsilon": budget.epsilon, "noise": noise})
            _add_to(history, record)
            # Every callback hears of the round before anyone's wish to stop counts.
            wishes = [callback.on_epoch_end(record) for callback in callbacks]
            if any(wishes) or (budget is not None and not budget.allows_another()):
                break
        return history

    def _round(
        self, rules: RoundRules, number: int, validate: bool, folder: Path | None, timeout: float
    ) -> RoundRecord:
        """Train one round. When it is refused, the server is as before, and the parties wait to be rolled back."""
        started = time.perf_counter()
        parties, server = self.parties, self.parties.server
        valid: dict[str, float] = {}
        with parties.summing():
            # Down: the item embeddings, and where updates are sent with few bits, the ranges of their rows.
            items = server.items() if self._items is None else self._items
            ranges = [server.ranges(number)] if rules.compression.bits < FULL_BITS else []

            # At the parties: each trains its users and checks its update. Nobody masks before everybody has passed.
            updates = parties.checked_updates(
                lambda device, worker: worker.train_step(
                    items.to(device), number, 1, *(array.to(device) for array in ranges)
                ),
                timeout,
                [items, *ranges],
            )

            # Up: the updates, masked and summed. At the server: their average, and a step by it.
            def step(total: PYUObject, size: PYUObject) -> tuple[PYUObject, dict[str, Any]]:
                new_items, report = server.apply(total, size, number)
                return new_items, reveal(report)

            new_items, report = parties.with_survivors(updates, step, timeout)
            if report["problem"]:
                raise AggregationError(
                    say(
                        "federation.round-aggregate-wrong",
                        "Round {round}: the aggregate is wrong: {report}.",
                        round=number,
                        report=report["problem"],
                    ),
                    say(
                        "federation.round-discarded-resume-run",
                        "The round was discarded; resume the run to try it again.",
                    ),
                )

            self._items = new_items

            self.report = report

            # Down: the new item embeddings. Up: sums of validation figures.
            if validate:
                figures = parties.asked(lambda device, worker: worker.validate(new_items.to(device)))
                (sums,) = parties.with_survivors(figures, lambda total, _: reveal(total), timeout)
                valid = valid_figures(sums[0], rules.privacy is not None)

            # On disk: everybody's own part.
            if folder is not None:
                self.checkpoints.save(folder, number)
        return RoundRecord(
            round=number,
            loss=report["loss_sum"] / max(1, report["n_samples"]),
            valid=valid,
            seconds=round(time.perf_counter() - started, 6),
            bytes_up=report["bytes_up"],
            bytes_down=report["bytes_down"],
            dropped={str(device): why for device, why in parties.lost.items()},
        )

    # --- the trained model: FLModel's names for what `questions` and `checkpoints` do ------------------------------

    def evaluate(self, request: EvaluationRequest | None = None, view: View = "global") -> Evaluated:
        """Return figures of the model over all users with a held-out item; see `Questions.evaluate`."""
        return self.questions.evaluate(request or EvaluationRequest(), view)

    def save_model(self, model_path: str | Path, round_number: int = 0) -> None:
        """Write every party's and the server's part of the model below `model_path`; see `Checkpoints.save`."""
        self.checkpoints.save(Path(model_path), round_number)

    def load_model(self, model_path: str | Path, round_number: int = 0, absent: Collection[str] = ()) -> None:
        """Read what `save_model` wrote, after `set_up` with the same data; see `Checkpoints.load`."""
        self.checkpoints.load(Path(model_path), round_number, absent)
        self._items = None

    def close(self) -> None:
        """End all processes."""
        self.parties.close()


def _add_to(history: dict[str, list[float]], record: RoundRecord) -> None:
    values = {"loss": record.loss, "epsilon": record.epsilon}
    values |= {f"val_{name}": value for name, value in record.valid.items()}
    for name, value in values.items():
        if value is not None:
            history.setdefault(name, []).append(value)


def valid_figures(sums: NDArray[np.float64], noised: bool) -> dict[str, float]:
    """Return the validation figures of a round from their sums."""
    if noised:
        # Noise may leave the range of what is possible. Putting it back reveals nothing more.
        sums = np.maximum(sums, [1.0, *np.zeros(len(sums) - 1)])
        sums[1:] = np.minimum(sums[1:], sums[0])
    return means(sums, VALIDATION.columns)
