"""Parties, server and aggregator of a federation, on SecretFlow's `FLModel`: set-up, checkpoints, what went wrong.

`fl.federation.federated_figures` adds what the parties can be asked about a trained model, `fl.federation.new_fl_model`
the training.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

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
from data.sentences import say
from fl.aggregation.base import CountingAggregator
from fl.errors import SessionError
from fl.federation.dropouts import answers, sentence
from fl.federation.server import ServerActor, ServerSettings
from fl.federation.worker import PartyWorker
from fl.privacy.mechanism import Privacy
from fl.runs.storage import round_file
from models.base import HyperParameters
from models.registry import MODELS

STRATEGY = "secretrec_items_only"
# Here and not in `fl.federation.worker`, so that the parties' processes need not load SecretFlow's FLModel.
register_strategy(PartyWorker, strategy_name=STRATEGY, backend="tensorflow")


class FederatedModel(FLModel):
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
                say(
                    "federation.given-parties",
                    "Data was given for {x}, but the parties are {workers}.",
                    x=sorted(map(str, x)),
                    workers=sorted(map(str, self._workers)),
                )
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

    def _summed_counts(self) -> PYUObject:
        """[n_items] float64 at the server: train interactions of each item, over all parties."""
        with self._fresh_masks_after_failure():
            return self._aggregator.sum([worker.item_counts() for worker in self._workers.values()], axis=0)

    @property
    def dropped(self) -> dict[str, str]:
        """Why each party that was lost since `set_up` is missing, by its name."""
        return {str(device): why for device, why in self._lost.items()}

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
            raise SessionError(
                say("federation.dropped-out", "{party} dropped out: {why}.", party=device, why=why),
                say("federation.try-again-started-anew", "Try again: it is started anew."),
            )
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
            raise SessionError(
                say("federation.partys-process-died", "A party's process died: {reason}", reason=sentence(error)),
                say("federation.resume-run-go", "Resume the run to go on."),
            ) from error

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
