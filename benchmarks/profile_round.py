"""The parts of a round: milliseconds of each, summed over all parties.

    python -m benchmarks.profile_round                              # the three models on ml-100k, 4 parties
    python -m benchmarks.profile_round --datasets ml-1m --models fedrap --rounds 5
    python -m benchmarks.profile_round --datasets ml-1m --models seqfcf --set sequence_weight=1

All parties run in this process one after the other, so the parts add up to the round: this is the work, not what a
person waits for (benchmarks/speed.py measures that, with the parties side by side). A part does not count what a part
inside it took; "the rest" is what the round took beyond all parts. Medians over the rounds; the first is not counted.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import wraps
from inspect import isfunction
from pathlib import Path
from typing import Any

from benchmarks import speed  # sets the environment up before SecretFlow is imported
from benchmarks.measure import machine, save, table
from data.loading import load
from data.negatives import NegativeSampler
from fl.aggregation.masking.client import MaskingClient
from fl.aggregation.masking.server import MaskingServer
from fl.federation import server as fl_server
from fl.federation import worker
from fl.federation.new_fl_model import NewFLModel
from fl.federation.pool import FederationPool
from fl.federation.rules import rules_of
from fl.federation.server_optimizers import Adaptive, FedAvg, Secant
from fl.federation.session import party_names
from fl.jobs.context import JobContext
from fl.jobs.federations import federation_for
from fl.runs.private_files import PrivateFiles
from fl.runs.rounds import RoundRecord
from fl.settings.hyper_parameters import settled
from models.registry import MODELS
from models.samples import SampleMaker

REST = "the rest: checks, SecretFlow, copies"


class Stopwatch:
    """A clock of the exclusive seconds of nested parts: while an inner part runs, the outer one's time stands still."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._open: list[tuple[str, float]] = []  # part, seconds that inner parts took
        self.seconds: dict[str, float] = {}
        self._undo: list[Callable[[], None]] = []

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function`, its time counted for `part`."""

        @wraps(function)
        def measured(*arguments: Any, **named: Any) -> Any:
            started = self._clock()
            self._open.append((part, 0.0))
            try:
                return function(*arguments, **named)
            finally:
                took = self._clock() - started
                _, inner = self._open.pop()
                self.seconds[part] = self.seconds.get(part, 0.0) + took - inner
                if self._open:
                    outer, before = self._open[-1]
                    self._open[-1] = (outer, before + took)

        return measured

    def watch(self, part: str, owner: Any, *methods: str) -> None:
        """Count the time of the methods of a class, or functions of a module, for `part`, until `release`."""
        for name in methods:
            original = getattr(owner, name)
            inherited = name not in vars(owner)
            setattr(owner, name, self.timed(part, original))

            def undo(name: str = name, original: Any = original, inherited: bool = inherited) -> None:
                if inherited:
                    delattr(owner, name)
                else:
                    setattr(owner, name, original)

            self._undo.append(undo)

    def release(self) -> None:
        """Leave the classes as they were."""
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()

    def lap(self) -> dict[str, float]:
        """Return the seconds by part since the last lap."""
        seconds, self.seconds = self.seconds, {}
        return seconds


def watch_parts(watch: Stopwatch, model: str) -> list[str]:
    """Put the parts of a round under the watch. Return their names, in the order of a round."""
    # Not the methods of the parties' and the server's actors: SecretFlow took hold of those for classes of its own.
    watch.watch("negative sampling", NegativeSampler, "round")
    watch.watch("order of samples", SampleMaker, "_chunk")
    watch.watch("local training", MODELS[model].load_local(), "train_round")
    # Done at the first use of new item embeddings, which is the validation; the next round has them.
    if model in ("fcf", "seqfcf"):
        watch.watch("local training", MODELS[model].load_local(), "_solve")
    watch.watch("masking", MaskingClient, *_public(MaskingClient))
    watch.watch("unmasking the sum", MaskingServer, *_public(MaskingServer))
    for optimizer in (FedAvg, Adaptive, Secant):
        watch.watch("server step", optimizer, "step")
    watch.watch("checkpoint", PrivateFiles, "save")
    watch.watch("checkpoint", fl_server, "write_arrays")
    watch.watch("validation", worker, "evaluate_model")
    watch.watch(REST, NewFLModel, "_round")
    return [
        "negative sampling",
        "order of samples",
        "local training",
        "masking",
        "unmasking the sum",
        "server step",
        "validation",
        "checkpoint",
        REST,
    ]


def _public(owner: type) -> list[str]:
    return [name for name, value in vars(owner).items() if isfunction(value) and not name.startswith("_")]


class _Laps:
    """A lap for every round."""

    def __init__(self, watch: Stopwatch) -> None:
        self._watch = watch
        self.laps: list[dict[str, float]] = []

    def on_epoch_begin(self, round_number: int) -> None:
        self._watch.lap()

    def on_epoch_end(self, record: RoundRecord) -> bool:
        self.laps.append(self._watch.lap())
        return False


def profile(dataset: str, model: str, parties: int, rounds: int, others: Mapping[str, str]) -> dict[str, Any]:
    """Return the median milliseconds by part, and of the whole round; `others` are settings beside the usual ones."""
    settings = speed.settings_for(dataset, model, parties, runtime="in-process", threads=1, **others)
    loaded = load(settings.dataset, settings.protocol, settings.seed)
    settings = settled(settings, loaded.split)
    parts, _ = loaded.divide(party_names(parties), settings.seed)
    pool = FederationPool()
    watch = Stopwatch()
    folder = Path(tempfile.mkdtemp(prefix="secretrec-profile-"))
    try:
        federation = federation_for(settings, JobContext("benchmark", lambda event: None, pool))
        federation.set_up(parts, rules_of(settings))
        names = watch_parts(watch, model)
        laps = _Laps(watch)
        federation.model.fit(epochs=rounds + 1, callbacks=[laps], audit_log_dir=folder)
    finally:
        watch.release()
        pool.close()
        shutil.rmtree(folder)
    counted = laps.laps[1:]
    return {
        "dataset": dataset,
        "model": model,
        "parties": parties,
        "milliseconds": {
            name: round(1000 * statistics.median(lap.get(name, 0.0) for lap in counted), 2) for name in names
        },
        "round_milliseconds": round(1000 * statistics.median(sum(lap.values()) for lap in counted), 2),
    }


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--datasets", nargs="+", default=["ml-100k"])
    parser.add_argument("--models", nargs="+", default=list(speed.MODELS), choices=speed.MODELS)
    parser.add_argument("--parties", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--set", nargs="+", default=[], metavar="SETTING=VALUE", help="other settings than the usual")
    parser.add_argument("--output", type=Path, help="another folder for the JSON file")
    arguments = parser.parse_args(argv)
    others = dict(text.split("=", 1) for text in arguments.set)
    results = [
        profile(dataset, model, arguments.parties, arguments.rounds, others)
        for dataset in arguments.datasets
        for model in arguments.models
    ]
    print(
        table(
            ["ms of all parties", *(f"{r['dataset']}, {r['model']}" for r in results)],
            [[part, *(r["milliseconds"][part] for r in results)] for part in results[0]["milliseconds"]]
            + [["round", *(r["round_milliseconds"] for r in results)]],
        )
    )
    save("profile", {"machine": machine(), "command": " ".join(sys.argv), "results": results}, arguments.output)
    return 0


if __name__ == "__main__":
    sys.exit(main())
