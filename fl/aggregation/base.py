"""The interface that SecretRec asks of an aggregator beyond SecretFlow's `Aggregator`."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from secretflow import PYU
from secretflow.device import PYUObject
from secretflow.security import aggregation

from data.errors import SettingsError
from data.sentences import say
from fl.aggregation.masking.messages import wire_bytes
from fl.aggregation.masking.packing import FULL_BITS
from fl.errors import RESUME_RUN, SessionError
from fl.settings.aggregator_words import AggregatorChoice
from fl.settings.aggregators import Aggregator


class CountingAggregator(aggregation.Aggregator):
    """An aggregator that measures what parties upload, and that can start afresh after a failed round.

    Attributes:
        about: what is declared of it.
        steps: values on the way to the sum asked for last, each where it is made; none waits for a later one.
    """

    about: Aggregator
    steps: Sequence[PYUObject] = ()

    @abstractmethod
    def __init__(self, server: PYU, parties: Sequence[PYU], choice: AggregatorChoice) -> None: ...

    def bind(self, workers: Mapping[PYU, Any], server: Any) -> None:
        """Learn of the parties' workers and of the server's actor, for aggregators that work inside them.

        Args:
            workers: actor of `fl.federation.worker.PartyWorker`, by party.
            server: actor of `fl.federation.server.ItemServer`.
        """

    def prepare(self, weight: float) -> None:
        """Learn how much an item table sums, before `limit` is asked for.

        Args:
            weight: sum of all users' weights: their number, or that of their samples.
        """

    def bound(self, norm_limit: float, by_samples: bool) -> None:
        """Learn the limit of `fl.aggregation.validation.norm_problem`, if the server sees a party's update.

        Args:
            norm_limit: 0 for none.
            by_samples: whether it is per sample instead of per user.
        """

    def compress(self, bits: int) -> None:
        """Learn how many bits a level of an item table has (`fl.aggregation.compression`): 32 for real numbers.

        Raises:
            SettingsError: it cannot sum levels.
        """
        if bits != FULL_BITS:
            raise SettingsError(
                say(
                    "aggregation.aggregator-sums-no-values", "This aggregator sums no values of {bits} bits.", bits=bits
                ),
                say("aggregation.choose-masked-verified", "Choose masked, verified or plain, or 32 bits."),
            )

    def lose(self, party: PYU) -> None:
        """Go on without a party from now on: it takes no part in the next sums."""

    @abstractmethod
    def sum_and_bytes(self, data: Sequence[PYUObject]) -> tuple[PYUObject, PYUObject]:
        """Return (sum, bytes of the largest upload), both at the server, of one upload per party, element-wise.

        An upload is an array or a list of arrays.
        """

    def go_on(self) -> tuple[PYUObject, PYUObject]:
        """Finish the sum that was under way when a party was lost, with the parties that are left.

        Returns:
            As `sum_and_bytes`. Where messages are hidden, it is the same sum, never a second one of the same messages.

        Raises:
            SessionError: this aggregator needs every party.
        """
        raise SessionError(
            say("aggregation.needs-everybody", "This aggregator cannot finish a sum without all parties."),
            RESUME_RUN,
        )

    @abstractmethod
    def limit(self) -> float:
        """Return the largest absolute value a party may upload so that no sum over all parties leaves the range."""

    @abstractmethod
    def rebuild(self) -> None:
        """Make fresh keys and masks.

        They are needed after any failed round: a mask used on one side only spoils all later sums.
        """

    @abstractmethod
    def close(self) -> None:
        """End the processes it started."""

    def sum(self, data: Sequence[PYUObject], axis: int | None = 0) -> PYUObject:
        """Sum over parties. `axis` is SecretFlow's argument; only 0, element-wise, makes sense here."""
        if axis != 0:
            raise ValueError("only axis=0, the element-wise sum over parties, is supported")
        return self.sum_and_bytes(data)[0]

    def average(self, data: Sequence[PYUObject], axis: int | None = 0, weights: object = None) -> PYUObject:
        """Refuse: weighting hidden messages is impossible (masks) or costs a hundred times the sum (SPU)."""
        raise SettingsError(
            say(
                "aggregation.aggregator-gives-sums",
                "This aggregator gives sums: weight the messages before, and sum the weights as well.",
            )
        )


def upload_bytes(upload: Any) -> int:
    """Return the bytes of the data of one upload, an array or a list of arrays, packed or not."""
    return wire_bytes(upload)


def check_same_shapes(uploads: Sequence[Any]) -> None:
    """Refuse uploads of different shapes: NumPy would broadcast a (1, d) upload over all rows without a word.

    Raises:
        ValueError: naming the upload that is odd, by its place.
    """
    shapes = [[a.shape for a in (upload if isinstance(upload, list) else [upload])] for upload in uploads]
    for place, shape in enumerate(shapes):
        if shape != shapes[0]:
            raise ValueError(f"upload {place + 1} has shapes {shape}, upload 1 has {shapes[0]}")
