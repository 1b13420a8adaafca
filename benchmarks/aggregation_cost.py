"""The cost of each aggregator in a round: seconds and bytes, beside plain in the same run.

    python -m benchmarks.aggregation_cost                      # three sizes; 2, 4 and 8 parties; sums alone
    python -m benchmarks.aggregation_cost --rounds ml-100k     # also whole PFedRec rounds on that data set
    python -m benchmarks.aggregation_cost --sizes 200x8 --parties 2 --repeats 2 --runtime in-process

Aggregators take turns, message by message, because the load of a machine changes; the first message of each (keys, and
processes that start) is not counted. Keys of `masked` and `verified` are renewed every 64 messages; their share is
timed apart, and is in `with keys`. Bytes are those of the party that sends most, over the values of its item table.
SecretFlow starts one process per party and more for `secure`, `spu` and `heu`.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from fl.federation import session

session.prepare_environment()

import numpy as np  # noqa: E402
from secretflow import PYU, reveal  # noqa: E402
from secretflow.device import PYUObject, proxy  # noqa: E402

from benchmarks.measure import machine, save, summary, table  # noqa: E402
from benchmarks.rounds import RoundRecords  # noqa: E402
from data.loading import load  # noqa: E402
from fl import aggregation  # noqa: E402
from fl.aggregation.masked import MaskedAggregator  # noqa: E402
from fl.aggregation.masking.adverts import BATCH_MESSAGES  # noqa: E402
from fl.aggregation.updates import N_TOTALS  # noqa: E402
from fl.federation.new_fl_model import NewFLModel  # noqa: E402
from fl.federation.pool import FederationPool  # noqa: E402
from fl.federation.rules import RoundRules  # noqa: E402
from fl.federation.session import party_names  # noqa: E402
from fl.federation.worker import PartyWorker  # noqa: E402
from fl.jobs.context import JobContext  # noqa: E402
from fl.jobs.federations import federation_for  # noqa: E402
from fl.protocol.events import Event  # noqa: E402
from fl.settings.aggregator_words import AggregatorChoice  # noqa: E402
from fl.settings.aggregators import AGGREGATORS, problem_of  # noqa: E402
from fl.settings.base import build  # noqa: E402
from fl.settings.hyper_parameters import hyper_parameters  # noqa: E402
from fl.settings.train import TrainSettings  # noqa: E402

NAMES = tuple(AGGREGATORS)
SIZES = ("1682x32", "3706x32", "12454x32")
_USERS = 1000  # whose changes a party's table is said to sum, which sets the range


def choices(names: Sequence[str], parties: int, runtime: str) -> dict[str, AggregatorChoice]:
    """Return what can be measured with so many parties: both protocols of `spu`, and never without plain."""
    found: dict[str, AggregatorChoice] = {"plain": AggregatorChoice("plain")}
    for name in names:
        if name == "spu":
            found["spu semi2k"], found["spu aby3"] = AggregatorChoice("spu"), AggregatorChoice("spu", "aby3")
        else:
            found[name] = AggregatorChoice(name)
    return {label: choice for label, choice in found.items() if not problem_of(choice, parties, runtime)}


class Sender(PartyWorker):
    """A party that sends random numbers: it masks only messages that it made itself."""

    def message(self, n_items: int, dim: int, seed: int) -> list[Any]:
        """Return an update message."""
        table = np.random.default_rng(seed).normal(0, 1, (n_items, dim)).astype(np.float32)
        return self._made([table, np.ones(N_TOTALS, np.float32)], "update")


def sums(size: tuple[int, int], parties: int, names: Sequence[str], runtime: str, repeats: int) -> list[dict[str, Any]]:
    """Time the sum of one update message per party, aggregator by aggregator in turns."""
    running = session.start(runtime, party_names(parties))  # type: ignore[arg-type]  # one of the two names
    try:
        model = NewFLModel(running.server, running.parties, aggregation.make("plain", running.server, running.parties))
        made = {
            label: aggregation.make(choice, running.server, running.parties)
            for label, choice in choices(names, parties, runtime).items()
        }
        senders = {party: proxy(PYUObject)(Sender)(device=party) for party in running.parties}
        data = [sender.message(*size, seed) for seed, sender in enumerate(senders.values())]
        for aggregator in made.values():
            aggregator.bind(senders, model.parties.server)
            aggregator.prepare(_USERS)
        seconds: dict[str, list[float]] = {label: [] for label in made}
        keys: dict[str, float] = {}
        sent: dict[str, int] = {}
        plain: dict[str, float] = {}  # of the same minute, by aggregator
        order = np.random.default_rng(0)
        # `masked` and `verified` share the workers' place for keys: all messages of one, then all of the other; plain
        # takes turns with each.
        groups = [[label] for label in made if isinstance(made[label], MaskedAggregator)]
        groups.append([label for label in made if not isinstance(made[label], MaskedAggregator)])
        for group in groups:
            members = list(dict.fromkeys([*group, "plain"]))
            for label in group:
                made[label].bind(senders, model.parties.server)
                started = time.perf_counter()
                sent[label] = _one(made[label], data)
                first = time.perf_counter() - started
                if isinstance(made[label], MaskedAggregator):
                    keys[label] = _key_seconds(made[label], data, first)
            if "plain" not in group:
                _one(made["plain"], data)
            beside: list[float] = []
            for _ in range(repeats):
                for place in order.permutation(len(members)):
                    started = time.perf_counter()
                    _one(made[members[place]], data)
                    took = time.perf_counter() - started
                    seconds[members[place]].append(took)
                    if members[place] == "plain":
                        beside.append(took)
            plain.update(dict.fromkeys(group, statistics.median(beside)))
        for aggregator in made.values():
            aggregator.close()
        model.close()
    finally:
        running.close()
    values = size[0] * size[1]
    return [
        {
            "size": f"{size[0]}x{size[1]}",
            "parties": parties,
            "aggregator": label,
            "seconds": summary(times),
            "times_plain": round(statistics.median(times) / plain[label], 2),
            "key_seconds_per_message": round(keys.get(label, 0.0) / BATCH_MESSAGES, 5),
            "times_plain_with_keys": round(
                (statistics.median(times) + keys.get(label, 0.0) / BATCH_MESSAGES) / plain[label], 2
            ),
            "bytes_per_value": round(sent[label] / values, 3),
        }
        for label, times in seconds.items()
    ]


def _one(aggregator: Any, data: list[Any]) -> int:
    """Take one sum and wait for it. Return the bytes of the largest upload."""
    total, size = aggregator.sum_and_bytes(data)
    device: PYU = total.device
    done, size = reveal([device(lambda x: np.shape(x[0]))(total), size])
    if len(done) != 2:
        raise RuntimeError(f"the sum has shape {done}")
    return int(size)


def _key_seconds(aggregator: Any, data: list[Any], first: float) -> float:
    """Return the seconds that new keys take, once in 64 messages: at most the `first`, which has start-up in it."""
    aggregator.rebuild()
    started = time.perf_counter()
    _one(aggregator, data)
    with_keys = time.perf_counter() - started
    started = time.perf_counter()
    _one(aggregator, data)
    return max(0.0, min(first, with_keys) - (time.perf_counter() - started))


def rounds(dataset: str, parties: int, names: Sequence[str], runtime: str, repeats: int) -> list[dict[str, Any]]:
    """Time whole rounds of PFedRec without validation and checkpoint; aggregators take turns of a few rounds."""
    pool = FederationPool()
    records: dict[str, RoundRecords] = {}
    labels = choices(names, parties, runtime)
    try:
        loaded = load(dataset, "leak-free", 2024)
        parts, _ = loaded.divide(party_names(parties), 2024)
        turns, each = max(1, repeats // 3), 4  # the first round of a turn makes keys and starts processes
        for _ in range(turns):
            for label, choice in labels.items():
                given = {"dataset": dataset, "model": "pfedrec", "parties": parties, "runtime": runtime}
                given |= {"aggregator": choice.name, "spu_protocol": choice.spu_protocol}
                settings: TrainSettings = build(TrainSettings, given)
                federation = federation_for(settings, JobContext("benchmark", _quiet, pool))
                federation.set_up(parts, RoundRules("pfedrec", hyper_parameters(settings)))
                heard = RoundRecords()
                federation.model.fit(epochs=each, callbacks=[heard], validation_data=False)
                records.setdefault(label, RoundRecords()).records += heard.records[1:]
    finally:
        pool.close()
    values = loaded.split.n_items * settings.row_length
    times = {label: [record.seconds for record in kept.records] for label, kept in records.items()}
    plain = statistics.median(times["plain"])
    return [
        {
            "dataset": dataset,
            "parties": parties,
            "aggregator": label,
            "round_seconds": summary(seconds),
            "times_plain": round(statistics.median(seconds) / plain, 2),
            "bytes_per_value": round(records[label].records[-1].bytes_up / values, 3),
        }
        for label, seconds in times.items()
    ]


def _quiet(event: Event) -> None:
    """Ignore an event: jobs have nothing to say here."""


def _size(text: str) -> tuple[int, int]:
    n_items, _, dim = text.partition("x")
    return int(n_items), int(dim)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="*", default=list(SIZES), metavar="ITEMSxDIM")
    parser.add_argument("--parties", nargs="+", type=int, default=[2, 4, 8])
    parser.add_argument("--aggregators", nargs="+", default=list(NAMES), choices=NAMES)
    parser.add_argument("--rounds", nargs="*", default=[], metavar="DATASET", help="also whole PFedRec rounds on these")
    parser.add_argument("--runtime", default="simulation", choices=TrainSettings.declared()["runtime"].choices)
    parser.add_argument("--repeats", type=int, default=15)
    parser.add_argument("--name", default="aggregation_cost", help="name of the JSON file in benchmarks/results")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    bare, whole = [], []
    for parties in arguments.parties:
        for size in arguments.sizes:
            print(f"sums of {size}, {parties} parties", file=sys.stderr)
            bare += sums(_size(size), parties, arguments.aggregators, arguments.runtime, arguments.repeats)
        for dataset in arguments.rounds:
            print(f"rounds on {dataset}, {parties} parties", file=sys.stderr)
            whole += rounds(dataset, parties, arguments.aggregators, arguments.runtime, arguments.repeats)
    if bare:
        print("Sum of one update message per party:\n")
        print(_bare_table(bare))
    if whole:
        print("\nWhole rounds of PFedRec, without validation and checkpoint:\n")
        print(_round_table(whole))
    result = {"machine": machine(), "command": " ".join(sys.argv), "sums": bare, "rounds": whole}
    print(f"\nWritten to {save(arguments.name, result, arguments.output)}", file=sys.stderr)
    return 0


def _bare_table(rows: list[dict[str, Any]]) -> str:
    header = ["table", "parties", "aggregator", "ms (median)", "min", "max", "x plain", "with keys", "B/value up"]
    return table(
        header,
        [
            [
                r["size"],
                r["parties"],
                r["aggregator"],
                *(round(1000 * r["seconds"][key], 1) for key in ("median", "min", "max")),
                r["times_plain"],
                r["times_plain_with_keys"],
                r["bytes_per_value"],
            ]
            for r in rows
        ],
    )


def _round_table(rows: list[dict[str, Any]]) -> str:
    header = ["data set", "parties", "aggregator", "round s (median)", "min", "max", "x plain", "B/value up"]
    return table(
        header,
        [
            [
                r["dataset"],
                r["parties"],
                r["aggregator"],
                *(r["round_seconds"][key] for key in ("median", "min", "max")),
                r["times_plain"],
                r["bytes_per_value"],
            ]
            for r in rows
        ],
    )


if __name__ == "__main__":
    sys.exit(main())
