"""Federated training in which only item-embedding parameters are aggregated.

`NewFLModel` is SecretFlow's `FLModel` with another `fit`. One epoch is one communication round: every party trains its
users on the global item embeddings, the sum over parties of their item messages (what changed, or a gradient) is
computed by the aggregator, the server takes a step by the average over users, the new embeddings go back. Scoring
functions stay in the workers; they are not even offered for aggregation.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
import ray.exceptions
import secretflow.distributed as sfd
from numpy.typing import NDArray
from secretflow import PYU, reveal
from secretflow.device import PYUObject
from secretflow_fl.ml.nn import FLModel
from secretflow_fl.ml.nn.fl.strategy_dispatcher import register_strategy

from data.errors import SecretRecError, SettingsError
from data.partition import PartyData
from fl.aggregation.base import CountingAggregator
from fl.compression import FULL_BITS
from fl.dropouts import DIED, answers, sentence
from fl.errors import AggregationError, PartyError, SessionError
from fl.privacy.budget import Budget
from fl.privacy.mechanism import Privacy
from fl.server import ServerActor, ServerSettings
from fl.storage import round_file
from fl.worker import PartyWorker
from models.base import HyperParameters, View
from models.evaluation import Part, names
from models.groups import UserGroup, groups_of
from models.metrics import means
from models.reach import Reach, reach
from models.registry import MODELS
from models.report import ReportFigures, ReportRequest, figures_of

log = logging.getLogger(__name__)

_T = TypeVar("_T")
STRATEGY = "secretrec_items_only"
# Here and not in `fl.worker`, so that the parties' processes need not load SecretFlow's FLModel.
register_strategy(PartyWorker, strategy_name=STRATEGY, backend="tensorflow")
VALIDATION_KS = (10,)
_VALIDATION_BATCH = 4096


@dataclass(frozen=True)
class RoundReport:
    """What a round gave. Nothing in it is about one party.

    Attributes:
        round_number: from 1.
        loss: mean loss over the round's samples; None with differential privacy, which does not reveal it.
        valid: validation figures by name, fractions in 0..1; empty when validation is off.
        seconds: wall time of the round, checkpoint included.
        bytes_up: bytes of a party's update message as the server received it (the largest party).
        bytes_down: bytes of the item embeddings sent to each party.
        epsilon: of all rounds so far, with differential privacy; else None.
        dropped: why each party that the run has lost so far is missing, by its name.
    """

    round_number: int
    loss: float | None
    valid: dict[str, float]
    seconds: float
    bytes_up: int
    bytes_down: int
    epsilon: float | None = None
    dropped: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The full evaluation of one scorer, over all parties.

    Attributes:
        figures: figures with their intervals, and by group of users.
        reach: what users are shown, by cut-off K.
    """

    figures: ReportFigures
    reach: dict[int, Reach]


class Callback(Protocol):
    """Told of each round; may end training."""

    def on_epoch_begin(self, round_number: int) -> None:
        """A round begins. May raise CancelledError: nothing of the round has happened."""

    def on_epoch_end(self, report: RoundReport) -> bool:
        """A round is finished and its checkpoint is on disk. True stops training here."""


class NewFLModel(FLModel):
    """Parties, server and aggregator of a federation; serves any number of runs one after the other."""

    def __init__(
        self,
        server: PYU,
        device_list: Sequence[PYU],
        aggregator: CountingAggregator,
        threads: int = 1,
        random_seed: int | None = None,
    ) -> None:
        """Start one worker per party and the server's.

        Args:
            server: where the aggregate and the item embeddings live.
            device_list: the parties.
            aggregator: see `fl.aggregation`.
            threads: TensorFlow threads of each party.
            random_seed: SecretFlow's; everything random here is seeded by `HyperParameters.seed`.
        """
        self._aggregator: CountingAggregator
        super().__init__(
            server=server,
            device_list=list(device_list),
            model=None,
            aggregator=aggregator,
            strategy=STRATEGY,
            backend="tensorflow",
            random_seed=random_seed,
            threads=threads,
        )
        self._item_server = ServerActor(device=server)
        aggregator.bind(self._workers, self._item_server)
        self._hyper: HyperParameters | None = None
        self._settings = ServerSettings()
        self._parties = list(device_list)
        self._users_of: dict[PYU, int] = {}
        self._lost: dict[PYU, str] = {}
        self._round_timeout = 0.0
        self._model = ""
        self._n_items = 0
        self._n_users = 0
        self._counts: PYUObject | None = None

    # --- set-up ---------------------------------------------------------------------------------------------------

    def set_up(
        self,
        x: Mapping[PYU, PartyData],
        model: str,
        hyper: HyperParameters,
        evaluation: Mapping[PYU, PartyData] | None = None,
        server: ServerSettings | None = None,
    ) -> None:
        """Give each party its data and an untrained model, and the server fresh item embeddings.

        A model that sends gradients also makes the parties send their item counts, once: the server divides by the sum.

        Args:
            x: each party's data.
            model: name in `models.registry`.
            hyper: settings of the model.
            evaluation: the same users split by another protocol, to evaluate under that one; None takes `x`.
            server: the server's optimiser and the sampling of users; None averages over all users.

        Raises:
            SettingsError: `x` does not name exactly the parties of this federation.
        """
        if set(x) != set(self._workers):
            raise SettingsError(
                f"Data was given for {sorted(map(str, x))}, but the parties are {sorted(map(str, self._workers))}."
            )
        self._hyper, self._model, self._counts = hyper, model, None
        self._settings = settings = server or ServerSettings()
        privacy = settings.privacy
        kind = MODELS[model]
        self._n_items = next(iter(x.values())).n_items
        self._users_of = {device: data.n_users for device, data in x.items()}
        self._n_users = sum(self._users_of.values())
        n_samples = sum(len(data.items) for data in x.values()) * (1 + hyper.negatives)
        self._aggregator.prepare(n_samples if hyper.averaging == "samples" else self._n_users)
        limit = self._aggregator.limit()
        self._aggregator.bound(0.0 if privacy is not None else settings.norm_limit, hyper.averaging == "samples")
        self._aggregator.compress(settings.compression.bits)
        with self._named_failures():
            self._reveal_by_party(
                {
                    device: worker.set_up(
                        x[device],
                        model,
                        hyper,
                        limit,
                        (evaluation or x)[device],
                        settings.clients,
                        self._n_users,
                        privacy,
                        settings.norm_limit,
                        settings.compression,
                    )
                    for device, worker in self._workers.items()
                }
            )
            start = kind.initial_items(self._n_items, hyper.dim, hyper.seed)
            reveal(self._item_server.set_up(start, self._n_users, kind.message, settings))
            if kind.message == "gradient" and privacy is None:
                self._counts = self._summed_counts()
                reveal(self._item_server.take_counts(self._counts))

    def prepare(self, model: str) -> None:
        """Make the parties load what that model computes with, so that a training begins at once."""
        with self._named_failures():
            self._reveal_by_party({device: worker.prepare(model) for device, worker in self._workers.items()})

    def wait_until_ready(self) -> None:
        """Return when every party's process has started.

        Raises:
            PartyError: a process could not start.
        """
        with self._named_failures():
            self._reveal_by_party({device: worker.ready() for device, worker in self._workers.items()})

    @property
    def claim(self) -> str:
        """What the server learns under the aggregator in use, in a sentence."""
        return self._aggregator.claim

    @property
    def privacy(self) -> Privacy | None:
        """The mechanism of differential privacy that was set up, or None."""
        return self._settings.privacy

    @property
    def aggregator(self) -> CountingAggregator:
        """The one in use."""
        return self._aggregator

    def use_aggregator(self, aggregator: CountingAggregator) -> None:
        """Replace the aggregator, and end the old one's processes."""
        self._aggregator.close()
        aggregator.bind(self._workers, self._item_server)
        self._aggregator = aggregator
        self._hyper = None  # parties check uploads against the aggregator's range: set up again

    def close(self) -> None:
        """End the parties' and the server's processes."""
        self._aggregator.close()
        for actor in [*self._workers.values(), self._item_server]:
            sfd.kill(actor.data)

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
            raise SettingsError("fit() takes no labels: interactions are their own.")
        if self._hyper is None:
            raise SettingsError("Call set_up() before fit().")
        hyper = replace(
            self._hyper,
            batch_size=self._hyper.batch_size if batch_size is None else batch_size,
            seed=self._hyper.seed if random_seed is None else random_seed,
        )
        if x is not None:
            self.set_up(x, self._model, hyper, server=self._settings)
        elif hyper != self._hyper:
            raise SettingsError("batch_size and random_seed can change only together with the data: pass x.")

        history: dict[str, list[float]] = {}
        budget = self._budget(validation_data, audit_log_dir, initial_epoch)
        self._round_timeout = round_timeout
        for round_number in range(initial_epoch + 1, epochs + 1):
            for callback in callbacks:
                callback.on_epoch_begin(round_number)
            report = self._round_or_retry(round_number, validation_data, audit_log_dir, budget, retries, on_refused)
            if budget is not None:
                report = replace(report, loss=None, epsilon=budget.epsilon)
            for name, of_round in (("loss", report.loss), ("epsilon", report.epsilon)):
                if of_round is not None:
                    history.setdefault(name, []).append(of_round)
            for name, value in report.valid.items():
                history.setdefault(f"val_{name}", []).append(value)
            # Every callback hears of the round before anyone's wish to stop counts.
            wishes = [callback.on_epoch_end(report) for callback in callbacks]
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
    ) -> RoundReport:
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

    def _round(self, round_number: int, validate: bool, folder: str | Path | None) -> RoundReport:
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
                    f"Round {round_number}: the aggregate is wrong: {report['problem']}.",
                    "The round was discarded; resume the run to try it again.",
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
        return RoundReport(
            round_number=round_number,
            loss=report["loss_sum"] / max(1, report["n_samples"]),
            valid=self._valid(sums) if validate else {},
            seconds=time.perf_counter() - started,
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

    @property
    def dropped(self) -> dict[str, str]:
        """Why each party that was lost since `set_up` is missing, by its name."""
        return {str(device): why for device, why in self._lost.items()}

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
                f"{who}. {left} of {len(self._parties)} parties are left, but this aggregator needs {fewest}.",
                "The last finished round is kept: resume the run to go on from it.",
            )
        reveal(self._item_server.expect(sum(self._users_of[device] for device in self._workers)))

    def _valid(self, sums: NDArray[np.float64]) -> dict[str, float]:
        if self._settings.privacy is not None:
            # Noise may leave the range of what is possible. Putting it back reveals nothing more.
            sums = np.maximum(sums, [1.0, *np.zeros(len(sums) - 1)])
            sums[1:] = np.minimum(sums[1:], sums[0])
        return means(sums, names(VALIDATION_KS, full=False))

    # --- figures --------------------------------------------------------------------------------------------------

    def evaluate(
        self,
        part: Part = "test",
        ks: Sequence[int] = (10,),
        full: bool = True,
        batch_size: int = 512,
        view: View = "global",
    ) -> dict[str, float]:
        """Mean metrics over all users with a held-out item; only their sums over all parties are revealed.

        Args:
            part: "valid" or "test".
            ks: cut-offs.
            full: also "full_hr@K" and "full_ndcg@K", ranked among all items but the user's train items.
            batch_size: users scored at a time.
            view: the item embeddings users score with.

        Returns:
            "n_users" and the figures by name, fractions in 0..1.
        """
        return self._figures(
            lambda device, worker, items: worker.metric_sums(items, part, list(ks), full, batch_size, view), ks, full
        )

    def evaluate_popularity(
        self, part: Part = "test", ks: Sequence[int] = (10,), full: bool = True, batch_size: int = 512
    ) -> dict[str, float]:
        """As `evaluate`, for the baseline that ranks items by their number of train interactions.

        The counts are summed by the aggregator, so a party's own counts stay hidden; the sums are known to all parties.
        """
        with self._named_failures():
            counts = self._summed_counts()
        return self._figures(
            lambda device, worker, _: worker.popularity_sums(counts.to(device), part, list(ks), full, batch_size),
            ks,
            full,
        )

    def _summed_counts(self) -> PYUObject:
        """[n_items] float64 at the server: train interactions of each item, over all parties."""
        with self._fresh_masks_after_failure():
            return self._aggregator.sum([worker.item_counts() for worker in self._workers.values()], axis=0)

    def _figures(
        self, sums_of: Callable[[PYU, Any, PYUObject], PYUObject], ks: Sequence[int], full: bool
    ) -> dict[str, float]:
        with self._fresh_masks_after_failure(), self._named_failures():
            items = self._item_server.items()
            parts = [sums_of(device, worker, items.to(device)) for device, worker in self._workers.items()]
            sums: NDArray[np.float64] = reveal(self._aggregator.sum(parts, axis=0))
        return {"n_users": float(round(sums[0])), **means(sums, names(ks, full))}

    def groups(self, labels: Mapping[str, Sequence[str]]) -> tuple[UserGroup, ...]:
        """Groups of users to report on, from counts over all parties: by activity, and by each public label.

        Args:
            labels: known labels by kind, e.g. {"gender": ["F", "M"]}; groups of few users are left out.
        """
        known = {kind: list(names) for kind, names in labels.items()}
        with self._fresh_masks_after_failure(), self._named_failures():
            parts = [worker.profile(known) for worker in self._workers.values()]
            return groups_of(reveal(self._aggregator.sum(parts, axis=0)), known)

    def report(self, request: ReportRequest, view: View = "global") -> Report:
        """Everything there is to say about the model, from sums over all parties.

        Args:
            request: what is asked; see `models.report`.
            view: the item embeddings users score with.
        """

        def parts(_: PYUObject) -> list[PYUObject]:
            items = self._item_server.items()
            return [worker.report(items.to(device), request, view) for device, worker in self._workers.items()]

        return self._report(request, parts)

    def report_popularity(self, request: ReportRequest) -> Report:
        """As `report`, for the baseline that ranks items by their number of train interactions."""

        def parts(counts: PYUObject) -> list[PYUObject]:
            return [w.popularity_report(counts.to(device), request) for device, w in self._workers.items()]

        return self._report(request, parts)

    def _report(self, request: ReportRequest, parts: Callable[[PYUObject], list[PYUObject]]) -> Report:
        with self._fresh_masks_after_failure(), self._named_failures():
            counts = self._aggregator.sum([worker.item_counts() for worker in self._workers.values()], axis=0)
            total = self._aggregator.sum(parts(counts), axis=0)
            (sums, exposure), counts = reveal([total, counts])
        return Report(
            figures_of(sums, request),
            {k: reach(row, counts, self._n_users) for k, row in zip(request.ks, exposure, strict=True)},
        )

    def recommend(
        self, device: PYU, user: int, top_k: int, include_rated: bool, batch_size: int = 4096
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Top-K of a party's own user, computed in the party and shown to that user, for whom the caller stands.

        Args:
            device: the user's party.
            user: dense user id.
            top_k: how many items.
            include_rated: also items the user has interacted with.
            batch_size: items scored at a time.

        Returns:
            (item ids, scores in 0..1), best first.
        """
        with self._named_failures():
            items = self._item_server.items().to(device)
            best, score = reveal(list(self._workers[device].recommend(items, user, top_k, include_rated, batch_size)))
        return best, score

    def recommend_all(
        self, top_k: int, include_rated: bool, batch_size: int = 512
    ) -> Iterator[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]]:
        """Top-K of every user, party by party, each computed in its party.

        Args:
            top_k: how many items for each user.
            include_rated: also items the user has interacted with.
            batch_size: users scored at a time.

        Yields:
            (dense user ids [n], item ids [n, k], scores [n, k] in 0..1) of one party, as `PartyWorker.recommend_all`.
        """
        with self._named_failures():
            items = self._item_server.items()
            lists = [
                worker.recommend_all(items.to(device), top_k, include_rated, batch_size)
                for device, worker in self._workers.items()
            ]
            for values in lists:
                users, item, score = reveal(list(values))
                yield users, item, score

    def about_user(
        self, device: PYU, user: int, shown: NDArray[np.int64], most: int, genres: NDArray[np.float32]
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.float64], NDArray[np.float64]]:
        """Why a party's own user is shown items, and what the user's items say of the user's taste.

        Computed in the party, and shown to that user, for whom the caller stands. The item counts are summed by the
        aggregator as in `evaluate_popularity`.

        Args:
            device: the user's party.
            user: dense user id.
            shown: [k] the items to explain.
            most: reasons for an item at most.
            genres: [n_items, g], see `models.taste.genre_shares`.

        Returns:
            (reasons [k, most] and their weights as `models.explain.strongest`, [g + 1] as `models.taste.taste_of`,
            [n_items] train interactions of each item over all parties).
        """
        with self._named_failures():
            if self._counts is None:
                self._counts = self._summed_counts()
            items, counts = self._item_server.items().to(device), self._counts.to(device)
            own = self._workers[device].about_user(items, counts, user, shown, most, genres)
            reasons, weights, taste = reveal(list(own))
            return reasons, weights, taste, reveal(self._counts)

    def item_table(self) -> NDArray[np.float32]:
        """[n_items, dim] the item embeddings as they are now, which every party and the server know."""
        with self._named_failures():
            items: NDArray[np.float32] = reveal(self._item_server.items())
        return np.array(items, np.float32)

    # --- checkpoints ----------------------------------------------------------------------------------------------

    def save_model(self, model_path: str | Path, round_number: int = 0) -> None:
        """Write `server/` and `parties/<name>/` under `model_path`, each by the process that owns it.

        Raises:
            StorageError: no space, no permission.
        """
        folder, file = Path(model_path), round_file(round_number)
        with self._named_failures():
            reveal(
                [self._item_server.save(str(folder / "server" / file))]
                + [w.save_model(str(party_folder(folder, d) / file)) for d, w in self._workers.items()]
            )

    def load_model(self, model_path: str | Path, round_number: int = 0, absent: Collection[str] = ()) -> None:
        """Read what `save_model` wrote, after `set_up` with the same data.

        Args:
            model_path: folder of the run.
            round_number: of the checkpoint.
            absent: parties that had dropped out by then; they go on from their own last checkpoint before it.

        Raises:
            StorageError: a file is missing, damaged or of other users.
        """
        folder, file = Path(model_path), round_file(round_number)
        with self._named_failures():
            reveal(
                [self._item_server.load(str(folder / "server" / file))]
                + [
                    w.load_model(str(party_folder(folder, d) / file), str(d) in absent)
                    for d, w in self._workers.items()
                ]
            )

    def prune(self, model_path: str | Path, keep_rounds: Sequence[int]) -> None:
        """Delete all checkpoints but those of `keep_rounds`."""
        folder, keep = Path(model_path), [round_file(number) for number in keep_rounds]
        with self._named_failures():
            reveal(
                [self._item_server.prune(str(folder / "server"), keep)]
                + [w.prune(str(party_folder(folder, d)), keep) for d, w in self._workers.items()]
            )

    # --- failures -------------------------------------------------------------------------------------------------

    def _reveal_by_party(self, values: Mapping[PYU, PYUObject]) -> dict[PYU, Any]:
        """Reveal one value per party; a failure names the party it happened in."""
        found, lost = answers(values)
        for device, why in lost.items():
            raise SessionError(f"{device} dropped out: {why}.", "Try again: it is started anew.")
        return found

    @contextmanager
    def _named_failures(self) -> Iterator[None]:
        """Turn Ray's wrappers around a failure in another process into our own errors."""
        try:
            yield
        except ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, SecretRecError):
                raise error.cause from error
            raise
        except ray.exceptions.RayActorError as error:
            raise SessionError(f"A party's process died: {sentence(error)}", "Resume the run to go on.") from error

    @contextmanager
    def _fresh_masks_after_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            # Also on Ctrl+C: a mask drawn by some parties only would spoil every later sum without a word.
            self._aggregator.rebuild()
            raise


def party_folder(folder: Path, device: PYU) -> Path:
    """Where a party keeps its own part of a run."""
    return folder / "parties" / str(device)
