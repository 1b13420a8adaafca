"""The job `compare`: models and baselines on the same candidates, over several seeds.

A seed stands for everything random: the evaluation candidates, the division into parties, initial values, negatives.
Models are trained by the job `train` and measured by the job `evaluate`; baselines are fitted here, in the driver, on
raw data, which is why their rows say so.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np

from baselines.base import Baseline, Recency
from baselines.registry import make
from data import paths
from data.loading import Loaded, load
from data.partition import PartyData
from data.popularity import popularity_scores
from data.sentences import say
from fl.federation.session import party_names
from fl.jobs.context import JobContext
from fl.jobs.evaluation import evaluate
from fl.jobs.paired import Figures, paired_rows, run_figures
from fl.jobs.report_rows import metric_rows, public_labels, reach_rows
from fl.jobs.sweep import spread
from fl.jobs.training import train
from fl.protocol.commands import CompareCommand, EvaluateCommand, TrainCommand
from fl.protocol.events import Compared, SeedCompared
from fl.protocol.records import CompareRow, Comparison, SeedResult, Spread
from fl.runs.records import MetricRow, ReachRow
from fl.runs.run_folder import RunFolder
from fl.settings.aggregators import claim_for
from fl.settings.base import build
from fl.settings.compare import CompareSettings
from fl.settings.of_jobs import EvaluateSettings
from fl.settings.words import LEAK
from models.bootstrap import REPLICATES
from models.evaluation import Evaluated, EvaluationRequest, evaluated, measure, weighted_sums
from models.groups import groups_of, profile

METRICS = ("hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")


def compare(command: CompareCommand, context: JobContext) -> Compared:
    """Train and evaluate everything, once per seed.

    Each result is told as soon as it is known, so that a cancelled comparison keeps what it has.

    Raises:
        SecretRecError: with a sentence for the person.
    """
    settings = command.settings
    settings.check()
    results: list[SeedResult] = []
    by_user: dict[str, list[Figures]] = {}
    fingerprint, n_users = "", 0

    def add(result: SeedResult, figures: Figures) -> None:
        results.append(result)
        by_user.setdefault(result.scorer, []).append(figures)
        context.emit(SeedCompared(job=context.job, result=result))

    stamp = datetime.now().strftime("%Y%m%d-%H%M%S")
    for number, seed in enumerate(settings.seed_list(), start=1):
        where = say("compare.seed", "seed {seed} ({number} of {seeds})", seed=seed, number=number, seeds=settings.seeds)
        context.phase(say("phase.compare-reading", "{where}: reading {dataset}", where=where, dataset=settings.dataset))
        loaded = load(settings.dataset, settings.protocol, seed)
        fingerprint, n_users = loaded.interactions.fingerprint, int((loaded.split.test_item >= 0).sum())
        for name in settings.baselines:
            context.phase(say("phase.compare-fitting", "{where}: fitting {baseline}", where=where, baseline=name))
            add(*_baseline_result(name, settings, loaded, seed))
        for model in settings.models:
            context.phase(say("phase.compare-training", "{where}: training {model}", where=where, model=model))
            add(*_model_result(model, settings, seed, f"compare-{stamp}-{model}-{seed}", context))
    against = (*settings.models, *settings.baselines)[0]
    found = Comparison(
        dataset=settings.dataset,
        protocol=settings.protocol,
        parties=settings.parties,
        aggregator=settings.aggregator,
        runtime=settings.runtime,
        seeds=tuple(settings.seed_list()),
        fingerprint=fingerprint,
        n_users=n_users,
        rows=tuple(summary(results)),
        results=tuple(results),
        warning=LEAK if settings.protocol == "published" else "",
        against=against,
        paired=tuple(paired_rows(by_user, against, settings.k, settings.first_seed)),
    )
    return Compared(job=context.job, comparison=found)


def _model_result(
    model: str, settings: CompareSettings, seed: int, run: str, context: JobContext
) -> tuple[SeedResult, Figures]:
    asked = settings.train_settings(model, seed, run)
    try:
        done = train(TrainCommand(settings=asked), context)
        measured = build(EvaluateSettings, {"run": done.run, "k": settings.k})
        answer = evaluate(EvaluateCommand(settings=measured), context).evaluation
        figures = run_figures(done.run, settings.k)
    finally:
        if not settings.keep_runs:
            RunFolder(paths.runs_dir() / run).discard()  # also when it was interrupted
    view = str(done.result["item_view"])
    result = SeedResult(
        scorer=model,
        kind="model",
        item_view=view,
        seed=seed,
        rows=tuple(row for row in answer.rows if (row.scorer, row.item_view) == ("model", view)),
        reach=tuple(row for row in answer.reach if (row.scorer, row.item_view) == ("model", view)),
        seconds=_number(done.result["median_round_seconds"]),
        rounds=int(_number(done.result["rounds"])),
        best_round=int(_number(done.result["best_round"])),
        bytes_up=int(_number(done.result["bytes_up_per_party_round"])),
        bytes_down=int(_number(done.result["bytes_down_per_party_round"])),
        run=done.run if settings.keep_runs else "",
        privacy=claim_for(asked.aggregator_choice, asked.parties),
    )
    return result, figures


def _baseline_result(name: str, settings: CompareSettings, loaded: Loaded, seed: int) -> tuple[SeedResult, Figures]:
    parts, _ = loaded.divide(party_names(settings.parties), seed)
    baseline = make(name, settings.dataset, seed, recency_of(settings, seed) if settings.baseline_recency else None)
    started = time.perf_counter()
    baseline.fit(parts)
    seconds = time.perf_counter() - started
    found, figures = evaluate_baseline(baseline, parts, settings.k, seed, public_labels(loaded.interactions))
    result = SeedResult(
        scorer=name,
        kind="baseline",
        item_view="",
        seed=seed,
        rows=tuple(metric_rows(name, "", found)),
        reach=tuple(reach_rows(name, "", found)),
        seconds=seconds,
        privacy=baseline.sees,
    )
    return result, figures


def recency_of(settings: CompareSettings, seed: int) -> Recency:
    """Return the weights of recent items that FCF would have in this comparison."""
    own = settings.train_settings("fcf", seed).flat()
    return Recency(own["recency_weight"], own["recency_half_life"])


def evaluate_baseline(
    baseline: Baseline, parts: Sequence[PartyData], ks: tuple[int, ...], seed: int, labels: dict[str, list[str]]
) -> tuple[Evaluated, Figures]:
    """Return (the figures of a fitted baseline, those of every user).

    They are computed party by party, so that intervals use the parties' own bootstrap weights.
    """
    groups = groups_of(np.sum([profile(part, labels) for part in parts], axis=0), labels)
    request = EvaluationRequest("test", ks, exposure=True, groups=groups, replicates=REPLICATES, seed=seed)
    total = [np.zeros(shape) for shape in request.shapes(parts[0].n_items)]
    n_users = sum(part.n_users for part in parts)
    by_user = np.zeros((n_users, len(request.columns)))
    for place, part in enumerate(parts):
        figures, exposure = measure(baseline.score_batches(place, request.batch_size), part, request)
        by_user[part.users] = figures
        own = [weighted_sums(figures, part, request), exposure]
        total = [so_far + array for so_far, array in zip(total, own, strict=True)]
    counts = np.sum([popularity_scores(part) for part in parts], axis=0).astype(np.float64)
    return evaluated(total, request, counts, n_users), by_user


def summary(results: Sequence[SeedResult]) -> Iterator[CompareRow]:
    """Yield a row per scorer and K: mean and sample standard deviation over the seeds, in the order of the results."""
    for scorer in dict.fromkeys(result.scorer for result in results):
        own = [result for result in results if result.scorer == scorer]
        for place, row in enumerate(own[0].rows):
            rows = [result.rows[place] for result in own]
            shown = [result.reach[place] for result in own]
            yield CompareRow(
                scorer=scorer,
                kind=own[0].kind,
                item_view=own[0].item_view,
                k=row.k,
                seeds=len(own),
                metrics={name: spread([_metric(row, name) for row in rows]) for name in METRICS},
                reach={name: _reach_spread(shown, name) for name in ("coverage", "popularity_percentile", "gini")},
                seconds=spread([result.seconds for result in own]),
                rounds=own[0].rounds,
                best_rounds=tuple(result.best_round for result in own if result.best_round is not None),
                bytes_up=own[0].bytes_up,
                bytes_down=own[0].bytes_down,
                privacy=own[0].privacy,
            )


def _metric(row: MetricRow, name: str) -> float:
    value = getattr(row, name)
    return float(value) if value is not None else 0.0


def _reach_spread(rows: Sequence[ReachRow], name: str) -> Spread | None:
    values = [value for row in rows if (value := getattr(row, name)) is not None]
    return spread(values) if values else None


def _number(value: float | int | str | None) -> float:
    return float(value or 0)
