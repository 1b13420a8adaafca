"""Contents of a comparison of runs, worked out from their details: differences, figures, and whether the runs may be
compared at all.
"""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fl.runs.records import RunDetail
from fl.settings.compare import MOST_RUNS
from fl.settings.train import TrainSettings
from gui.words import text
from gui.words.i18n import tr

USUAL_K = 10
LETTERS = "ABCDEFGHIJ"[:MOST_RUNS]  # runs are named by a letter where room is scarce
# Not choices that make a difference: what the run is called, and where copies of its curves go.
_LEFT_OUT = {"name", "tensorboard"}


def tag(number: int, detail: RunDetail) -> str:
    """Return a run's letter and name."""
    return f"{LETTERS[number]} · {detail.info.name}"


@dataclass(frozen=True)
class SettingRow:
    """One setting of all runs, in words; "–" where a run's model does not have it."""

    name: str
    values: tuple[str, ...]
    tip: str = ""

    @property
    def differs(self) -> bool:
        return len(set(self.values)) > 1


@dataclass(frozen=True)
class FigureRow:
    """Test figures of one run, or of the popularity baseline on its candidates.

    Attributes:
        run: letter and name of the run; of a baseline, the letters it is for.
        rivals: figures with the same value here compete.
        (others as in fl.runs.records.MetricRow)
    """

    run: str
    scorer: str
    item_view: str
    k: int
    hr: float | None
    ndcg: float | None
    full_hr: float | None
    full_ndcg: float | None
    best_round: int | None
    seconds: float | None  # median round
    rivals: str
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def setting_rows(runs: Sequence[RunDetail]) -> list[SettingRow]:
    """Return the data and every setting of the runs, in the order of the form."""
    rows = [SettingRow(tr("Data fingerprint"), tuple(run.fingerprint[:16] or "–" for run in runs))]
    chosen = [run.settings.flat() for run in runs]
    for name, setting in TrainSettings.declared().items():
        if name in _LEFT_OUT:
            continue
        values = tuple(text.setting_value(setting, one[name]) if setting.belongs(one) else "–" for one in chosen)
        if set(values) != {"–"}:
            rows.append(SettingRow(text.setting_title(setting), values, tr(setting.help)))
    return rows


def why_not_comparable(runs: Sequence[RunDetail]) -> list[str]:
    """Return a sentence for each reason why the figures of these runs should not be held against each other."""
    reasons = []
    if len({run.settings.dataset for run in runs}) > 1:
        reasons.append(tr("They were trained on different data sets."))
    elif len({run.fingerprint for run in runs}) > 1:
        reasons.append(tr("Their data sets have the same name but different contents (fingerprints differ)."))
    if len({run.settings.protocol for run in runs}) > 1:
        reasons.append(tr("Their evaluation protocols differ; published figures are too high."))
    if len({run.settings.seed for run in runs}) > 1:
        reasons.append(tr("Their seeds differ: users were tested against other candidates."))
    return reasons


def figure_rows(runs: Sequence[RunDetail]) -> list[FigureRow]:
    """Return test figures at the usual K, with intervals where a run was evaluated, else those of its training.

    Comparable runs share their candidates, so one popularity baseline serves them all.
    """
    comparable = not why_not_comparable(runs)
    models, baselines = [], []
    for number, run in enumerate(runs):
        rivals = "all" if comparable else LETTERS[number]
        models.append(_figures(run, "model", tag(number, run), rivals))
        baselines.append(_figures(run, "popularity", LETTERS[number], rivals))
    if comparable:
        known = [row for row in baselines if row.hr is not None]
        with_intervals = [row for row in known if row.intervals]
        return models + (with_intervals or known)[:1]
    pairs = zip(models, baselines, strict=True)
    return [row for model, base in pairs for row in ((model, base) if base.hr is not None else (model,))]


def curves(runs: Sequence[RunDetail], key: str) -> tuple[list[int], list[list[float | None]]]:
    """Return the rounds of any of the runs, and for each run its value there.

    The value is "loss", or a validation figure such as "hr@10".
    """
    rounds = sorted({one.round for run in runs for one in run.rounds})
    lines = []
    for run in runs:
        found = {one.round: one.loss if key == "loss" else one.valid.get(key) for one in run.rounds}
        lines.append([found.get(number) for number in rounds])
    return rounds, lines


def _figures(run: RunDetail, scorer: str, name: str, rivals: str) -> FigureRow:
    view = run.settings.resolved_item_view if scorer == "model" else ""
    best = run.info.best_round if scorer == "model" else None
    median = statistics.median(one.seconds for one in run.rounds) if run.rounds and scorer == "model" else None
    evaluation = next((one for one in run.evaluations if one.protocol == run.settings.protocol), None)
    for row in evaluation.rows if evaluation is not None else ():
        if (row.scorer, row.item_view, row.k) == (scorer, view, USUAL_K):
            return FigureRow(
                name, scorer, view, USUAL_K, row.hr, row.ndcg, row.full_hr, row.full_ndcg, best, median, rivals,
                row.intervals,
            )  # fmt: skip
    prefix = "" if scorer == "model" else "popularity_"
    hr, ndcg, full_hr, full_ndcg = (
        _number(run.result.get(f"{prefix}{key}@{USUAL_K}")) for key in ("hr", "ndcg", "full_hr", "full_ndcg")
    )
    shown = {key.removesuffix(f"@{USUAL_K}"): ends for key, ends in run.intervals.items()} if scorer == "model" else {}
    return FigureRow(name, scorer, view, USUAL_K, hr, ndcg, full_hr, full_ndcg, best, median, rivals, shown)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
