"""A party is killed in the middle of a sum; what the server received is searched for two sums of one message.

    python -m benchmarks.killed_in_a_sum                  # masked and verified, FCF on ml-100k, 4 parties, round 10
    python -m benchmarks.killed_in_a_sum --dataset demo --rounds 3 --round 2 --aggregators verified

A whole training between real processes: after the uploads of that round are with the server and the parties signed who
is in the sum, the process of party-2 gets SIGKILL before it helps to unmask. The run has to finish. The driver records
every message of the aggregation protocol that goes to the server, and what was in each upload before it was masked,
which only a simulation's driver can know. Two sums over different parties that have one party's message in common would
show what the other parties sent: such pairs are counted, and there must be none.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from fl.federation import session

session.prepare_environment()

import numpy as np  # noqa: E402
import ray  # noqa: E402
import ray.exceptions  # noqa: E402
from secretflow import reveal  # noqa: E402
from secretflow.device import PYUObject  # noqa: E402

from benchmarks.measure import machine, save, table  # noqa: E402
from fl.aggregation.compression import arrays_of  # noqa: E402
from fl.aggregation.masking.messages import UnmaskShares, Upload, digest_blocks, wire_bytes  # noqa: E402
from fl.federation.pool import Federation, FederationKey, FederationPool  # noqa: E402
from fl.jobs.context import JobContext  # noqa: E402
from fl.jobs.training import train  # noqa: E402
from fl.protocol.commands import TrainCommand  # noqa: E402
from fl.runs.run_folder import RunFolder  # noqa: E402
from fl.settings.aggregator_words import AggregatorChoice, quorum  # noqa: E402
from fl.settings.base import build  # noqa: E402
from fl.settings.presets import preset  # noqa: E402
from fl.settings.train import TrainSettings  # noqa: E402

VICTIM = "party-2"
STAGES = ("masking_agree", "masking_unmask", "masking_check")

MessageId = tuple[bytes, int]  # context of the batch, number in it


@dataclass(frozen=True)
class OpenedSum:
    """A sum that the server was able to open.

    Attributes:
        message: which one.
        plain: digest of what each party in it sent before it was masked; b"" for zeros, which tell nothing.
    """

    message: MessageId
    plain: dict[str, bytes]


@dataclass
class Recording:
    """All that the server received under the aggregation protocol, and what the uploads held.

    Attributes:
        plain: of each upload's digest: the digest of what it held, b"" for zeros.
        uploads: of each message: digests by sender.
        lists: of each message: who sent shares, by (survivors, drop-outs) that the shares are for.
        received: messages by kind.
        bytes: of all of them.
    """

    plain: dict[bytes, bytes] = field(default_factory=dict)
    uploads: dict[MessageId, dict[str, bytes]] = field(default_factory=dict)
    lists: dict[MessageId, dict[tuple[tuple[str, ...], tuple[str, ...]], set[str]]] = field(default_factory=dict)
    received: Counter[str] = field(default_factory=Counter)
    bytes: int = 0

    def take(self, value: Any) -> None:
        """Note what the server received: a message, or several."""
        if isinstance(value, (list, tuple)):
            for each in value:
                self.take(each)
            return
        self.received[type(value).__name__] += 1
        self.bytes += wire_bytes(value)
        if isinstance(value, Upload):
            self.uploads.setdefault((value.context, value.number), {})[value.sender] = value.digest()
        if isinstance(value, UnmaskShares):
            names = tuple(n for n, _ in value.self_shares), tuple(n for n, _ in value.key_shares)
            self.lists.setdefault((value.context, value.number), {}).setdefault(names, set()).add(value.sender)

    def opened(self, threshold: int) -> list[OpenedSum]:
        """Return the sums for which the server has shares of `threshold` parties."""
        return [
            OpenedSum(message, {name: self.plain[self.uploads[message][name]] for name in survivors})
            for message, lists in self.lists.items()
            for (survivors, _), senders in lists.items()
            if len(senders) >= threshold
        ]


def pairs(sums: Iterable[OpenedSum]) -> list[tuple[OpenedSum, OpenedSum]]:
    """Return the pairs of sums over different parties that have a party's message, other than zeros, in common."""
    return [
        (one, other)
        for one, other in combinations(sums, 2)
        if set(one.plain) != set(other.plain)
        and any(what and other.plain.get(name) == what for name, what in one.plain.items())
    ]


class _Server:
    """The server's actor as the driver has it, with a note of every protocol message on its way to it."""

    def __init__(self, server: Any, recording: Recording) -> None:
        self._server, self._recording = server, recording

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._server, name)
        if not name.startswith("masking_"):
            return method

        def noted(*arguments: Any, **named: Any) -> Any:
            for argument in arguments:
                if isinstance(argument, PYUObject):
                    try:
                        self._recording.take(reveal(argument))
                    except ray.exceptions.RayError:
                        continue  # its sender is dead: the server does not receive it either
            return method(*arguments, **named)

        return noted


class _Worker:
    """A party's actor as the driver has it: what it masks is noted, and it is killed where that was asked for."""

    def __init__(self, worker: Any, recording: Recording, kill_at: str = "", round_number: int = 0) -> None:
        self._worker, self._recording = worker, recording
        self._kill_at, self._kill_in, self._round = kill_at, round_number, 0

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._worker, name)
        if name == self._kill_at and self._round == self._kill_in:
            os.kill(ray._private.state.actors(self._worker.data._actor_id.hex())["Pid"], signal.SIGKILL)
        if name == "train_step":
            return self._train_step
        return self._masked if name == "masking_mask" else method

    def _train_step(self, items: Any, number: int, *more: Any) -> Any:
        self._round = number
        return self._worker.train_step(items, number, *more)

    def _masked(self, number: int, message: Any, limit: float) -> Any:
        upload = self._worker.masking_mask(number, message, limit)
        try:
            held, sent = reveal([message, upload])
        except ray.exceptions.RayError:
            return upload  # the party is dead: nothing was sent
        arrays = arrays_of(held if isinstance(held, list) else [held])
        self._recording.plain[sent.digest()] = digest_blocks(arrays) if any(map(np.any, arrays)) else b""
        return upload


class _WatchedPool(FederationPool):
    """A pool whose federation is recorded, and loses a party."""

    def __init__(self, kill_at: str, round_number: int) -> None:
        super().__init__()
        self.recording = Recording()
        self._kill_at, self._round, self._watched = kill_at, round_number, False

    def get(self, key: FederationKey, aggregator: AggregatorChoice) -> Federation:
        federation = super().get(key, aggregator)
        if not self._watched:
            self._watched = True
            parties = federation.model.parties
            for device, worker in parties.workers.items():
                killed = (self._kill_at, self._round) if str(device) == VICTIM else ()
                parties.workers[device] = _Worker(worker, self.recording, *killed)
            parties.server = _Server(parties.server, self.recording)
            parties.aggregator.bind(parties.workers, parties.server)
        return federation


def measure(settings: TrainSettings, round_number: int, stage: str) -> dict[str, Any]:
    """Train with a party that is killed in a round, and return what became of the run and of the recording."""
    with closing(_WatchedPool(stage, round_number)) as pool:
        done = train(TrainCommand(settings=settings), JobContext("benchmark", lambda _: None, pool))
        recording = pool.recording
    folder = RunFolder.find(done.run)
    rounds = folder.rounds()
    folder.discard()
    sums = recording.opened(quorum(settings.parties))
    return {
        "aggregator": settings.aggregator,
        "dataset": settings.dataset,
        "model": settings.model,
        "parties": settings.parties,
        "seed": settings.seed,
        "rounds": len(rounds),
        "killed": f"{VICTIM} in round {round_number} before {stage}",
        "dropped": rounds[-1].dropped,
        "first_round_without": next((r.round for r in rounds if r.dropped), None),
        "received": dict(recording.received),
        "received_mib": round(recording.bytes / 2**20, 1),
        "sums": len(sums),
        "sums_by_parties": dict(Counter(len(s.plain) for s in sums)),
        "messages_opened_twice": len(sums) - len({s.message for s in sums}),
        "pairs": len(pairs(sums)),
        "result": done.result,
    }


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dataset", default="ml-100k")
    parser.add_argument("--model", default="fcf")
    parser.add_argument("--aggregators", nargs="+", default=["masked", "verified"], choices=["masked", "verified"])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--round", type=int, default=10, help="in which the party is killed")
    parser.add_argument("--stage", default="masking_unmask", choices=STAGES, help="the step it does not live to take")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    given = parser.parse_args(argv)
    results = []
    for name in given.aggregators:
        print(f"{given.model} on {given.dataset}, {name}", file=sys.stderr)
        values = {"epochs": given.rounds, "parties": 4, "aggregator": name, "seed": given.seed}
        values |= {"dataset": given.dataset, "model": given.model, "early_stopping": 0}
        settings = build(TrainSettings, {**preset(given.model, given.dataset), **values})
        results.append(measure(settings, given.round, given.stage))
    columns = ("aggregator", "rounds", "killed", "first_round_without", "received", "sums_by_parties", "pairs")
    print(table(columns, [[result[column] for column in columns] for result in results]))
    save("killed_in_a_sum", {"machine": machine(), "command": " ".join(sys.argv), "results": results}, given.output)
    return 1 if any(result["pairs"] or result["rounds"] < given.rounds for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
