"""Choose a federated model's settings on the validation items: how the rows of fl/settings/presets.py were made.

    python -m benchmarks.tune_models --model fcf --dataset ml-100k --seeds 3 --try alpha=0.1,0.3,1 reg=0.003,0.01,0.03
    python -m benchmarks.tune_models --model seqfcf --taken-off 0 1 --ahead 2 --try sequence_weight=1,1.4
    python -m benchmarks.tune_models --quick            seconds on the demo set; what the tests run

Leak-free protocol. Starts from the preset, changed by --set, and takes the settings of --try one after the other: each
is tried at all its values while the others stay, and keeps the best one (coordinate descent; one given twice is tried
twice). Prints a line per trial: HR@10 and NDCG@10 of the validation items in percent, mean over the seeds, at the round
that is best in the mean over the seeds. Test figures are not computed. Better is a higher sum of the two.

A test item stands two places behind the train list, as the validation item between them is in no list. `--ahead 2`
measures validation items in the same way, with the item before them left out; `--taken-off 0 1` measures two items of
each user, the validation item and the last train item, each by a model that has not seen it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from data.errors import SettingsError
from data.partition import PartyData
from fl.engine.streams import divert_to_log
from fl.federation import session
from fl.settings.base import build
from fl.settings.presets import preset
from fl.settings.train import TrainSettings
from models.registry import MODELS

DEFAULT_TRIALS = {
    "fcf": ("alpha=0.1,0.3,1", "reg=0.003,0.01,0.03", "server_learning_rate=0.05,0.1,0.2", "dim=32,64"),
    "seqfcf": ("sequence_weight=0,0.5,1,1.5", "sequence_reg=0.5,1.5,4", "sequence_rate=0.05,0.08,0.12"),
    "pfedrec": ("learning_rate=0.05,0.1,0.2", "item_lr_scale=20,80,320", "negatives=2,4,8", "dim=32,64"),
    "fedrap": ("learning_rate=0.1,0.5", "item_learning_rate=50,200", "distance_weight=0,0.1", "sparsity_weight=0,0.1"),
}  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """Validation HR@10 and NDCG@10, fractions, and the round at which they were measured."""

    hr: float
    ndcg: float
    round_number: int

    @property
    def score(self) -> float:
        return self.hr + self.ndcg

    def __str__(self) -> str:
        return f"{100 * self.hr:.1f} / {100 * self.ndcg:.1f} at round {self.round_number}"


@dataclass
class Search:
    """A coordinate descent over settings.

    Attributes:
        measure: validation figures of some settings.
        say: told of each trial.
        chosen: the settings found so far.
    """

    measure: Callable[[dict[str, Any]], Figures]
    say: Callable[[str], None]
    chosen: dict[str, Any] = field(default_factory=dict)

    def run(self, start: dict[str, Any], trials: list[tuple[str, list[str]]]) -> Figures:
        """Try everything in turn; return the figures of what was chosen."""
        self.chosen = dict(start)
        best = self.measure(self.chosen)
        self.say(f"{best}  start")
        for name, values in trials:
            for value in values:
                if str(self.chosen.get(name)) == value:
                    continue
                candidate = {**self.chosen, name: value}
                found = self.measure(candidate)
                better = found.score > best.score
                self.say(f"{found}  {name}={value}{'  kept' if better else ''}")
                if better:
                    best, self.chosen = found, candidate
        return best


def parse_trials(texts: list[str]) -> list[tuple[str, list[str]]]:
    """Parse SETTING=VALUE,VALUE,... into pairs.

    Raises:
        SettingsError: not of that form, or no such setting.
    """
    found = []
    for text in texts:
        name, equals, values = text.partition("=")
        name = name.replace("-", "_")
        if not equals or name not in TrainSettings.declared() or not all(values.split(",")):
            raise SettingsError(f"--try {text}: write SETTING=VALUE,VALUE, for example dim=32,64.")
        found.append((name, values.split(",")))
    return found


def best_in_the_mean(curves: list[list[dict[str, float]]]) -> Figures:
    """Return the round at which HR@10 plus NDCG@10 is highest in the mean over seeds.

    Args:
        curves: one per seed, validation figures by round. Only rounds that all seeds have count.
    """
    rounds = [
        Figures(
            statistics.fmean(curve[place]["hr@10"] for curve in curves),
            statistics.fmean(curve[place]["ndcg@10"] for curve in curves),
            place + 1,
        )
        for place in range(min(len(curve) for curve in curves))
    ]
    return max(rounds, key=lambda figures: figures.score)


def shortened(party: PartyData, off: int, ahead: int) -> PartyData:
    """Return a party whose users' train lists end earlier.

    Of a user's train items and, behind them, the validation item, so many are taken off at the end. The last that is
    left is the item to validate on, and the train list ends `ahead` places before it. A user who would keep fewer than
    two train items is trained with the whole list, and has nothing to validate on.

    Args:
        party: as it was divided.
        off: 0 or more.
        ahead: 1 or more; 1 with nothing taken off changes nothing.
    """
    if (off, ahead) == (0, 1):
        return party
    lengths = np.diff(party.indptr)
    gone = off + ahead - 1
    able = (party.valid_item >= 0) & (lengths >= gone + 2)
    kept = lengths - np.where(able, gone, 0)
    place = np.arange(len(party.items)) - np.repeat(party.indptr[:-1], lengths)
    earlier = party.items[np.maximum(party.indptr[1:] - off, 0)] if off else party.valid_item
    return replace(
        party,
        items=party.items[place < np.repeat(kept, lengths)],
        indptr=np.concatenate([[0], np.cumsum(kept)]),
        valid_item=np.where(able, earlier, -1).astype(party.valid_item.dtype),
    )


@contextmanager
def _measuring(model: str, given: argparse.Namespace) -> Iterator[Callable[[dict[str, Any]], Figures]]:
    """Give a function that measures settings, on parties that stay warm from trial to trial."""
    from data.loading import load
    from fl.federation.pool import FederationPool
    from fl.federation.rules import rules_of
    from fl.federation.session import party_names
    from fl.jobs.context import JobContext
    from fl.jobs.federations import federation_for
    from fl.settings.hyper_parameters import settled

    seeds = range(given.first_seed, given.first_seed + given.seeds)
    loaded = {seed: load(given.dataset, "leak-free", seed) for seed in seeds}
    shared = {"model": model, "dataset": given.dataset, "runtime": "in-process", "parties": 2, "threads": given.threads}

    def curve(values: dict[str, Any], seed: int, off: int, context: JobContext) -> list[dict[str, float]]:
        settings = settled(build(TrainSettings, {**shared, **values, "seed": seed}), loaded[seed].split)
        federation = federation_for(settings, context)
        parts, _ = loaded[seed].divide(party_names(2), seed)
        federation.set_up([shortened(part, off, given.ahead) for part in parts], rules_of(settings))
        history = federation.model.fit(epochs=settings.epochs)
        figures = zip(history["val_hr@10"], history["val_ndcg@10"], strict=True)
        return [{"hr@10": hr, "ndcg@10": ndcg} for hr, ndcg in figures]

    with closing(FederationPool()) as pool:
        context = JobContext("tuning", lambda event: None, pool)
        yield lambda values: best_in_the_mean(
            [curve(values, seed, off, context) for seed in seeds for off in given.taken_off]
        )


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="benchmarks.tune_models", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="fcf", choices=tuple(MODELS))
    parser.add_argument("--dataset", default="demo")
    parser.add_argument("--seeds", type=int, default=1, help="figures are the mean over so many seeds. Default: 1")
    parser.add_argument("--first-seed", type=int, default=2024)
    parser.add_argument("--epochs", type=int, help="rounds; default: the preset's")
    parser.add_argument("--threads", type=int, default=0, help="Threads per party")
    parser.add_argument("--try", nargs="+", dest="trials", metavar="SETTING=VALUE,VALUE", help="default: by model")
    parser.add_argument("--set", nargs="+", default=[], metavar="SETTING=VALUE", help="start elsewhere than the preset")
    parser.add_argument("--taken-off", nargs="+", type=int, default=[0], metavar="N", help="items off each list's end")
    parser.add_argument("--ahead", type=int, default=1, help="places from the list to the validation item. Default: 1")
    parser.add_argument("--quick", action="store_true", help="two rounds of the demo set, two trials")
    given = parser.parse_args(argv)
    if given.ahead < 1 or min(given.taken_off) < 0:
        parser.error("--ahead must be 1 or more, and --taken-off 0 or more.")
    texts = ["dim=8,16"] if given.quick else given.trials or list(DEFAULT_TRIALS.get(given.model, ("dim=16,32,64",)))
    try:
        trials = parse_trials(texts)
        start = {name: values[0] for name, values in parse_trials(given.set)}
    except SettingsError as error:
        parser.error(str(error))
    if given.quick:
        given.dataset, given.epochs, given.seeds = "demo", 2, 1
    session.prepare_environment()
    out, _, _ = divert_to_log("tune-models")
    with _measuring(given.model, given) as measure:
        search = Search(measure, lambda text: print(text, file=out, flush=True))
        start = {**preset(given.model, given.dataset), **start}
        if given.epochs is not None:
            start["epochs"] = given.epochs
        best = search.run(start, trials)
        usual = preset(given.model, given.dataset)
        changed = {name: value for name, value in search.chosen.items() if str(usual.get(name)) != str(value)}
        print(f"{best}  chosen: {changed or 'the preset'}", file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
