"""The parties of a federation as the driver has them: their workers, the server, the aggregator, and who fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import ray.exceptions
import secretflow.distributed as sfd
from secretflow import PYU, reveal
from secretflow.device import PYUObject
from secretflow.distributed.fed.exception import FedLocalError, FedRemoteError

from data.errors import SecretRecError
from data.sentences import join, say
from fl.aggregation.base import CountingAggregator
from fl.errors import RESUME_RUN, STARTED_ANEW, LostSessionError, PartyError, SessionError
from fl.federation.dropouts import DIED, answers, broken, first_late, too_late
from fl.federation.watch import named_loss

if TYPE_CHECKING:
    from fl.federation.placement import Placement

log = logging.getLogger(__name__)

_AT_ONCE = 0.001  # seconds
_T = TypeVar("_T")
Ask = Callable[[PYU, Any], PYUObject]  # from a party and its worker to what the worker answers, still at the party


class Parties:
    """The parties that are left in a run.

    Attributes:
        workers: actors of `fl.federation.worker.PartyWorker`, by party; those of lost parties are gone.
        server: actor of `fl.federation.server.ItemServer`.
        aggregator: sums what the parties send.
        users: number of users of each party of the run, where the driver dealt them out.
        n_users: their sum.
        lost: why each party that was lost is missing.
        lost_at: when each of them was, seconds since 1970.
        placement: on a cluster, who runs on which node.
    """

    def __init__(self, workers: dict[PYU, Any], server: Any, aggregator: CountingAggregator) -> None:
        self.workers, self.server, self.aggregator = workers, server, aggregator
        self.users: dict[PYU, int] = {}
        self.n_users = 0
        self.lost: dict[PYU, str] = {}
        self.lost_at: dict[PYU, float] = {}
        self.placement: Placement | None = None
        self._all = tuple(workers)
        aggregator.bind(workers, server)

    def use(self, aggregator: CountingAggregator) -> None:
        """Replace the aggregator, and end the old one's processes."""
        self.aggregator.close()
        aggregator.bind(self.workers, self.server)
        self.aggregator = aggregator

    def close(self) -> None:
        """End the parties', the server's and the aggregator's processes."""
        self.aggregator.close()
        for actor in [*self.workers.values(), self.server]:
            sfd.kill(actor.data)

    # --- asking ---------------------------------------------------------------------------------------------------

    def each(self, ask: Ask) -> list[PYUObject]:
        """Return every party's answer, each still at its party."""
        return [ask(device, worker) for device, worker in self.workers.items()]

    def reveal_each(self, ask: Ask) -> dict[PYU, Any]:
        """Return every party's answer, revealed to the driver.

        Raises:
            PartyError: names the party that answered with a failure.
            SessionError: a party's process died.
        """
        with self.named_failures():
            found, lost = answers(dict(zip(self.workers, self.each(ask), strict=True)))
            for device, why in lost.items():
                raise SessionError(
                    say(
                        "federation.dropped-out",
                        "{party} dropped out: {why}.",
                        party=device,
                        why=self._why(device, why),
                    ),
                    STARTED_ANEW,
                )
        return found

    def sum(self, ask: Ask) -> PYUObject:
        """Return the aggregator's sum of every party's answer, at the server."""
        return self.aggregator.sum(self.each(ask), axis=0)

    # --- failures -------------------------------------------------------------------------------------------------

    @contextmanager
    def named_failures(self) -> Iterator[None]:
        """Turn SecretFlow's and Ray's wrappers around a failure in another process into our own errors."""
        try:
            with named_loss():
                yield
        except ray.exceptions.RayTaskError as error:
            if isinstance(error.cause, SecretRecError):
                raise error.cause from error
            raise
        except ray.exceptions.RayActorError as error:
            raise SessionError(self._death(error), RESUME_RUN) from error
        except (FedRemoteError, FedLocalError) as error:
            raise broken(error) from error

    def _death(self, error: ray.exceptions.RayActorError) -> str:
        """Return whose process died, in words, and on a cluster with which node."""
        who: str = say("federation.a-process", "A process of a party or the server")
        actors = {str(device): worker for device, worker in self.workers.items()}
        for name, actor in {**actors, "server": self.server}.items():
            known = getattr(actor.data, "_actor_id", None)
            if known is not None and known.hex() == error.actor_id:
                who, node = say("federation.process-of", "The process of {name}", name=name), self._lost_node(name)
                if node:
                    return say("federation.died-with-node", "{who} died with its node {node}.", who=who, node=node)
        return say("federation.died", "{who} died.", who=who)

    def _why(self, device: PYU, why: str) -> str:
        """Return why a party is missing: on a cluster its node may be lost, and not only its process."""
        node = self._lost_node(str(device)) if why is DIED else ""
        return say("dropout.node-lost", "its node {node} was lost", node=node) if node else why

    def _lost_node(self, name: str) -> str:
        """Return the node of a party or the server where it was lost, "" where it was not.

        Raises:
            LostSessionError: it is this computer's, by which all others are reached.
        """
        if self.placement is None:
            return ""
        from fl.federation.placement import OWN_NODE_ENDED

        node = self.placement.lost_node(name)
        if node == self.placement.own:
            raise LostSessionError(OWN_NODE_ENDED, RESUME_RUN)
        return "" if node is None else str(node)

    @contextmanager
    def summing(self) -> Iterator[None]:
        """Name failures as `named_failures` does, and make fresh masks after any of them."""
        try:
            with self.named_failures():
                yield
        except LostSessionError:
            raise  # nobody is there to make masks
        except BaseException:
            # Also on Ctrl+C: a mask drawn by some parties only would spoil every later sum without a word.
            self.aggregator.rebuild()
            raise

    # --- parties that drop out ------------------------------------------------------------------------------------

    def checked_updates(
        self,
        train: Callable[[PYU, Any], tuple[PYUObject, PYUObject]],
        timeout: float,
        from_server: Sequence[PYUObject] = (),
    ) -> list[PYUObject]:
        """Return every party's update, at the party and checked by it; parties that do not answer in time are lost.

        Args:
            train: makes a worker's update and its status, "" or the sentence that says why it must not be sent.
            timeout: seconds that a party may take; 0 waits as long as it takes.
            from_server: what parties wait for before they train, still at the server.

        Raises:
            PartyError: a party refuses to send its update. Nobody has masked, let alone sent, anything by then.
            SessionError: too few parties are left, or the server does not answer: parties may wait for its items.
        """
        made, lost = self._each_alive(train)
        found, silent = answers({device: status for device, (_, status) in made.items()}, timeout)
        if silent and from_server:
            self._check_server(first_late(from_server, _AT_ONCE), timeout)
        self._lose({**lost, **silent})
        for device, status in found.items():
            if status:
                raise PartyError(str(device), status)
        return [made[device][0] for device in self.workers]

    def _check_server(self, late: PYU | None, timeout: float) -> None:
        """Refuse to blame parties for a server that does not answer.

        Args:
            late: whom all wait for.
            timeout: seconds that were waited.

        Raises:
            SessionError: it is the server.
        """
        if late is not None and late not in self._all:
            raise SessionError(
                say("federation.server-late", "The server did not answer within {seconds:g} seconds.", seconds=timeout),
                RESUME_RUN,
            )

    def asked(self, ask: Ask) -> list[PYUObject]:
        """Return the answer of each party that is left, still at the party; who is found dead when asked is lost.

        Raises:
            SessionError: too few parties are left.
        """
        found, lost = self._each_alive(ask)
        self._lose(lost)
        return list(found.values())

    def with_survivors(
        self, messages: Sequence[PYUObject], use: Callable[[PYUObject, PYUObject], _T], timeout: float = 0.0
    ) -> _T:
        """Return what `use` makes of a sum over the parties; when one dies in the middle, the others go on with it.

        It is the same sum then, where messages are hidden (`CountingAggregator.go_on`): the difference of two sums of
        the same messages over different parties would show a party's own message.

        Args:
            messages: one of each party that is left, at the party.
            use: takes the sum and the bytes of the largest upload, both at the server, and waits for what comes of it.
            timeout: seconds after which who does not answer is lost; 0 waits as long as it takes.

        Raises:
            SessionError: too few parties are left, or the server does not answer.
        """
        ahead: Callable[[], tuple[PYUObject, PYUObject]] = partial(self.aggregator.sum_and_bytes, messages)
        while True:
            try:
                total, size = ahead()
                late = first_late([*messages, *self.aggregator.steps, size], timeout)
                if late is None:
                    return use(total, size)
                self._check_server(late, timeout)
                self._lose({late: too_late(timeout)})
                ahead = self.aggregator.go_on
            except ray.exceptions.RayError:
                lost = self._find_lost()
                if not lost:
                    raise
                self._lose(lost)
                ahead = self.aggregator.go_on

    def _find_lost(self) -> dict[PYU, str]:
        alive, lost = self._each_alive(lambda _, worker: worker.ready())
        return {**lost, **answers(alive)[1]}

    def _each_alive(self, ask: Callable[[PYU, Any], _T]) -> tuple[dict[PYU, _T], dict[PYU, str]]:
        """Return each party's answer, still at the party; and who is found dead when asked, with why it is missing."""
        found: dict[PYU, _T] = {}
        lost: dict[PYU, str] = {}
        for device, worker in self.workers.items():
            try:
                found[device] = ask(device, worker)
            except ray.exceptions.RayActorError:
                lost[device] = DIED
        return found, lost

    def _lose(self, lost: Mapping[PYU, str]) -> None:
        """Go on without these parties for the rest of the run.

        Raises:
            SessionError: the aggregator needs more parties than are left.
        """
        if not lost:
            return
        for device, why in lost.items():
            log.warning("%s dropped out: %s", device, why)
            worker = self.workers.pop(device)
            if why is not DIED or self.placement is not None:
                # What it still does would hold up its answers to the next calls. On a cluster it may live where nobody
                # reaches it.
                sfd.kill(worker.data)
            self.aggregator.lose(device)
            self.lost[device], self.lost_at[device] = self._why(device, why), time.time()
        fewest, left = self.aggregator.about.fewest(len(self._all)), len(self.workers)
        if left < fewest:
            who = join(
                (
                    say("dropout.party", "{party} dropped out: {why}", party=device, why=why)
                    for device, why in self.lost.items()
                ),
                "; ",
            )
            raise SessionError(
                say(
                    "federation.parties-left-aggregator",
                    "{who}. {left} of {n_parties} parties are left, but this aggregator needs {fewest}.",
                    who=who,
                    left=left,
                    n_parties=len(self._all),
                    fewest=fewest,
                ),
                say(
                    "federation.last-finished-round-kept",
                    "The last finished round is kept: resume the run to go on from it.",
                ),
            )
        users = {str(device): n_users for device, n_users in self.users.items()}
        reveal(self.server.expect(users, [str(device) for device in self.workers]))
