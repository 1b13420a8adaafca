"""The party's side of a round: SecretFlow's strategy object, which holds all of its users and never gives them away.

`fl.federation.new_fl_model` registers it with SecretFlow's dispatcher, which turns it into an actor on the party's PYU.
Every method's return value stays at the party (a PYUObject) until the driver's `fl.federation.parties` and what is
built on it move or reveal it; `fl.aggregation.updates` lists what they may move.

No `from __future__ import annotations` here: SecretFlow counts the values a method returns by its evaluated
`Tuple[...]` annotation.
"""

from pathlib import Path
from typing import Dict, List, Tuple  # noqa: UP035  # SecretFlow looks for typing.Tuple

import numpy as np

from data.errors import StorageError, fault_in
from data.partition import PartyData
from data.popularity import popularity_scores
from data.sentences import Said, say
from fl.aggregation.compression import FULL_BITS, NO_RANGES, Levels, Part, quantise, ranges_problem
from fl.aggregation.party_side import MaskingParty
from fl.aggregation.updates import MAX_COUNT, N_TOTALS, pack_update
from fl.aggregation.validation import norm_problem, upload_problem
from fl.federation.rules import RoundRules
from fl.privacy.noise import SecretNoise
from fl.runs import kept
from fl.runs.extent import PARTIES
from fl.runs.private_files import PrivateFiles, file_of_round, users_of
from models.base import Array, LocalModel
from models.descriptor import View
from models.evaluation import VALIDATION, EvaluationRequest, evaluate_model, evaluate_shared
from models.groups import profile
from models.registry import MODELS
from models.threads import limit as limit_threads


class PartyWorker(MaskingParty):
    """All users of one party: their interactions, their private parameters, their local training.

    It has the methods that SecretFlow's FLModel asks of a strategy, but not its base class: that one has methods which
    hand out data and weights, and imports TensorFlow, which no party needs.
    """

    def __init__(
        self,
        builder_base: None = None,
        random_seed: int | None = None,
        skip_bn: bool = False,
        threads: int = 1,
        **kwargs: object,
    ) -> None:
        limit_threads(threads)
        self._data: PartyData | None = None
        self._local: LocalModel | None = None
        self._files = PrivateFiles(self._need_local)
        self._rules: RoundRules
        self._noise = SecretNoise()
        self._before: Dict[str, Array] = {}  # noqa: UP006
        self._rounds_since_file = 0
        self._file: Path | None = None

    def set_up(self, data: PartyData, evaluation: PartyData, rules: RoundRules) -> int:
        """Take the party's data and make an untrained model.

        Args:
            data: the party's users.
            evaluation: the same users with the held-out items and candidates to evaluate on; usually `data` itself.
            rules: what every round of the run is like.

        Returns:
            Number of users, which is no secret of a user; the driver dealt them out or is told to wait by it.
        """
        self._data, self._evaluation, self._rules = data, evaluation, rules
        self._kept_back = self._kept_back_before = self._nothing_kept()
        MODELS[rules.model].load_local().load()
        self._local = self._untrained()
        self._before, self._rounds_since_file, self._file = {}, 0, None
        self._files = self._own_files()
        return data.n_users

    def ready(self) -> int:
        """Return 1 as soon as the party's process has started."""
        return 1

    def prepare(self, model: str) -> int:
        """Load what that model computes with, for a training nobody has asked for yet. Return 1 when that is done."""
        MODELS[model].load_local().load()
        return 1

    def item_counts(self) -> Array:
        """Return the train interactions of each item in this party, [n_items] float64, to leave it only when masked."""
        counts: Array = popularity_scores(self._need_data()).astype(np.float64)
        return self._made(counts, "counts")

    def train_step(
        self, weights: Array, cur_steps: int, train_steps: int = 1, ranges: Array = NO_RANGES, **kwargs: object
    ) -> Tuple[List[Part], str]:  # noqa: UP006
        """Train one round locally.

        Args:
            weights: [n_items, dim] float32 global item embeddings.
            cur_steps: round number, from 1.
            train_steps: kept from SecretFlow's interface; a round is one step.
            ranges: of the rows of the round, see `fl.aggregation.compression`; empty where they are sent in 32 bits.

        Returns:
            (the `update` message, a status: "" or the sentence that says why it must not be sent). Only after an empty
            status may the update be masked and sent.
        """
        items = np.array(weights, np.float32)  # a copy: in one process, SecretFlow hands over the server's own array
        rows = self._drawn(cur_steps)
        self._remember(self._need_local())
        self._files.trained(self._need_local(), cur_steps, items, rows)
        given = np.asarray(ranges, np.float32)
        message, problem = self._message(items, cur_steps, rows, given, self._need_data().n_users)
        return self._made(message, "update", np.asarray(weights), cur_steps, given, self._rules), problem

    def _drawn(self, round_number: int) -> Array | None:
        """Return the rows of the users that take part in a round; None for everybody."""
        data, privacy = self._need_data(), self._rules.privacy
        if privacy is not None and privacy.sampling < 1.0:
            # Not by the run's public seed: what sampling adds to privacy rests on nobody knowing who was drawn.
            # No fewest number of users either: whether others take part must not depend on one user's draw, or what
            # sampling is accounted for would not hold.
            return self._noise.chosen(data.n_users, privacy.sampling)
        numbers = self._rules.numbers
        if not self._rules.clients.everyone(numbers):
            return self._rules.clients.rows(data.users, numbers, self._rules.hyper.seed, round_number)
        return None

    def _message(
        self, items: Array, round_number: int, rows: Array | None, ranges: Array, n_users: int
    ) -> Tuple[List[Part], str]:  # noqa: UP006
        """Train users on the items, and make the message of it; see `train_step`.

        Args:
            items: [n_items, dim], the model may change it.
            round_number: from 1.
            rows: who takes part; None for everybody.
            ranges: see `train_step`.
            n_users: who could have taken part, and has noise added where every user adds some.
        """
        data, privacy = self._need_data(), self._rules.privacy
        update = self._need_local().train_round(items, round_number, rows, None if privacy is None else privacy.clip)
        if privacy is not None:
            if not np.all(np.isfinite(update.item_update)):
                return [], say(
                    "update.not-finite",
                    "the update has values that are not finite: training diverged; lower the learning rate.",
                )
            update = privacy.noised_update(update, n_users, self._noise)
        else:
            weight = update.n_samples if self._rules.by_samples else update.n_users
            problem = norm_problem(update.item_update, weight, self._rules.norm_limit)
            if problem:
                return [], problem
        if not 0 <= update.n_samples < MAX_COUNT:
            return [], say(
                "update.too-many-samples",
                "trained on {samples} samples, more than the message can count.",
                samples=update.n_samples,
            )
        message = pack_update(update)
        shapes = [(data.n_items, self._rules.hyper.row_length), (N_TOTALS,)]
        problem = upload_problem(message, shapes, np.dtype(np.float32), self._rules.limit)
        if problem:
            return [], problem
        return self._compressed(message, update.n_users, round_number, ranges)

    def _compressed(
        self,
        message: List[Array],  # noqa: UP006
        n_users: int,
        round_number: int,
        ranges: Array,
    ) -> Tuple[List[Part], str]:  # noqa: UP006
        """Return the `update` message as it is sent, see `fl.aggregation.compression`, and its status."""

        table, totals = message
        rows = self._rules.compression.rows(len(table), round_number, ranges)
        if not self._rules.compression.quantises(ranges):
            return [table if rows is None else table[rows], totals], ""
        where = np.arange(len(table)) if rows is None else rows
        problem = ranges_problem(ranges, len(where))
        if problem:
            return [], problem
        wanted = table[where] + self._kept_back[where]
        levels, left = quantise(wanted, ranges, self._rules.compression.levels, self._need_data().party)
        if n_users == 0:
            # Nobody was drawn here. What was kept back waits: alone, it would be of too few users, too.
            return [Levels(np.zeros_like(levels), self._rules.compression.bits), totals], ""
        self._kept_back = self._kept_back.copy()
        self._kept_back[where] = left
        return [Levels(levels, self._rules.compression.bits), totals], ""

    def _nothing_kept(self) -> Array:
        """Return a table of zeros, [n_items, row_length], or an empty one where nothing is ever rounded off."""
        whole = (self._need_data().n_items, self._rules.hyper.row_length)
        return np.zeros(whole if self._rules.compression.bits < FULL_BITS else (0, 0), np.float32)

    def _remember(self, local: LocalModel) -> None:
        """Remember what `rollback` puts back. A large state is not copied: its last checkpoint is read again."""
        self._rounds_since_file += 1
        self._kept_back_before = self._kept_back
        if local.checkpoint_every == 1:
            self._before = {name: np.array(array) for name, array in local.private_state().items()}

    def rollback(self) -> int:
        """Put the users' private state back to before the last `train_step`: its round was refused. Return 1.

        Raises:
            StorageError: a model whose state is too large to be copied was never saved.
        """
        local = self._need_local()
        if self._rounds_since_file == 0:
            return 1  # nothing was trained
        self._kept_back = self._kept_back_before
        if local.checkpoint_every == 1:
            local.load_private_state(self._before)
        elif self._file is not None:
            self._local = self._files.load(local, self._file)
        elif self._rounds_since_file == 1:
            self._local, self._files = self._untrained(), self._own_files()
        else:
            raise StorageError(
                say(
                    "federation.refused-round-cannot-taken",
                    "The refused round cannot be taken back: this model was trained without checkpoints.",
                )
            )
        self._rounds_since_file = max(0, self._rounds_since_file - 1)
        return 1

    def validate(self, items: Array) -> List[Array]:  # noqa: UP006
        """Return the sums of validation figures after a round; see `models.evaluation.VALIDATION`."""
        (sums,) = evaluate_model(self._need_local(), self._evaluation, items, VALIDATION)
        if self._rules.privacy is not None:
            sums = self._rules.privacy.noised_figures(sums[0], self._noise)[None]
        return self._made([sums], "validation", items, self._rules)

    def evaluate(self, items: Array, request: EvaluationRequest, view: View | None) -> List[Array]:  # noqa: UP006
        """Return the evaluation message of the model; see `models.evaluation.evaluate`."""
        message = evaluate_model(self._need_local(), self._evaluation, items, request, view)
        return self._made(message, "evaluation", items, request, view, self._rules)

    def evaluate_popularity(self, counts: Array, request: EvaluationRequest) -> List[Array]:  # noqa: UP006
        """Return the evaluation message of the popularity baseline, from the summed item counts [n_items]."""
        return self._made(evaluate_shared(counts, self._evaluation, request), "popularity", counts, request)

    def profile(self, labels: Dict[str, List[str]]) -> Array:  # noqa: UP006
        """Return how many of the party's users are in each group (`models.groups.profile`), sent only masked."""
        return self._made(profile(self._evaluation, labels), "profile", labels)

    def save_model(self, model_path: str) -> int:
        """Write the users' private state into this party's own files. Return the bytes written."""
        self._file, self._rounds_since_file = Path(model_path), 0
        self._remember_sums_in(self._file.parent)
        self._files.beside = {"kept_back": self._kept_back} if self._kept_back.size else {}
        return self._files.save(self._need_local(), self._file)

    def load_model(self, model_path: str, absent: bool = False, **kwargs: object) -> int:
        """Read what `save_model` wrote. Return the number of users.

        Args:
            model_path: the file of a round.
            absent: this party had dropped out by then: take its newest file before that round, or start anew.
        """
        folder, name = Path(model_path).parent, Path(model_path).name
        self._remember_sums_in(folder)
        path = file_of_round(folder, name, absent=absent)
        if path is None:
            self._local, self._files = self._untrained(), self._own_files()
            self._kept_back = self._nothing_kept()
            return self._local.n_users
        try:
            self._local = self._files.load(self._need_local(), path)
        except StorageError as error:
            told = error.message
            if not (isinstance(told, Said) and told.values.get("path") == str(path)):
                told = fault_in(path, told)
            raise StorageError(told, error.hint) from error
        kept, nothing = self._files.beside.get("kept_back"), self._nothing_kept()
        self._kept_back = kept if kept is not None and kept.shape == nothing.shape else nothing
        self._file, self._rounds_since_file = path, 0
        return self._local.n_users

    def grow(self, folder: str, file: str, absent: bool) -> int:
        """Take over what was learned of this party's first users in an earlier run, after `set_up`.

        Args:
            folder: of that run. Only this party's part of it is read, and the items that everybody knows.
            file: name of this party's checkpoint there.
            absent: see `load_model`.

        Returns:
            Number of users it was learned of.

        Raises:
            StorageError: a file is missing, damaged or of other users.
        """
        before = kept.users_of(Path(folder), self._need_data().party).data
        path = file_of_round(Path(folder) / PARTIES / before.party, file, absent=absent)

        def untrained() -> LocalModel:
            return MODELS[self._rules.model].load_local()(before, self._rules.hyper)

        if path is not None:
            learned = PrivateFiles(untrained).load(untrained(), path)
            self._need_local().grow(learned.private_state())
        self._files.not_from_the_start()
        return before.n_users

    def prune(self, folder: str, keep: List[str]) -> int:  # noqa: UP006
        """Delete checkpoints in this party's folder whose file name is not in `keep`. Return how many."""
        return self._files.prune(Path(folder), keep)

    def get_weights(self) -> Dict[str, Array]:  # noqa: UP006
        """Return nothing: SecretFlow's way of handing out weights is closed, so that nobody averages private ones."""
        return {}

    def set_weights(self, weights: object) -> None:
        """Set nothing: item embeddings arrive with each round."""

    def apply_weights(self, weights: object, **kwargs: object) -> None:
        """Apply nothing: see `set_weights`."""

    def _own_files(self) -> PrivateFiles:
        files = PrivateFiles(self._untrained)
        files.users = users_of(self._need_data().users)
        return files

    def _untrained(self) -> LocalModel:
        return MODELS[self._rules.model].load_local()(self._need_data(), self._rules.hyper)

    def _need_data(self) -> PartyData:
        if self._data is None:
            raise StorageError(say("federation.party-used-up", "This party was used before its data was set up."))
        return self._data

    def _need_local(self) -> LocalModel:
        if self._local is None:
            raise StorageError(
                say("federation.party-used-model-up", "This party was used before its model was set up.")
            )
        return self._local
