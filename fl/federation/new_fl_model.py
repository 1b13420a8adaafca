"""Federated training in which only item-embedding parameters are aggregated.

`NewFLModel` is SecretFlow's `FLModel` with another `fit`. One epoch is one communication round: every party trains its
users on the global item embeddings, the sum over parties of their item messages (what changed, or a gradient) is
computed by the aggregator, the server takes a step by the average over users, the new embeddings go back. Scoring
functions stay in the workers; they are not even offered for aggregation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import ray.exceptions
import secretflow.distributed as sfd
from numpy.typing import NDArray
from secretflow import PYU, reveal
from secretflow.device import PYUObject

from data.errors import SettingsError
from data.partition import PartyData
from data.sentences import say
from fl.aggregation.compression import FULL_BITS
from fl.errors import AggregationError, PartyError, SessionError
from fl.federation.dropouts import DIED, answers
from fl.federation.federated_figures import FederatedFigures
from fl.privacy.budget import Budget
from fl.runs.rounds import RoundRecord
from models.evaluation import names
from models.metrics import means

log = logging.getLogger(__name__)

_T = TypeVar("_T")
VALIDATION_KS = (10,)
_VALIDATION_BATCH = 4096


class Callback(Protocol):
    """Told of each round; may end training."""

    def on_epoch_begin(self, round_number: int) -> None:
        """A round begins. May raise CancelledError: nothing of the round has happened."""

    def on_epoch_end(self, record: RoundRecord) -> bool:
        """A round is finished and its checkpoint is on disk. True stops training here."""


class NewFLModel(FederatedFigures):
    """A federation that trains; serves any number of runs one after the other."""

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
        if self._hyper is None:
            raise SettingsError(say("federation.call-up-fit", "Call set_up() before fit()."))
        hyper = replace(
            self._hyper,
            batch_size=self._hyper.batch_size if batch_size is None else batch_size,
            seed=self._hyper.seed if random_seed is None else random_seed,
        )
        if x is not None:
            self.set_up(x, self._model, hyper, server=self._settings)
        elif hyper != self._hyper:
            raise SettingsError(
                say(
                    "federation.batch-size-random-seed",
                    "batch_size and random_seed can change only together with the data: pass x.",
                )
            )

        history: dict[str, list[float]] = {}
        budget = self._budget(validation_data, audit_log_dir, initial_epoch)
        self._round_timeout = round_timeout
        for round_number in range(initial_epoch + 1, epochs + 1):
            for callback in callbacks:
                callback.on_epoch_begin(round_number)
            record = self._round_or_retry(round_number, validation_data, audit_log_dir, budget, retries, on_refused)
            if budget is not None:
                record = record.model_copy(update={"loss": None, "epsilon": budget.epsilon})
            for name, of_round in (("loss", record.loss), ("epsilon", record.epsilon)):
                if of_round is not None:
                    history.setdefault(name, []).append(of_round)
            for name, value in record.valid.items():
                history.setdefault(f"val_{name}", []).append(value)
            # Every callback hears of the round before anyone's wish to stop counts.
            wishes = [callback.on_epoch_end(record) for callback in callbacks]
            if any(wishes) or (budget is not None and not budget.allows_another()):
                break
        return history

    def _budget(self, validate: bool, folder: str | Path | None, done: int) -> Budget | None:
        privacy = self._settings.privacy
        if privacy is None:
            return None
        return Budget(replace(privacy, figures=validate), None if folder is None else Path(folder), done)

    def _round_or_retry(
        self,
        round_number: int,
        validate: bool,
        folder: str | Path | None,
        budget: Budget | None,
        retries: int,
        on_refused: Callable[[AggregationError, int], object] | None,
    ) -> RoundRecord:
        """A round; one that is refused leaves parties and server as they were before it."""
        while True:
            if budget is not None:
                budget.begin_round()  # each try is sent, so each one counts
            try:
                return self._round(round_number, validate, folder)
            except (PartyError, AggregationError) as error:
                with self._named_failures():
                    reveal([worker.rollback() for worker in self._workers.values()])
                # What a party refuses to send, it would refuse again: only a refused sum is worth another try.
                if isinstance(error, PartyError) or retries <= 0:
                    raise
                log.warning("round %d is tried again: %s", round_number, error)
                if on_refused is not None:
                    on_refused(error, round_number)
                retries -= 1

    def _round(self, round_number: int, validate: bool, folder: str | Path | None) -> RoundRecord:
        started = time.perf_counter()
        with self._fresh_masks_after_failure(), self._named_failures():
            updates = self._train(round_number)

            def step() -> tuple[PYUObject, Any]:
                total, size = self._aggregator.sum_and_bytes([updates[device] for device in self._workers])
                new_items, report = self._item_server.apply(total, size, round_number)
                return new_items, reveal(report)

            new_items, report = self._with_survivors(step)
            if report["problem"]:
                raise AggregationError(
                    say(
                        "federation.round-aggregate-wrong",
                        "Round {round}: the aggregate is wrong: {report}.",
                        round=round_number,
                        report=report["problem"],
                    ),
                    say(
                        "federation.round-discarded-resume-run",
                        "The round was discarded; resume the run to try it again.",
                    ),
                )

            def figures() -> Any:
                parts = [
                    worker.validation_sums(new_items.to(device), list(VALIDATION_KS), _VALIDATION_BATCH)
                    for device, worker in self._workers.items()
                ]
                return reveal(self._aggregator.sum(parts, axis=0))

            sums = self._with_survivors(figures) if validate else np.zeros(1)
            if folder is not None:
                self.save_model(folder, round_number)
        return RoundRecord(
            round=round_number,
            loss=report["loss_sum"] / max(1, report["n_samples"]),
            valid=self._valid(sums) if validate else {},
            seconds=round(time.perf_counter() - started, 6),
            bytes_up=report["bytes_up"],
            bytes_down=report["bytes_down"],
            dropped=self.dropped,
        )

    def _train(self, round_number: int) -> dict[PYU, PYUObject]:
        """Every party's update, at the party, checked by it; parties that do not answer are lost."""
        items = self._item_server.items()
        ranges = None
        if self._settings.compression.bits < FULL_BITS:
            ranges = self._item_server.ranges(round_number)
        updates, statuses, lost = {}, {}, {}
        for device, worker in self._workers.items():
            try:
                more = () if ranges is None else (ranges.to(device),)
                updates[device], statuses[device] = worker.train_step(items.to(device), round_number, 1, *more)
            except ray.exceptions.RayActorError:
                lost[device] = DIED
        # Nobody masks, let alone sends, before everybody's update has passed its own party's checks.
        found, silent = answers(statuses, self._round_timeout)
        self._lose({**lost, **silent})
        for device, status in found.items():
            if status:
                raise PartyError(str(device), status)
        return updates

    def _with_survivors(self, step: Callable[[], _T]) -> _T:
        """A sum over the parties; when one dies in the middle of it, the sum over those that are left.

        With differential privacy there is no second try: two sums over different parties of the same noised messages
        differ by one party's message, which alone has only a part of the noise.
        """
        while True:
            try:
                return step()
            except ray.exceptions.RayError:
                lost = self._find_lost()
                if not lost or self._settings.privacy is not None:
                    raise
                self._aggregator.rebuild()
                self._lose(lost)

    def _find_lost(self) -> dict[PYU, str]:
        alive, lost = {}, {}
        for device, worker in self._workers.items():
            try:
                alive[device] = worker.ready()
            except ray.exceptions.RayActorError:
                lost[device] = DIED
        return {**lost, **answers(alive)[1]}

    def _lose(self, lost: Mapping[PYU, str]) -> None:
        """Go on without these parties for the rest of the run.

        Raises:
            SessionError: the aggregator needs more parties than are left.
        """
        if not lost:
            return
        for device, why in lost.items():
            log.warning("%s dropped out: %s", device, why)
            worker = self._workers.pop(device)
            if why != DIED:
                sfd.kill(worker.data)  # or what it still does would hold up its answers to the next calls
            self._aggregator.lose(device)
        self._lost.update(lost)
        fewest, left = self._aggregator.fewest(len(self._parties)), len(self._workers)
        if left < fewest:
            who = "; ".join(f"{device} dropped out: {why}" for device, why in self._lost.items())
            raise SessionError(
                say(
                    "federation.parties-left-aggregator",
                    "{who}. {left} of {n_parties} parties are left, but this aggregator needs {fewest}.",
                    who=who,
                    left=left,
                    n_parties=len(self._parties),
                    fewest=fewest,
                ),
                say(
                    "federation.last-finished-round-kept",
                    "The last finished round is kept: resume the run to go on from it.",
                ),
            )
        reveal(self._item_server.expect(sum(self._users_of[device] for device in self._workers)))

    def _valid(self, sums: NDArray[np.float64]) -> dict[str, float]:
        if self._settings.privacy is not None:
            # Noise may leave the range of what is possible. Putting it back reveals nothing more.
            sums = np.maximum(sums, [1.0, *np.zeros(len(sums) - 1)])
            sums[1:] = np.minimum(sums[1:], sums[0])
        return means(sums, names(VALIDATION_KS, full=False))
