"""The command `evaluate`."""

from __future__ import annotations

import argparse

from fl.cli.arguments import add_json, add_settings, settings_of
from fl.cli.start import answer_to, find_run
from fl.cli.terminal import Terminal
from fl.protocol.commands import EvaluateCommand
from fl.runs.records import Evaluation
from fl.settings.of_jobs import EvaluateSettings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add every setting of an evaluation."""
    add_settings(parser, EvaluateSettings)
    add_json(parser)


def evaluate(arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Evaluate a run."""
    settings = settings_of(arguments, EvaluateSettings)
    find_run(settings.run)
    with answer_to(EvaluateCommand(settings=settings), terminal) as answer:
        _show_evaluation(answer.evaluation, terminal)


def _show_evaluation(answer: Evaluation, terminal: Terminal) -> None:
    terminal.say("Accuracy, with 95% intervals over users (recall equals HR: one item is held out per user)")
    terminal.table(
        ["scorer", "items", "K", "HR", "NDCG", "MRR", "full HR", "full NDCG", "full MRR"],
        [
            [
                row.scorer,
                row.item_view,
                str(row.k),
                *(
                    _with_interval(getattr(row, name), row.intervals.get(name))
                    for name in ("hr", "ndcg", "mrr", "full_hr", "full_ndcg", "full_mrr")
                ),
            ]
            for row in answer.rows
        ],
    )
    terminal.say()
    terminal.say("What users are shown")
    terminal.table(
        ["scorer", "items", "K", "coverage", "novelty", "popularity percentile", "Gini"],
        [
            [
                r.scorer,
                r.item_view,
                str(r.k),
                f"{r.coverage:.4f}",
                _figure(r.novelty, 2),
                _figure(r.popularity_percentile, 1),
                _figure(r.gini, 3),
            ]
            for r in answer.reach
        ],
    )
    if answer.groups:
        k = max(answer.settings.k)
        terminal.say()
        terminal.say(f"By group of users, K = {k}")
        order = list(dict.fromkeys((r.kind, r.label) for r in answer.groups))
        terminal.table(
            ["group", "", "users", "scorer", "items", "HR", "NDCG", "full HR", "full NDCG"],
            [
                [r.kind, r.label, str(r.n_users), r.scorer, r.item_view]
                + [f"{x:.4f}" for x in (r.hr, r.ndcg, r.full_hr, r.full_ndcg)]
                for r in sorted(answer.groups, key=lambda r: order.index((r.kind, r.label)))
                if r.k == k
            ],
        )
    terminal.say()
    terminal.say(
        f"{answer.protocol} protocol, {answer.n_users} users, round {answer.best_round}, seed {answer.seed}, "
        f"data {answer.fingerprint[:12]}."
    )
    if answer.warning:
        terminal.say(answer.warning)
    terminal.finish(answer.model_dump())


def _with_interval(value: float | None, ends: tuple[float, float] | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" + (f" ({ends[0]:.3f}-{ends[1]:.3f})" if ends else "")


def _figure(value: float | None, places: int) -> str:
    return "-" if value is None else f"{value:.{places}f}"
